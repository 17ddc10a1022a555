"""Chances and their log-odds: what counts as a probability, how it is bounded, moved and put in words."""

import math
from decimal import Decimal
from numbers import Real
from typing import Final

DISCOUNT: Final = 0.5  # authors are surer than events: half of what they say, in log-odds, is kept

_WORDS: Final = (
    (2, "all but impossible"),
    (15, "very unlikely"),
    (35, "unlikely"),
    (47, "a little less likely than not"),
    (54, "even"),
    (66, "a little more likely than not"),
    (86, "likely"),
    (96, "very likely"),
)


def probability(value: object) -> float:
    """The value as a float strictly between 0 and 1; `ValueError` names what was given and what to give instead."""
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        raise ValueError(f"{value!r} is not a probability: give a number between 0 and 1, such as 0.7.")
    number = float(value)
    if math.isnan(number):
        raise ValueError("NaN is not a probability: give a number between 0 and 1, such as 0.7.")
    if number in (0.0, 1.0):
        raise ValueError(
            f"{value} leaves no room for surprise: give a probability between 0 and 1, such as 0.01 or 0.99."
        )
    if not 0.0 < number < 1.0:
        raise ValueError(f"{value} is not between 0 and 1: give a probability such as 0.7 (70 in 100 is 0.7).")
    return number


def logit(chance: float) -> float:
    """Log-odds ln(p / (1 - p)) of a probability in (0, 1)."""
    chance = probability(chance)
    return math.log(chance) - math.log1p(-chance)


def expit(log_odds: float) -> float:
    """Probability of the given log-odds, the inverse of `logit`; beyond about 37 it rounds to 1."""
    if log_odds >= 0:
        return 1.0 / (1.0 + math.exp(-log_odds))
    odds = math.exp(log_odds)
    return odds / (1.0 + odds)


def clamp(chance: float, *, low: float = 0.01) -> float:
    """The number pulled into [low, 1 - low]; 0 and 1 are welcome, NaN is not."""
    if math.isnan(chance):
        raise ValueError("NaN is not a probability: give a number between 0 and 1, such as 0.7.")
    return min(max(chance, low), 1.0 - low)


def discounted(chance: float, *, share: float = DISCOUNT) -> float:
    """A stated probability pulled towards evens: `share` of its log-odds is kept (0.9 becomes 0.75 at one half)."""
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"{share} is not a share: give a number from 0 to 1.")
    return expit(share * logit(chance))


def percent(chance: float) -> int:
    """The whole percentage that pages show, 1 to 99: an open question is never shown as impossible or certain."""
    return min(99, max(1, math.floor(100.0 * probability(chance) + 0.5)))


def in_words(chance: float) -> str:
    """The chance as a phrase, read off its whole percentage so that word and number always agree."""
    whole = percent(chance)
    return next((words for below, words in _WORDS if whole < below), "all but certain")
