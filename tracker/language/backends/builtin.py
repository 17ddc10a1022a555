"""The built-in reader: our own models on the processor, without an account, a key or a network."""

import logging
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from tracker.language import documents, gate, relevance, similarity, stance
from tracker.language.backends.reader import Judgement, Pair
from tracker.language.similarity import Encoder, Vectors
from tracker.language.weights import ModelUnavailable

log = logging.getLogger(__name__)

NAME = "built-in"
VERSION = "2"
WHOLE = 1_200  # characters from which a body is an article rather than a line about one
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
        return np.array([wanted[text] for text in texts], dtype=np.float32).reshape(len(texts), similarity.DIMENSIONS)


class BuiltIn:
    """Entries by the models of relevance and words of direction; whole and bare texts by the models of documents."""

    name = NAME
    version = VERSION

    def __init__(self, encoder: Encoder | None, *, reads_documents: bool = True) -> None:
        self.encoder = Remembering(encoder) if encoder else None
        self.weights = relevance.load_weights()["model" if encoder else "words"]
        self.reads_documents = reads_documents

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """A judgement a pair, in their order; what several pairs share is embedded once."""
        whole = [place for place, pair in enumerate(pairs) if self.reads_documents and is_document(pair)]
        texts = [(pairs[place].claim, _text(pairs[place])) for place in whole]
        by_place = dict(zip(whole, documents.judge(texts, encoder=self.encoder), strict=True))
        entries = [pair for place, pair in enumerate(pairs) if place not in by_place or is_asked(pair)]
        if self.encoder:
            self.encoder.encode([text for each in map(_read, entries) for text in (each.title, gate.entry(each).text)])
        return [self._judged(pair, by_place.get(place)) for place, pair in enumerate(pairs)]

    def _judged(self, pair: Pair, document: documents.Judged | None) -> Judgement:
        said: stance.Judgement | documents.Judged = document or stance.judge(
            pair.claim, title=pair.title, body=pair.body
        )
        if document and not is_asked(pair):
            chance, bar = document.relevance, documents.BAR
        else:
            chance = self.weights.probability(relevance.features_of(_asked(pair), _read(pair), encoder=self.encoder))
            bar = self.weights.threshold
        return Judgement(
            relevance=chance,
            attach=chance >= bar,
            supports=said.supports,
            contradicts=said.contradicts,
            mentions=said.mentions,
            passage=said.passage,
        )


def is_document(pair: Pair) -> bool:
    """Whether the models of documents tell the stance: of an article, of a text without a title, and of a bare title
    beside a bare claim."""
    bare = not (pair.body or pair.question or pair.keywords)
    return not pair.title or len(pair.body) >= WHOLE or bare


def is_asked(pair: Pair) -> bool:
    """Whether it is an entry for a question or keywords: then the model of relevance tells whether it bears on them."""
    return bool(pair.title and (pair.question or pair.keywords))


def _text(pair: Pair) -> str:
    return "\n".join(part for part in (pair.title, pair.body) if part)


def _asked(pair: Pair) -> relevance.Asked:
    return relevance.Asked("", pair.claim, pair.question, pair.keywords, pair.actors)


def _read(pair: Pair) -> relevance.Read:
    return relevance.Read("", pair.title, pair.body)


def load() -> BuiltIn:
    """The reader, without the encoder or without the models of documents where their files are not what they should be.

    Raises ModelUnavailable only for the weights of relevance, without which nothing can be read.
    """
    encoder: Encoder | None = None
    reads_documents = False
    try:
        encoder = similarity.load_minilm()
    except ModelUnavailable as missing:
        log.warning("Reading goes on by words alone: %s", missing)
    try:
        documents.load_models()
        reads_documents = True
    except ModelUnavailable as missing:
        log.warning("Whole texts are read by their beginnings alone: %s", missing)
    return BuiltIn(encoder, reads_documents=reads_documents)
