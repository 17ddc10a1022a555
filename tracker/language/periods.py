"""Spans of time named in words: "the second half of 2026", "next spring", "two years", "3 November"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tracker.language import readings
from tracker.language.readings import COUNTS, Reading

MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|(?-i:May)|june?|july?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)(?!\w)"
)
YEAR = r"(?<![\w$€£.,/])(?<!\d-)(?:19|20|21)\d\d(?![\w%]|[.,/]\d)"
DAY = r"(\d{1,2})(?:st|nd|rd|th)?(?![\w%]|[.,:]\d)"
S = r"[\s\xa0]{1,3}"  # white space inside a phrase
THE = rf"(?:the{S})?"
PART = rf"(?:(early|mid|middle|late|end|start|beginning|close)(?:-|{S}(?:(?:of|in){S})?){THE})?"
NUMBER = r"(?P<number>\d{1,3}|" + "|".join(sorted(COUNTS, key=len, reverse=True)).replace(" ", S) + ")"
UNIT = r"(?P<unit>hour|day|week|fortnight|month|quarter|year|decade)"
OF_YEAR = rf"(?:,?{S}(?:(?:of|in){S})?((?:{YEAR})|(?:this|next|the){S}year))?"
ABOUT = rf"(?:(?:about|around|some|just|roughly|under|less{S}than|at{S}most|as{S}little{S}as){S})?"
RANGE = rf"(?:(?:\d{{1,3}}|{'|'.join(word for word in COUNTS if word.isalpha())})(?:{S}(?:to|or|and){S}|\s?[–-]\s?))?"
COMING = rf"(?:next|coming|following){S}"


@dataclass(frozen=True, slots=True)
class Period:
    """`text[start:end]` names the days from `first` to `last`.

    `ahead`: the wording itself points forward ("next year"); `dated`: it names its year, so it means one span only.
    """

    start: int
    end: int
    first: date
    last: date
    ahead: bool
    dated: bool


Reader = Callable[[re.Match[str], date], Reading | None]


def _rule(pattern: str, reader: Reader) -> tuple[re.Pattern[str], Reader]:
    return re.compile(rf"(?<!\w){pattern}", re.IGNORECASE), reader


# In order of trust: an earlier rule keeps its words from the later ones.
GRAMMAR: tuple[tuple[re.Pattern[str], Reader], ...] = (
    _rule(r"((?:19|20|21)\d\d)-(\d\d)-(\d\d)(?!\w)", readings.iso),
    _rule(rf"week{S}of{S}(?:{DAY}{S}({MONTH})|({MONTH}){S}{DAY})(?:,?{S}({YEAR}))?", readings.week_of),
    _rule(rf"{DAY}{S}(?:of{S})?({MONTH})(?:,?{S}({YEAR}))?", readings.day_month),
    _rule(rf"({MONTH}){S}{DAY}(?:,?{S}({YEAR}))?", readings.month_day),
    _rule(
        rf"{THE}(?:year[\s-]end|end[\s-]year|(?:turn|end|close)[\s-]of[\s-](?:(?:the|this|next)[\s-])?(?:calendar{S})?year)"
        rf"(?:{S}(?:of{S})?{YEAR})?(?!\w)",
        readings.year_end,
    ),
    _rule(rf"{THE}year{S}is{S}(?:out|over)(?!\w)", readings.year_end),
    _rule(
        rf"{THE}{PART}(first|second|third|fourth|1st|2nd|3rd|4th|latter|other){S}(quarter|half)(?!\w){OF_YEAR}",
        readings.span,
    ),
    _rule(rf"{PART}()(?P<kind>[QH])([1-4])(?!\w){OF_YEAR}", readings.short_span),
    _rule(rf"{THE}(?:next|coming){S}(?:half{S}(?:a{S})?year|year{S}and{S}a{S}half)(?!\w)", readings.half_year),
    _rule(rf"(?:within|in){S}(?:half{S}a{S}year|a{S}year{S}and{S}a{S}half)(?!\w)", readings.half_year),
    _rule(rf"{THE}{COMING}{ABOUT}{RANGE}{NUMBER}[\s-]{UNIT}s?(?!\w)", readings.counted),
    _rule(
        rf"(?:within|inside|in){S}{THE}{ABOUT}{RANGE}{NUMBER}[\s-]{UNIT}s?(?!\w)(?:['’]?{S}(?:time|from{S}now)(?!\w))?",
        readings.counted,
    ),
    _rule(rf"{NUMBER}{S}(?:more{S})?{UNIT}s?(?:['’]?{S}time|{S}from{S}(?:now|today)|{S}hence)(?!\w)", readings.counted),
    _rule(rf"{THE}{COMING}{UNIT}s(?!\w)", readings.vague),
    _rule(rf"{THE}{UNIT}s{S}(?:ahead|to{S}come)(?!\w)", readings.vague),
    _rule(rf"(?:within|in{S}a{S}matter{S}of){S}{UNIT}s(?!\w)", readings.vague),
    _rule(
        rf"{PART}(this|next|{THE}(?:coming|following|current)|later{S}this|the){S}(weekend|week|month|quarter|year|decade)(?!\w)",
        readings.unit,
    ),
    _rule(
        rf"(?:{THE}(?:end|close){S}of{S})?(?:the|this){S}decade(?:['’]s{S}end)?(?!\w)|mid[\s-]?century(?!\w)"
        rf"|{THE}(?:(?:end|middle|close){S}of{S})?(?:the|this){S}century(?!\w)",
        readings.century,
    ),
    _rule(rf"{THE}(?:(early|mid|middle|late|end)(?:-|{S}(?:of{S})?){THE})?((?:19|20|21)\d0)s(?!\w)", readings.decade),
    _rule(rf"{THE}(?:(this|next|coming){S})?{PART}(spring|summer|autumn|fall|winter)(?!\w){OF_YEAR}", readings.season),
    _rule(rf"{PART}({MONTH})(?:,?{S}(?:of{S})?({YEAR}))?", readings.month_name),
    _rule(rf"{PART}({YEAR})", readings.year),
    _rule(
        rf"(?:(this|next|coming){S})?(monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?!\w)", readings.weekday
    ),
    _rule(
        rf"(?:christmas|new{S}year['’]s{S}(?:eve|day)|{THE}new{S}year|mid-?year)(?!\w)(?:,?{S}({YEAR}))?",
        readings.feast,
    ),
    _rule(r"(?:today|tonight|tomorrow)(?!\w)", readings.near),
)


# Every rule needs one of these; most sentences hold none and are done with.
TIMELY = re.compile(
    r"\d|hour|day|week|fortnight|month|quarter|year|decade|century|half|spring|summer|autumn|fall|winter|night|morrow|mas\b"
    r"|jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec",
    re.IGNORECASE,
)


def find(text: str, *, published: date) -> tuple[Period, ...]:
    """The periods named in `text` in reading order, none overlapping another."""
    if not TIMELY.search(text):
        return ()
    found: list[Period] = []
    covered = bytearray(len(text))
    for pattern, reader in GRAMMAR:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(covered[start:end]) or (reading := _read(reader, match, published)) is None:
                continue
            covered[start:end] = b"\1" * (end - start)
            found.append(Period(start, end, *reading))
    return tuple(sorted(found, key=lambda period: period.start))


def _read(reader: Reader, match: re.Match[str], published: date) -> Reading | None:
    try:
        return reader(match, published)
    except (ValueError, OverflowError):  # 31 June, or a year past 9999
        return None
