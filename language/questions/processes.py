"""Process that a statement is about: an event by a day, a state that must last, a value past a threshold.

It matters to a forecast: where no news comes, an event grows less likely as its deadline nears, and a state more so.
"""

import re

EVENT, STATE, THRESHOLD = "event", "state", "threshold"
SHARE = re.compile(
    r"\b(?:doubles?|triples?|trebles?|quadruples?|halves?|halve)\b(?!\s(?:of|down)\b)"
    r"|\bby\s(?:a|an|one|two|three)[\s-](?:half|thirds?|quarters?|fifths?|tenths?)\b",
    re.IGNORECASE,
)
VALUE = re.compile(
    r"\b(?:reach(?:es)?|exceeds?|pass(?:es)?|top|tops|surpass(?:es)?|hits?|(?:fall|rise|drop|climb|grow|shrink|slow|increase|decline)s?"
    r"\s(?:to|below|above|under|over|by)|(?:above|below|under|over|at\sleast|at\smost|more\sthan|less\sthan|fewer\sthan|up\sto)"
    r"|to\s(?=[$€£]?\d)|between|with|wins?|averages?|totals?|closes?|builds?|sells?|hires?|adds?|creates?|gains?|loses?|cuts?(?:\s\w{1,12}){0,2}|raises?(?:\s\w{1,12}){0,2}|picks?\sup|be(?:\s(?:about|around|roughly))?)\s(?:\w{1,12}\s){0,3}?[$€£]?\d[\d,.]*",
    re.IGNORECASE,
)
CALENDAR = re.compile(r"[$€£]?(?:19|20|21)\d\d\b(?!\s?%)|\d{1,2}\s[A-Z][a-z]+\s\d{4}")
LASTING = re.compile(
    r"\b(?:remains?|stays?|continues?|keeps?|persists?|lasts?|holds|endures?|survives?|stands?\sfirm|goes\son|go\son"
    r"|still|until|throughout|it\sholds\sthat|abides?|retains?|maintains?)\b",
    re.IGNORECASE,
)


def kind_of(statement: str) -> str:
    """EVENT, STATE or THRESHOLD, from what the statement of a question says."""
    if VALUE.search(CALENDAR.sub("", statement)) or SHARE.search(statement):
        return THRESHOLD
    return STATE if LASTING.search(statement) else EVENT
