"""Classifiers that judge how news bears on questions, all behind one protocol."""
