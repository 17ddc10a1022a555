"""Thresholds: the number that a claim says will be reached or kept clear of, and what headlines' figures say of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from language import wordlists
from language.sentences import words
from language.stance.reading import figures
from language.stance.reading.figures import StatedFigure
from language.stance.reading.findings import StanceFinding

LISTS = wordlists.read("thresholds")
NAMES = str.split(
    "up down kept never final partial forecast growth upward downward record_up record_down compares more less short"
    " quantity stays_up stays_down"
)
UP, DOWN, KEPT, NEVER, FINAL, PARTIAL, FORECAST, GROWTH, UPWARD, DOWNWARD, RECORD_UP, RECORD_DOWN, *REST = (
    wordlists.pattern(LISTS[name]) for name in NAMES
)
COMPARES, MORE, LESS, SHORT, QUANTITY, STAYS_UP, STAYS_DOWN = REST
CAPPED = re.compile(r"\b(?:fewer|less|no\smore)\sthan\s(?:\S{1,3}\s?)?$|\bat\smost\s(?:\S{1,3}\s?)?$", re.IGNORECASE)
FALLS = re.compile(r"\b(?:fall|drop|sink|slide|dip|cut|go|shrink|ease|slow|trade|close|down)\w{0,4}\b", re.IGNORECASE)
BESIDE_START = re.compile(
    r"\b(above|over|below|under|beneath)\s(?:where|what|those|that\sof|its\s(?:level|value|price|close)|the\s(?:level|price))\b"
)
ONCE = re.compile(
    r"\b(?:at\ssome\s(?:point|stage|time)|at\sleast\sonce|(?:on|for)\sat\sleast\s(?:one|a)\b|at\sany\s(?:point|time)|ever)\b"
)
NEAR = 0.05  # of the threshold: a figure so close is a clear step towards it
FAR = 0.07  # and one so far off, after a move away, is a clear step away
APART = 4.0  # times: beyond, the two measure different things
LONG_WAY = 1.0  # percentage points that count as far


@dataclass(frozen=True, slots=True)
class Threshold:
    """`value` in `unit` is to be passed upwards (`way` 1) or downwards (-1); `inclusive`: reaching it is enough.

    `sign` is -1 where the claim says that this will not happen ("stays below", "never drops under").
    """

    value: float
    unit: str
    text: str
    way: int
    inclusive: bool
    sign: int
    of_growth: bool

    def passed(self, value: float) -> bool:
        gap = (value - self.value) * self.way
        return gap > 0 or (gap == 0 and self.inclusive)

    def near(self, value: float) -> bool:
        return abs(value - self.value) <= max(NEAR * abs(self.value), 0.35 if self.unit == "%" else 0.0)

    def far(self, value: float) -> bool:
        return abs(value - self.value) >= (
            min(LONG_WAY, abs(self.value) / 8) if self.unit == "%" else FAR * abs(self.value)
        )


def of_claim(claim: str, *, said_on: date) -> Threshold | None:
    """The threshold of a claim; None where it has none."""
    for figure in figures.read(claim, published=said_on):
        if figure.unit in ("months", "years", "weeks", "days", "seats") and not figure.relation:
            continue
        before = claim[: figure.start]
        up, down = _last(UP, before), _last(DOWN, before)
        if up < 0 and down < 0:
            continue
        way = 1 if up > down else -1
        kept = KEPT.search(before)
        never = len(NEVER.findall(before)) % 2
        if kept and not never:  # "stays below 100": that it will not reach it
            return Threshold(figure.value, figure.unit, figure.text, -way, True, -1, bool(GROWTH.search(claim)))
        if (
            not never and CAPPED.search(before) and not FALLS.search(before) and not ONCE.search(claim)
        ):  # "fewer than 50 will": it will not pass 50
            return Threshold(figure.value, figure.unit, figure.text, 1, False, -1, False)
        exact = not figure.relation
        return Threshold(
            figure.value,
            figure.unit,
            figure.text,
            way,
            exact or "at least" in before or "at most" in before,
            -1 if never else 1,
            bool(GROWTH.search(claim)),
        )
    return None


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def find(threshold: Threshold, *, title: str, body: str, published: date, late: bool) -> StanceFinding | None:
    """The finding that the figures of a headline, else of its description, allow; `late`: the time is nearly over."""
    for place, text in enumerate((title, body)):
        if not text:
            continue
        found = _in(threshold, text, whole=f"{title}. {body}", published=published, late=late)
        if found and (found.way or place):
            return found
        if found:
            return (
                _in(threshold, body, whole=f"{title}. {body}", published=published, late=late) or found
                if body
                else found
            )
    return None


def _in(threshold: Threshold, text: str, *, whole: str, published: date, late: bool) -> StanceFinding | None:
    comparable = [each for each in figures.read(text, published=published) if _comparable(threshold, each)]
    if not comparable:
        return None
    final = late or bool(FINAL.search(whole))
    forecast = bool(FORECAST.search(text))
    for each in comparable:
        if found := _passed(threshold, each, forecast or each.maybe):
            return found
    return _short(threshold, comparable, whole, final=final, forecast=forecast)


def _comparable(threshold: Threshold, figure: StatedFigure) -> bool:
    if figure.change and not (threshold.of_growth and figure.unit == "%"):
        return False
    if (
        threshold.unit
        and figure.unit != threshold.unit
        and (threshold.unit == "%" or figure.unit in ("%", "hours") or figure.unit in figures.CURRENCIES.values())
    ):
        return False
    if threshold.unit == "hours" and figure.unit != "hours":
        return False
    if threshold.unit == "%":
        return abs(figure.value) <= max(10 * abs(threshold.value), 10)
    if figure.value * threshold.value <= 0:
        return False
    return 1 / APART <= figure.value / threshold.value <= APART


def _passed(threshold: Threshold, figure: StatedFigure, forecast: bool) -> StanceFinding | None:
    said_beyond = figure.relation == threshold.way and figure.value * threshold.way >= threshold.value * threshold.way
    plain = threshold.passed(figure.value) and figure.relation != -threshold.way
    if figure.denied or (figure.earlier and not said_beyond) or not (said_beyond or plain):
        return None
    side = _side(figure.value, threshold)
    if forecast:
        return StanceFinding(
            "forecast", threshold.sign, "weak", f"A forecast of {figure.text} is {side}." if plain else ""
        )
    if figure.value == threshold.value and said_beyond:
        words_ = "above" if threshold.way > 0 else "below"
        return StanceFinding("passed", threshold.sign, "decisive", f"It is reported {words_} {figure.text}.")
    return StanceFinding("passed", threshold.sign, "decisive", f"{_capital(figure.text)} is {side}.")


def _short(
    threshold: Threshold, comparable: Sequence[StatedFigure], whole: str, *, final: bool, forecast: bool
) -> StanceFinding | None:
    denied = [each for each in comparable if each.denied]
    present = [each for each in comparable if not each.earlier and not each.denied] or denied
    if not present:
        return None
    figure = min(present, key=lambda each: abs(each.value - threshold.value)) if denied else present[0]
    side = _side(figure.value, threshold) if figure.value != threshold.value else f"not past {threshold.text}"
    if (forecast or figure.maybe) and figure.value == threshold.value and not denied and not figure.relation:
        return StanceFinding("forecast", threshold.sign, "moderate", f"It is forecast to come to {figure.text}.")
    if forecast or (figure.maybe and not final):
        return StanceFinding("forecast", -threshold.sign, "weak", f"A forecast of {figure.text} is {side}.")
    if final:
        return StanceFinding(
            "missed",
            -threshold.sign,
            "decisive",
            f"{_capital(figure.text)} is {side}, and the time is over." if figure.value != threshold.value else "",
        )
    back = (DOWNWARD if threshold.way > 0 else UPWARD).search(whole)
    towards = (UPWARD if threshold.way > 0 else DOWNWARD).search(whole)
    if (
        back
        and not threshold.near(figure.value)
        and threshold.far(figure.value)
        and not (towards and towards.start() < back.start())
    ):
        return StanceFinding(
            "away", -threshold.sign, "strong", f"{_capital(figure.text)} is far {side.replace('still ', '')}."
        )
    if towards and threshold.near(figure.value):
        return StanceFinding(
            "nearing", threshold.sign, "moderate", f"{_capital(figure.text)} is close to {threshold.text}."
        )
    return StanceFinding(
        "short", 0, "weak", f"{_capital(figure.text)} is still {side}." if figure.value != threshold.value else ""
    )


def _side(value: float, threshold: Threshold) -> str:
    if value == threshold.value:
        return f"the {threshold.text} that the claim names"
    return f"{'above' if value > threshold.value else 'below'} {threshold.text}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A claim that something will be more (`way` 1) or less (-1) than before, or a record.

    Of a `level` ("stays cheap") a headline tells a step up or down; `of` are the stems of what has it.
    """

    way: int
    record: bool
    sign: int
    level: bool = False
    of: frozenset[str] = frozenset()


