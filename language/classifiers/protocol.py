"""What every reader of news is given, and what it answers; a better one can be plugged in by the operator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

STANCES = ("supports", "contradicts", "mentions")


def likeliest(*, supports: float, contradicts: float, mentions: float) -> str:
    """The stance with the highest probability; "mentions" where it is a tie."""
    said = ((mentions, "mentions"), (supports, "supports"), (contradicts, "contradicts"))
    return max(said, key=lambda each: each[0])[1]  # the first of equals


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A proposition and an entry. `claim` is the statement whose truth the stance is about.

    Title or body may be empty, and the body a whole article; `published` is the entry's day where it is known.
    """

    claim: str
    question: str = ""
    keywords: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    title: str
    body: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """How an entry bears on a claim.

    `relevance` is the probability that it bears on it at all, and `attach` whether that is enough to show it. The other
    three are probabilities of each stance, given that it does; they sum to 1. `passage` is what shows it, verbatim, and
    `why` names in short what weighed most, where the reader can say it.
    """

    relevance: float
    attach: bool
    supports: float
    contradicts: float
    mentions: float
    passage: str
    why: str = ""

    @property
    def stance(self) -> str:
        """The likeliest of STANCES; "mentions" where it is a tie."""
        return likeliest(supports=self.supports, contradicts=self.contradicts, mentions=self.mentions)

    @property
    def confidence(self) -> float:
        return max(self.supports, self.contradicts, self.mentions)


class Reader(Protocol):
    """Judges pairs in their order. `name` and `version` stand beside each answer that is kept."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]: ...
