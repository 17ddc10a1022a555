"""Jobs on claims: propose those of an article."""
