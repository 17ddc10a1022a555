"""Decisions of people. Each decision is one function, one transaction and one `Decision` row with its why."""
