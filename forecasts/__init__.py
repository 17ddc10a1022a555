"""Forecasts: how likely something is, and how well it was judged. No HTTP, no tasks, no news, no articles."""
