"""Claims, the news about them, and the pages that show both."""
