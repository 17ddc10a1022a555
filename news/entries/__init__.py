"""Entries: which are new or changed, and one writing for each link."""
