"""Statuses of a position: one table of their words, signs, colours and order, for pages, drawings and letters. Pure."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusTraits:
    """All that a reader sees of a status.

    `glyph` is its sign in a letter, `tone` the CSS class of its colour; `outcome` is the ruling that brings it, seen
    from the claim; `rank` its place where several statuses are counted: rulings first, then what waits for one.
    """

    value: str
    words_of_claim: str
    words_of_question: str
    glyph: str
    tone: str
    rank: int
    outcome: str = ""

    @property
    def sign(self) -> str:
        """The name of its symbol in templates/parts/signs.html, after `s-`."""
        return self.value.replace(" ", "-")

    @property
    def is_ruled(self) -> bool:
        return bool(self.outcome)

    @property
    def is_scored(self) -> bool:
        """Nobody is scored on a question that is partly true or void."""
        return self.outcome in ("yes", "no")


def _row(value: str, question: str, glyph: str, tone: str, rank: int, outcome: str = "") -> StatusTraits:
    return StatusTraits(
        value=value,
        words_of_claim=value,
        words_of_question=question,
        glyph=glyph,
        tone=tone,
        rank=rank,
        outcome=outcome,
    )


# In the order of a question's life.
ALL: Final = (
    _row("watching", "open", "◌", "men", 7),
    _row("holding up", "likely", "◓", "pro", 5),
    _row("in doubt", "in doubt", "◒", "con", 6),
    _row("contested", "contested", "◑", "both", 4),
    _row("due", "due", "◷", "call", 3),
    _row("came true", "ruled Yes", "●", "pro", 0, "yes"),
    _row("did not come true", "ruled No", "■", "con", 1, "no"),
    _row("partly true", "ruled partly", "◐", "both", 2, "partly"),
    _row("void", "ruled void", "○", "men", 8, "void"),
)
MIXED: Final = _row("mixed", "mixed", "◑", "both", 9)  # of a claim whose positions differ; no position has it
_BY_VALUE: Final = {traits.value: traits for traits in (*ALL, MIXED)}
_BY_OUTCOME: Final = {traits.outcome: traits for traits in ALL if traits.outcome}


def of(value: str) -> StatusTraits:
    """The traits of a status; KeyError where there is no such status."""
    return _BY_VALUE[value]


def ruled(outcome: str) -> StatusTraits:
    """The status that a ruling brings: yes, no, partly or void, seen from the claim."""
    return _BY_OUTCOME[outcome]
