"""Backends: readers that judge how news bears on propositions, all behind one protocol."""
