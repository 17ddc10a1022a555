"""Sentences and what they are made of: boundaries, words, clauses, actors, who is meant, embeddings."""
