"""Claims of an article: where each stands, who says it, how surely, and how forecastable it is."""
