"""Sentences and their parts: boundaries, words, clauses, actors, mentions, embeddings."""
