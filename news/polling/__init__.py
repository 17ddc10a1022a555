"""Polling: when to poll a feed again, where it has moved, where the feeds of a site lie, and push."""
