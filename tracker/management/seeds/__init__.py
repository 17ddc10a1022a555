"""Seeds: the article and history that we ship, put into the database and played once."""
