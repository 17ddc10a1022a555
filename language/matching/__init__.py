"""Matching of news and questions: the entries that bear on a question, and the entries that tell one story."""
