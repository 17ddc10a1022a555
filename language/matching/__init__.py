"""Matching of news and questions: which entry bears on which question, and which entries tell one story."""
