"""Dates in a headline against a claim's deadline: put off beyond it, or within it, and whether the time is over."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from language.time import deadlines, periods

SOON = timedelta(days=3)
PAST = re.compile(r"(?:since|after|from|last|of|for|the)\s(?:the\s)?$", re.IGNORECASE)
TO = re.compile(r"\b(?:to|until|till|into|before)\s(?:(?:the|early|late|mid|at|least|only)\s){0,2}$", re.IGNORECASE)
SLIP = re.compile(r"\bfrom\s[\w\s]{3,30}?\sto\s(?P<new>[\w\s]{3,40})", re.IGNORECASE)  # "from July to October"
MOVED = re.compile(r"\b(?:moves?|moved|shifts?|shifted|switch(?:es|ed)?)\b", re.IGNORECASE)
IN_MONTH = re.compile(
    r"\b(?:in|for|by|of)\s(January|February|March|April|June|July|August|September|October|November|December)\b"
)
YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
COMPARED = re.compile(
    r"\b(?:from|since|than|beats?|over|of|after|pass(?:es)?|against)\s(?:\S{1,12}\s){0,3}$", re.IGNORECASE
)
FALLS = re.compile(r"fall\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """The last day of a claim, or None where nothing says it."""

    until: date | None

    def is_over(self, published: date | None) -> bool:
        return self.until is not None and published is not None and published >= self.until - SOON


def term(claim: str, question: str, *, deadline: date | None, opens: date | None, published: date | None) -> Term:
    """The deadline as it is given, else as question or claim say it."""
    if deadline:
        return Term(deadline)
    year = re.search(r"\b(20\d\d)\b", claim + " " + question)
    start = opens or (date(min(int(year[1]), 2200), 1, 1) if year else published)
    if start is None:
        return Term(None)
    for text in (question, claim):
        if text and (found := deadlines.find(text[:600], published=start)) is not None and found.on:
            return Term(found.on)
    return Term(None)


def year_of(claim: str) -> int | None:
    """The year that a claim is about: the last it names, where it compares with none after that."""
    years = [int(found[1]) for found in YEAR.finditer(claim)]
    return max(years, default=None)


def is_after_month(claim: str, title: str, day: date) -> bool:
    """Whether a headline of a later month tells of the month that the claim names: "5.1% in June", of July."""
    named = IN_MONTH.findall(claim)
    month = named[-1] if named else None
    return bool(month and re.search(rf"\b{month}\b", title)) and date(2000, day.month, 1).strftime("%B") != month


def is_of_earlier_year(title: str, year: int | None) -> bool:
    """Whether a headline gives the figures of years before the claim's alone; "up from 2025" only compares with one."""
    if year is None:
        return False
    named = [int(found[1]) for found in YEAR.finditer(title) if not COMPARED.search(title[: found.start()][-50:])]
    return bool(named) and max(named) < year


def target(text: str, *, published: date) -> tuple[date, date, str] | None:
    """The latest span of days ahead that a text names, with its wording; None where it names none."""
    ahead = [
        each
        for each in periods.find(text, published=published)
        if each.last >= published and not FALLS.match(text, each.start) and not PAST.search(text[: each.start][-12:])
    ]
    slip = SLIP.search(text)
    if slip and (new := next(iter(periods.find(slip["new"], published=published)), None)) and new.last >= published:
        return new.first, new.last, slip["new"][new.start : new.end]
    if not ahead:
        return None
    put_to = [each for each in ahead if TO.search(text[: each.start][-24:])]
    last = put_to[0] if put_to else max(ahead, key=lambda each: each.last)
    return last.first, last.last, text[last.start : last.end]
