"""A classifier that learns: what another one says of news, judged anew from what was decided on the same question."""

import logging
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from language.classifiers.builtin import CachingEncoder
from language.classifiers.protocol import Classifier, DecidedStory, Judgement, Pair
from language.matching import relevance
from language.sentences import embeddings
from language.sentences.embeddings import Encoder
from language.stance import others, taught
from language.stance.taught import TaughtWeights
from language.weights import ModelUnavailable

log = logging.getLogger(__name__)
LONGEST_TITLE = 120  # characters of a headline that a reason cites
CALLED = {
    "supports": "was called supporting",
    "contradicts": "was called contradicting",
    "mentions": "only mentions it",
}


class TaughtClassifier:
    """The base classifier's judgements, changed where decisions or examples come with a pair; name and version stay."""

    def __init__(self, base: Classifier, *, encoder: Encoder, fitted: TaughtWeights) -> None:
        self.base = base
        self.name, self.version = base.name, base.version
        self.encoder = CachingEncoder(encoder)
        self.fitted = fitted
        self.relevances: dict[Pair, float] = {}

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """A judgement a pair, in their order; a story decided for many pairs is read once."""
        judged = self.base.judge(pairs)
        self._read({_of(pair, story) for pair in pairs for story in pair.decided})
        return [self._after(pair, own) for pair, own in zip(pairs, judged, strict=True)]

    def _after(self, pair: Pair, own: Judgement) -> Judgement:
        """The judgement after the decisions; where no story was accepted yet, after the examples first."""
        accepted = any(story.stance for story in pair.decided)
        if not accepted and pair.examples.supports and pair.examples.contradicts:
            own = self._directed(pair, own)
        return self._taught(pair, own) if pair.decided else own

    def _directed(self, pair: Pair, own: Judgement) -> Judgement:
        sides = pair.examples.supports, pair.examples.contradicts
        vectors = self.encoder.encode([taught.text_of(pair.title, pair.body), *sides[0], *sides[1]])
        stances = ["supports"] * len(sides[0]) + ["contradicts"] * len(sides[1])
        (row,) = taught.directed(
            np.array([[own.supports, own.contradicts, own.mentions]]),
            vectors[:1],
            examples=taught.lessons(list(vectors[1:]), stances, [None] * len(stances)),
            fitted=self.fitted,
        )
        return replace(own, supports=float(row[0]), contradicts=float(row[1]), mentions=float(row[2]))

    def _read(self, stories: set[Pair]) -> None:
        new = [story for story in stories if story not in self.relevances]
        relevances = others.discounted(new, relevance.score(new, encoder=self.encoder))
        self.relevances.update(zip(new, relevances, strict=True))

    def _taught(self, pair: Pair, own: Judgement) -> Judgement:
        stories: tuple[Pair | DecidedStory, ...] = (pair, *pair.decided)
        vectors = self.encoder.encode([taught.text_of(story.title, story.body) for story in stories])
        lessons = taught.lessons(
            list(vectors[1:]),
            [story.stance for story in pair.decided],
            [self.relevances[_of(pair, story)] for story in pair.decided],
        )
        (after,) = taught.judge(
            np.array([[own.supports, own.contradicts, own.mentions]]),
            np.array([own.relevance]),
            vectors[:1],
            lessons=lessons,
            fitted=self.fitted,
        )
        return replace(
            own,
            supports=after.supports,
            contradicts=after.contradicts,
            mentions=after.mentions,
            relevance=after.relevance,
            attach=after.relevance >= self.fitted.bar,
            why=own.why if after.weighed is None else _why(pair.decided[after.weighed]),
        )


def load(base: Classifier) -> Classifier:
    """The base with what it learns; the base alone where encoder or weights are not what they should be."""
    try:
        return TaughtClassifier(base, encoder=embeddings.load_minilm(), fitted=taught.load())
    except ModelUnavailable as missing:
        log.warning("Nothing is learned from decisions: %s", missing)
        return base


def _of(pair: Pair, story: DecidedStory) -> Pair:
    """A decided story as a pair with the question's words."""
    return Pair(
        claim=pair.claim,
        question=pair.question,
        keywords=pair.keywords,
        actors=pair.actors,
        title=story.title,
        body=story.body,
    )


def _why(story: DecidedStory) -> str:
    headline = story.title if len(story.title) <= LONGEST_TITLE else f"{story.title[:LONGEST_TITLE].rstrip()}…"
    return f"Like “{headline}”, which {CALLED[story.stance] if story.stance else 'was rejected'}."
