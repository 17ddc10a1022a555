"""Pages of stories: every telling of one report."""
