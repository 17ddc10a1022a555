"""Formats of what comes in: feed documents, pages, lists of feeds, and the plain text, characters and dates in them."""
