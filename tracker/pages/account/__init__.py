"""Pages of accounts: signing in, a member's own page, people, sent letters."""
