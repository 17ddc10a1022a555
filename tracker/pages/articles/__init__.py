"""Pages of articles: list, text with its claims, adding one."""
