"""Statuses of a position: one table of their words, signs, colours and order, for pages, drawings and letters. Pure."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class StatusTraits:
    """All that a reader sees of a status.

    `glyph` is its sign in a letter, `tone` the CSS class of its colour; `rank` its place where several are counted:
    rulings first, then what waits for one. `outcome` is the ruling that brings it, seen from the claim.
    """

    value: str
    words_of_question: str
    glyph: str
    tone: str
    rank: int
    outcome: str = ""

    @property
    def words_of_claim(self) -> str:
        return self.value

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


# In the order of a question's life.
ALL: Final = (
    StatusTraits("watching", "open", "◌", "neutral", 7),
    StatusTraits("holding up", "likely", "◓", "for", 5),
    StatusTraits("in doubt", "in doubt", "◒", "against", 6),
    StatusTraits("contested", "contested", "◑", "both", 4),
    StatusTraits("due", "due", "◷", "call", 3),
    StatusTraits("came true", "ruled Yes", "●", "for", 0, "yes"),
    StatusTraits("did not come true", "ruled No", "■", "against", 1, "no"),
    StatusTraits("partly true", "ruled partly", "◐", "both", 2, "partly"),
    StatusTraits("void", "ruled void", "○", "neutral", 8, "void"),
)
MIXED: Final = StatusTraits("mixed", "mixed", "◑", "both", 9)  # of a claim whose positions differ; no position has it
_BY_VALUE: Final = {traits.value: traits for traits in (*ALL, MIXED)}
_BY_OUTCOME: Final = {traits.outcome: traits for traits in ALL if traits.outcome}


def of(value: str) -> StatusTraits:
    """The traits of a status; KeyError where there is no such status."""
    return _BY_VALUE[value]


def ruled(outcome: str) -> StatusTraits:
    """The status that a ruling brings: yes, no, partly or void, seen from the claim."""
    return _BY_OUTCOME[outcome]
