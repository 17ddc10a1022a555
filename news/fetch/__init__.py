"""Fetching from outside within a guard: addresses, limits, robots, and the one module that opens connections."""
