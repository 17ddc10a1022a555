"""Dating of claims: what gives a claim the day by which it can be judged."""
