"""Checks of the code itself, apart from the tests: `./hindcast lint`."""
