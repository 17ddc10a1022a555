"""Pages of feeds: health, plan, attempts, adding, lists."""
