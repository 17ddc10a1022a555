"""Syntax of English sentences: words with their parts of speech, and what each hangs on."""
