"""Spans of time as sentences have them."""

from datetime import date, timedelta

from tracker.wording import capitalised, counted


def length(span: timedelta) -> str:
    """The largest unit that fits, rounded down: "40 min", "6 h", "37 days"."""
    minutes = max(int(span.total_seconds() // 60), 0)
    if minutes < 1:
        return "less than a minute"
    if minutes < 120:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // (24 * 60):,} days"


def time_on(since: date, *, until: date) -> str:
    """How long after `since` a reader looks, for the head of a sentence: "On the day", "Nine months on"."""
    days = (until - since).days
    if days < 1:
        return "On the day"
    if days < 14:
        return f"{capitalised(counted(days, 'day'))} on"
    if days < 61:
        return f"{capitalised(counted(days // 7, 'week'))} on"
    months = round(days / 30.44)
    return f"{capitalised(counted(months, 'month') if months < 24 else counted(days // 365, 'year'))} on"
