"""The arithmetic of chances: plain data in, plain data out, no database and no framework."""
