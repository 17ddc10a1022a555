"""Jobs on letters: write digests, deliver what waits."""
