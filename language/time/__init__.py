"""Time as texts word it: days, periods, occasions, and the deadline a sentence looks ahead to."""
