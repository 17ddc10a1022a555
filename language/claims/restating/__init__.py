"""Restating of a claim by its syntax: its clause, its names, its dates."""
