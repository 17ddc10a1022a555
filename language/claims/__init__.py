"""Claims of an article: each with its place, speaker, hedge and how forecastable it is."""
