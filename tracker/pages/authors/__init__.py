"""Pages of authors and outlets: their records."""
