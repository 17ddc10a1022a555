"""What a person decides. Each decision is one function, one transaction and one `Decision` row with its why."""
