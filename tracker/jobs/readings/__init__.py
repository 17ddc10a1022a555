"""Readings that the operator has given to a language model; what it does not answer, the caller does without."""
