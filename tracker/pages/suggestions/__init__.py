"""Pages of suggestions: stories that wait for a decision."""
