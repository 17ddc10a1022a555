"""Replay: the real pipe over archived news with a simulated clock."""
