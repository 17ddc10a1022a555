"""The protocol of every classifier of news: pairs of question and entry in, judgements out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

STANCES = ("supports", "contradicts", "mentions")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedStory:
    """A story on which somebody decided earlier on the same question; `stance` is None where it was rejected."""

    title: str
    body: str = ""
    published: date | None = None
    stance: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleHeadlines:
    """Headlines that would support a claim, and such that would contradict it, as somebody imagined them."""

    supports: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A question and an entry. `claim` is the statement whose truth the stance is about.

    Title or body may be empty, and the body a whole article; `published` is the entry's day where it is known.
    What was `decided` earlier on the same question teaches a classifier that can learn; `examples` do before that.
    `opens` and `deadline` are the question's first and last day; without them question and claim are searched for both.
    """

    claim: str
    question: str = ""
    keywords: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    title: str
    body: str = ""
    published: date | None = None
    decided: tuple[DecidedStory, ...] = ()
    opens: date | None = None
    deadline: date | None = None
    examples: ExampleHeadlines = ExampleHeadlines()


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceChances:
    """Probabilities of each stance, given that the entry bears on the claim; they sum to 1.

    `passage` is what shows it, verbatim; `why` is a sentence that says what weighed most, `strength` how strongly it
    bears on the claim ("weak", "moderate", "strong", "decisive"), both empty where the classifier cannot say it.
    """

    supports: float
    contradicts: float
    mentions: float
    passage: str
    why: str = ""
    strength: str = ""

    @property
    def stance(self) -> str:
        """The likeliest of STANCES; "mentions" where it is a tie."""
        chances = ((self.mentions, "mentions"), (self.supports, "supports"), (self.contradicts, "contradicts"))
        return max(chances, key=lambda chance: chance[0])[1]  # the first of equals

    @property
    def confidence(self) -> float:
        return max(self.supports, self.contradicts, self.mentions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(StanceChances):
    """Stance and relevance, the probability that the entry bears on the claim at all; `attach`: enough to show it."""

    relevance: float
    attach: bool


class Classifier(Protocol):
    """Judges pairs in their order. `name` and `version` stand beside each answer that is kept."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]: ...
