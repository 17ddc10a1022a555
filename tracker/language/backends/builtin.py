"""The built-in reader: our own models on the processor, without an account, a key or a network."""

import logging
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from tracker.language import relevance, similarity, stance
from tracker.language.backends.reader import Judgement, Pair
from tracker.language.similarity import Encoder, Vectors

log = logging.getLogger(__name__)

NAME = "built-in"
VERSION = "3"
MOST_VECTORS = 32_768  # 50 MB


class Remembering:
    """An encoder that keeps what it encoded lately, so that texts that come back cost nothing."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.known: OrderedDict[str, Vectors] = OrderedDict()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in the order given."""
        wanted = {text: self.known.get(text) for text in texts}
        new = [text for text, vector in wanted.items() if vector is None]
        if new:
            wanted.update(zip(new, self.encoder.encode(new), strict=True))
        for text, vector in wanted.items():
            if vector is not None:
                self.known[text] = vector
                self.known.move_to_end(text)
        while len(self.known) > MOST_VECTORS:
            self.known.popitem(last=False)
        return np.array([wanted[text] for text in texts], dtype=np.float32).reshape(len(texts), -1)


class BuiltIn:
    """Relevance and stance, each by its model."""

    name = NAME
    version = VERSION

    def __init__(self, encoder: Encoder | None) -> None:
        self.encoder = Remembering(encoder) if encoder else None
        self.bar = relevance.bar(encoder)

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """A judgement a pair, in their order; what several pairs share is embedded once."""
        chances = relevance.score(pairs, encoder=self.encoder)
        said = stance.judge(pairs, encoder=self.encoder)
        return [self._judged(*each) for each in zip(chances, said, strict=True)]

    def _judged(self, chance: float, said: stance.Stance) -> Judgement:
        return Judgement(
            relevance=chance,
            attach=chance >= self.bar,
            supports=said.supports,
            contradicts=said.contradicts,
            mentions=said.mentions,
            passage=said.passage,
        )


def load() -> BuiltIn:
    """The reader with its encoder, or by words alone where the encoder's files are not what they should be."""
    try:
        return BuiltIn(similarity.load_minilm())
    except similarity.ModelUnavailable as missing:
        log.warning("Reading goes on by words alone: %s", missing)
        return BuiltIn(None)
