"""Events known by name and the days on which they are: national elections, award nights, tournaments, seasons."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from language import wordlists
from language.time.frames import Frame

LISTS = wordlists.read("events")
COUNTRIES = {name: wordlists.pattern(cues) for name, cues in LISTS["countries"].items()}
ELECTIONS = {name: [date.fromisoformat(day) for day in days.split()] for name, days in LISTS["elections"].items()}
NAMED = [
    (wordlists.pattern(event["name"]), [date.fromisoformat(day) for day in event["days"].split()])
    for event in LISTS["named"].values()
]
LEAGUES = [(wordlists.pattern(league["name"]), league) for league in LISTS["leagues"].values()]
ELECTION = re.compile(
    r"\b(?:(?:(?:presidential|general|national|federal|US|U\.S\.|midterm)\s)?elections?(?:\s(?:day|night))?|midterms|the\spresidency)\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<![\w-])(?:19|20|21)\d\d(?:[-–/]\d{2,4})?(?!\w)")
SEASON = re.compile(r"\b(?:season|preview|predictions?|picks|standings|power\srankings)\b", re.IGNORECASE)
FEWEST_CUES = 2
LONGEST = 4_000  # characters in which a country is looked for
REACH = timedelta(days=400)
US_CYCLE, TERM_ENDS = 2, (6, 30)


def country(text: str) -> str:
    """The country whose politics a text tells of, or "" where its words name none often enough."""
    counts = {name: len(cues.findall(text[:LONGEST])) for name, cues in COUNTRIES.items()}
    name = max(counts, key=lambda name: counts[name])
    return name if counts[name] >= FEWEST_CUES else ""


def find(words: str, *, published: date, country: str) -> Frame | None:
    """The event that a title or a heading names, on its day to come; None where it names none that is known."""
    years = [int(year[:4]) for year in YEAR.findall(words)]
    year = years[-1] if years else None
    vote = ELECTION.search(words)
    if vote is not None and (on := election(country, published=published, year=year)) is not None:
        return Frame(vote.group(), on, on)
    return known(words, published=published, year=year) or season(words, published=published)


def known(words: str, *, published: date, year: int | None = None) -> Frame | None:
    """An event of the calendar that is named and to come."""
    for name, days in NAMED:
        if (match := name.search(words)) and (on := _next(days, published, year)) is not None:
            return Frame(match.group(), on, on)
    return None


def election(country: str, *, published: date, year: int | None = None) -> date | None:
    """The next national election of a country, or that of a year; None where its day is not known."""
    if country == "us":
        first = year or published.year
        first += first % US_CYCLE
        days: Iterable[date] = [_us(first), _us(first + US_CYCLE)]
        return _next(days, published, year)
    return _next(ELECTIONS.get(country, ()), published, year)


def season(words: str, *, published: date) -> Frame | None:
    """The season of a league that a title names: the one it writes, else the one that runs or comes next."""
    league = next(((match, row) for name, row in LEAGUES if (match := name.search(words))), None)
    if league is None:
        return None
    match, row = league
    written = YEAR.search(words)
    if written is None and not SEASON.search(words):
        return None
    if written is not None:
        is_split = len(written.group()) > len("2031")
        start = int(written.group()[:4])
        end = start + (is_split or row["next"])
    else:
        end = published.year
        end += date(end, *_month_day(row["regular"])) < published
    last, whole = (date(end, *_month_day(row[key])) for key in ("regular", "whole"))
    if whole < published:
        return None
    return Frame(match.group(), last - timedelta(days=330), max(last, published), whole=whole)


def term_end(published: date) -> date:
    """The end of the term of the Supreme Court of the United States that runs, or comes next."""
    end = date(published.year, *TERM_ENDS)
    return end if published <= end else date(published.year + 1, *TERM_ENDS)


def _us(year: int) -> date:
    """The Tuesday after the first Monday of November."""
    first = date(year, 11, 1)
    return first + timedelta(days=(0 - first.weekday()) % 7 + 1)


def _next(days: Iterable[date], published: date, year: int | None) -> date | None:
    ahead = (on for on in days if on >= published and (on.year == year if year else on <= published + REACH))
    return min(ahead, default=None)


def _month_day(written: str) -> tuple[int, int]:
    month, day = written.split("-")
    return int(month), int(day)
