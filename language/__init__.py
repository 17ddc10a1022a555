"""Reading articles and news: pure functions from text to plain data. No Django, no network, no clock."""
