"""Polling: when to look at a feed again, where it went, where the feeds of a site lie, and push."""
