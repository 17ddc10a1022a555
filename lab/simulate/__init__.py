"""Simulation: the real ingest job over feeds that do not exist."""
