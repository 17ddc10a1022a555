"""News from outside: fetched within a guard, parsed, cleaned, and decided about. Pure but for fetch.py."""