def comparison(claim: str) -> Comparison | None:
    """The comparison of a claim; None where it makes none."""
    if started := BESIDE_START.search(claim):
        return Comparison(
            1 if started[1] in ("above", "over") else -1, False, -1 if len(NEVER.findall(claim)) % 2 else 1
        )
    if not COMPARES.search(claim):
        return _level(claim)
    up, down = MORE.search(claim), LESS.search(claim)
    if not up and not down:
        return None
    way = 1 if up and (not down or up.start() < down.start()) else -1
    if RECORD_DOWN.search(claim):
        way = -1
    return Comparison(way, "record" in claim.lower(), -1 if len(NEVER.findall(claim)) % 2 else 1)


def _level(claim: str) -> Comparison | None:
    for way, pattern in ((1, STAYS_UP), (-1, STAYS_DOWN)):
        if (verb := pattern.search(claim)) and QUANTITY.search(claim[: verb.start()]):
            sign = -1 if len(NEVER.findall(claim[: verb.end()])) % 2 else 1
            return Comparison(way, False, sign, level=True, of=words.stems(claim[: verb.start()]))
    return None


def compare(claim: Comparison, *, title: str, body: str, published: date, late: bool) -> StanceFinding | None:
    """The finding by the words and numbers that compare in a headline, else in its description."""
    whole = f"{title}. {body}"
    for text in (title, body):
        if claim.level and not claim.of & words.stems(text):
            continue
        if not claim.level and SHORT.search(text) and not FORECAST.search(text):
            return StanceFinding(
                "missed",
                -claim.sign,
                "decisive" if late or FINAL.search(whole) else "strong",
                "It falls short of what the claim says.",
            )
        way = _direction(text, published)
        if not way:
            continue
        agrees = way == claim.way
        forecast = FORECAST.search(text)
        settled = not claim.level and not forecast and (late or bool(FINAL.search(whole))) and not PARTIAL.search(whole)
        strength = "decisive" if settled else "moderate" if forecast or claim.level else "strong"
        more = {1: "higher", -1: "lower"}[way]
        why = f"It is {'expected to be ' if forecast else ''}{more} than before."
        return StanceFinding("forecast" if forecast else "compared", claim.sign * (1 if agrees else -1), strength, why)
    return None


def _direction(text: str, published: date) -> int:
    if RECORD_UP.search(text):
        return 1
    if RECORD_DOWN.search(text):
        return -1
    numbers = figures.read(text, published=published)
    before = next((each for each in numbers if each.earlier and not each.change), None)
    now = next(
        (
            each
            for each in numbers
            if not each.earlier and not each.change and each.unit not in ("%", "months", "years", "weeks")
        ),
        None,
    )
    if before and now and now.value != before.value and now.start < before.start:
        return 1 if now.value > before.value else -1
    up, down = UPWARD.search(text) or MORE.search(text), DOWNWARD.search(text) or LESS.search(text)
    if up and down:
        return 1 if up.start() < down.start() else -1
    return 1 if up else -1 if down else 0
