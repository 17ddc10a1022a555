"""Hedges: the wording that says how sure a sentence is of what it asserts.

The figures follow published scales: the Professional Head of Intelligence Assessment's probability yardstick (United
Kingdom, 2019), Intelligence Community Directive 203 (United States, 2015) and, for single words, the means of
Mauboussin & Mauboussin, "If You Say Something Is 'Likely'" (Harvard Business Review, 2018), themselves in the line of
Kent (1964) and Wallsten et al. (1986). Low and high enclose what the scales and their readers allow.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from language import wordlists


@dataclass(frozen=True, slots=True)
class Hedge:
    """The wording (`text[start:end]`) and the probability of what the sentence asserts.

    A denial counts as an assertion of its own: "X is not expected to go" asserts, at .85, that X will not go; "X is
    unlikely to go" asserts the same at .75. A figure ("a 30% chance") is kept as it is said, for the event named.
    """

    words: str
    start: int
    end: int
    probability: float
    low: float
    high: float


CHANCE = r"(?:chance|probability|likelihood|odds|possibility)"
PERCENT = re.compile(
    rf"\b(\d{{1,3}}(?:\.\d{{1,3}})?)(?:\s?[-–]\s?(\d{{1,3}}(?:\.\d{{1,3}})?))?\s?(?:%|per\s?cent\b)\s?(?:\w{{1,12}}\s){{0,1}}{CHANCE}\b"
    rf"|\b{CHANCE}\s(?:\w{{1,15}}\s){{0,8}}?(?:at|of|is|to)\s(?:\w{{1,15}}\s){{0,2}}?(\d{{1,3}}(?:\.\d{{1,3}})?)\s?(?:%|per\s?cent\b)",
    re.IGNORECASE,
)
COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
COUNT = rf"(\d{{1,4}}|{'|'.join(COUNTS)})"
RATIO = re.compile(rf"\b{COUNT}[\s-](?:in|out\sof)[\s-](?:every\s)?(?:a\s)?{COUNT}\s{CHANCE}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HedgeWords:
    """Words of a hedge and what they make probable."""

    pattern: re.Pattern[str]
    probability: float
    low: float
    high: float


def _groups(*names: str) -> Iterator[tuple[HedgeWords, ...]]:
    """The groups of `data/hedges.toml`: the first that matches decides; inside a group the earliest in the sentence."""
    lists = wordlists.read("hedges")
    for name in names:
        yield tuple(
            HedgeWords(
                wordlists.pattern(rf"(?<!\w)(?:{row['words']})\b", parts=lists["parts"]),
                row["probability"],
                row["low"],
                row["high"],
            )
            for row in lists[name]
        )


GROUPS = tuple(_groups("verbal", "expected", "modal"))


def read(text: str) -> Hedge | None:
    """The wording that says how sure `text` is, or None for a plain assertion about what is or was.

    Figures win over words of probability, these over expectations and plans, these over modal verbs. A plain future
    ("will") is read as .9, since people who write it mean to be believed and are not always right. Linear time: every
    gap in a pattern is bounded.
    """
    return _figure(text) or next((hedge for group in GROUPS if (hedge := _first(text, group)) is not None), None)


def _figure(text: str) -> Hedge | None:
    if match := PERCENT.search(text):
        values = [float(value) for value in match.groups() if value]
        if max(values) <= 100:
            middle = sum(values) / len(values) / 100
            return _figure_hedge(match, middle, min(values) / 100, max(values) / 100)
    if match := RATIO.search(text):
        part, whole = (COUNTS.get(count.lower()) or int(count) for count in match.groups())
        if 0 < part < whole:
            return _figure_hedge(match, part / whole, part / whole, part / whole)
    return None


def _figure_hedge(match: re.Match[str], probability: float, low: float, high: float) -> Hedge:
    inside = min(max(probability, 0.01), 0.99)
    return Hedge(match.group(), match.start(), match.end(), inside, min(low, inside), max(high, inside))


def _first(text: str, group: tuple[HedgeWords, ...]) -> Hedge | None:
    best: Hedge | None = None
    for row in group:
        match = row.pattern.search(text)
        if match and (best is None or match.start() < best.start):
            best = Hedge(match.group(), match.start(), match.end(), row.probability, row.low, row.high)
    return best
