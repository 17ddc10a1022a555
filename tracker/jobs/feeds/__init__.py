"""Jobs on feeds: poll, store, be pushed to, look for lost feeds, read full texts."""
