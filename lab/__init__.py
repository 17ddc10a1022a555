"""Laboratory: replays, evaluations, simulations, training and pictures. Imports all, imported by nobody."""
