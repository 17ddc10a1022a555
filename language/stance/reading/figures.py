"""Figures: the numbers of a text with their scale and unit, and how each is said ("above", "from", "not", "may")."""

import math
import re
from dataclasses import dataclass
from datetime import date

from language import wordlists
from language.time import periods

LISTS = wordlists.read("figures")
SCALES = {word: 10.0 ** row["power"] for row in LISTS["scales"] for word in row["words"].split()}
COUNTS: dict[str, float] = LISTS["counts"]
CURRENCIES = {mark: name for name, marks in LISTS["currencies"].items() for mark in marks.split()}
PERCENT = re.compile(r"\s?(?:%|per\s?cent\b|pct\b|percentage points?\b)", re.IGNORECASE)
SMALL = wordlists.words(LISTS["small"])
LEAD = 60  # characters before a number in which it is said how it stands
ABOVE, BELOW, AWAY, BEFORE_IT, CHANGE, DENIED, MAYBE = (
    wordlists.pattern(LISTS["said"][name])
    for name in ("above", "below", "away", "before_it", "change", "denied", "maybe")
)
_SCALE = "|".join(sorted(map(re.escape, SCALES), key=len, reverse=True))
_COUNT = "|".join(COUNTS)
_MARK = "|".join(map(re.escape, (mark for mark in CURRENCIES if not mark.isalpha())))
_DIGITS = r"\d{1,3}(?:[,\u202f ]\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d{1,6})?"
NUMBER = re.compile(
    rf"(?<![\w.,:/-])(?P<mark>{_MARK})?\s?(?P<sign>[-−+])?"
    rf"(?:(?P<clock>\d{{1,2}}:\d\d(?::\d\d)?)|(?P<digits>{_DIGITS})|(?P<word>{_COUNT})(?=\s))"
    rf"(?:[\s-]?(?P<scale>{_SCALE})(?![A-Za-z]))?(?:\s?(?P<unit>%|°?C\b|[A-Za-z][a-z]{{0,20}}))?(?![\d:])",
    re.IGNORECASE,
)
VERBS_BEFORE = wordlists.words(LISTS["verbs_before"])
NAMED_BEFORE = re.compile(
    r"([A-Z][\w.'’]*|\bunit|\breactor|\bcategory|\bnumber|\bday|\bphase|\bround)\s$"
)  # "Unit 6", "Category 1"


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A number: its value with scale, its unit ("%", a currency's name, a noun, or empty), and its wording and place.

    `relation` is 1 for "above" it, -1 for "below", 0 for the number itself; `denied` under "never", "no", "yet to";
    `earlier` for what was before ("from 5.3%", "than 600"), `change` for a step ("up 3%"), `maybe` for a forecast.
    """

    value: float
    unit: str
    text: str
    start: int
    end: int
    relation: int = 0
    denied: bool = False
    earlier: bool = False
    change: bool = False
    maybe: bool = False


def read(text: str, *, published: date) -> list[StatedFigure]:
    """The figures of a text in order, without its dates, ordinals and the numbers in names."""
    taken = [(period.start, period.end) for period in periods.find(text, published=published)]
    found = []
    for match in NUMBER.finditer(text):
        last = max(match.end(part) for part in ("clock", "digits", "word", "scale"))
        if any(start < last and match.start() < end for start, end in taken):
            continue
        figure = _figure(match, text)
        if figure is not None:
            found.append(figure)
    return found


def _figure(match: re.Match[str], text: str) -> StatedFigure | None:
    digits, word, clock, unit = match["digits"], match["word"], match["clock"], (match["unit"] or "").lower()
    if unit in ("st", "nd", "rd", "th", "s") or _in_a_name(match, text):
        return None
    value = _clock(clock) if clock else COUNTS[word.lower()] if word else float(re.sub(r"[,\s]", "", digits))
    if match["sign"] and match["sign"] in "-−":
        value = -value
    scale = (match["scale"] or "").lower()
    end = max(match.end(part) for part in ("clock", "digits", "word", "scale"))
    if wording := PERCENT.match(text, end):
        end, unit = wording.end(), "%"
    value *= SCALES[scale] if scale else 1.0
    unit = "hours" if clock else _unit(match["mark"], unit)
    if _is_year(match):
        return None
    lead = text[max(0, match.start() - LEAD) : match.start()]
    lead = re.split(r"[;:.!?—–](?=\s)|,(?=\s)", lead)[-1]
    above, below = ABOVE.search(lead), BELOW.search(lead) or AWAY.search(text[match.end() : match.end() + 24])
    return StatedFigure(
        value=value,
        unit=unit,
        text=text[match.start() : end].strip(),
        start=match.start(),
        end=end,
        relation=1 if above else -1 if below else 0,
        denied=bool(DENIED.search(lead)),
        earlier=bool(BEFORE_IT.search(lead)),
        change=bool(CHANGE.search(lead)),
        maybe=bool(MAYBE.search(lead)),
    )


def _unit(mark: str | None, unit: str) -> str:
    if mark:
        return str(CURRENCIES[mark.lower()])
    if unit in SMALL:
        return ""
    return str(CURRENCIES.get(unit, unit))


def _clock(written: str) -> float:
    """Hours of "1:59:41" or "9:30"."""
    parts = [float(part) for part in written.split(":")]
    return math.fsum(part / 60**place for place, part in enumerate(parts))


def _in_a_name(match: re.Match[str], text: str) -> bool:
    """ "Unit 6", "Nikkei 225", "Category 1", "225-issue": a number that tells one thing from its likes."""
    digits = match["digits"] or ""
    if match["mark"] or match["scale"] or match["clock"] or match["word"] or "." in digits:
        return False
    following = text[match.end("digits") : match.end("digits") + 2]
    if following[:1] in ("-", "–") and following[1:].isalpha():
        return True
    before = NAMED_BEFORE.search(text[: match.start()][-24:])
    if before is None or len(digits) > 3 or (match["unit"] or "").startswith("%"):
        return False
    return before[1].lower() not in VERBS_BEFORE


def _is_year(match: re.Match[str]) -> bool:
    digits = match["digits"] or ""
    return not match["mark"] and not match["scale"] and len(digits) == 4 and "1800" <= digits <= "2150"
