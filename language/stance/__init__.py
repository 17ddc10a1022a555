"""Stance of a text towards a claim: supports, contradicts or mentions."""
