"""The pages, a module per family."""
