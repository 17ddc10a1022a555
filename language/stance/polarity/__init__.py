"""Event polarity: what is said to happen, which way it points, and how two such sayings agree."""
