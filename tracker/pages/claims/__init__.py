"""Pages of claims: list, overview, review of a proposal, duplicates."""
