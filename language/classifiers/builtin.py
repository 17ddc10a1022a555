"""The built-in classifier: our own models on the processor, without an account, a key or a network."""

import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import asdict, replace

import numpy as np

from language.classifiers.protocol import Judgement, Pair, StanceChances
from language.matching import relevance
from language.sentences import boundaries, embeddings
from language.sentences.embeddings import Encoder, Vectors
from language.stance import documents, others
from language.stance import entries as stance
from language.weights import ModelUnavailable

log = logging.getLogger(__name__)

NAME, VERSION = stance.NAME, stance.VERSION
WHOLE = 1_200  # characters from which a body is an article rather than a line about one
FIRST = 1_000  # characters in which a first sentence is looked for
MOST_VECTORS = 32_768  # 50 MB


class CachingEncoder:
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
        return np.array([wanted[text] for text in texts], dtype=np.float32).reshape(len(texts), embeddings.DIMENSIONS)


class BuiltIn:
    """Judges entries by the models of relevance and stance, whole and bare texts by the models of documents."""

    name = NAME
    version = VERSION

    def __init__(self, encoder: Encoder | None, *, reads_documents: bool = True) -> None:
        self.encoder = CachingEncoder(encoder) if encoder else None
        self.bars = {bare: relevance.bar(encoder, bare=bare) for bare in (False, True)}
        self.reads_documents = reads_documents

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """A judgement a pair, in their order; what several pairs share is embedded once."""
        is_document = [self.reads_documents and reads_as_document(pair) for pair in pairs]
        whole = [(pair.claim, _text(pair)) for pair, is_one in zip(pairs, is_document, strict=True) if is_one]
        entries = [pair for pair, is_one in zip(pairs, is_document, strict=True) if not is_one]
        of_documents = iter(documents.judge(whole, encoder=self.encoder))
        of_entries = iter(self._entries(entries))
        return [next(of_documents if is_one else of_entries) for is_one in is_document]

    def _entries(self, pairs: Sequence[Pair]) -> list[Judgement]:
        if not pairs:
            return []
        pairs = [_headed(pair) for pair in pairs]
        chances = others.discounted(pairs, relevance.score(pairs, encoder=self.encoder))
        return [
            of_entry(sides, relevance=chance, attach=chance >= self.bars[not pair.keywords])
            for pair, chance, sides in zip(pairs, chances, stance.judge(pairs, encoder=self.encoder), strict=True)
        ]


def of_entry(stance: StanceChances, *, relevance: float, attach: bool) -> Judgement:
    """The judgement of an entry whose relevance is known already."""
    return Judgement(relevance=relevance, attach=attach, **asdict(stance))


def reads_as_document(pair: Pair) -> bool:
    """Whether the models of documents judge it: an article, a text without a title, a bare title beside a bare claim.

    Not what comes with a question, keywords, decisions or examples: that is news for a proposition, however long.
    """
    if pair.question or pair.keywords or pair.decided or any((pair.examples.supports, pair.examples.contradicts)):
        return False
    return not pair.title or not pair.body or len(pair.body) >= WHOLE


def _headed(pair: Pair) -> Pair:
    """News without a headline begins with its first sentence."""
    first = next(iter(boundaries.split(pair.body[:FIRST])), None) if not pair.title else None
    return pair if first is None else replace(pair, title=first.text, body=pair.body[first.end :].strip())


def _text(pair: Pair) -> str:
    return "\n".join(part for part in (pair.title, pair.body) if part)


def load() -> BuiltIn:
    """The classifier, without the encoder or the models of documents where their files are not what they should be.

    Raises ModelUnavailable only for the weights of relevance, without which nothing can be read.
    """
    encoder: Encoder | None = None
    reads_documents = False
    try:
        encoder = embeddings.load_minilm()
    except ModelUnavailable as missing:
        log.warning("Reading goes on by words alone: %s", missing)
    try:
        documents.load_models()
        reads_documents = True
    except ModelUnavailable as missing:
        log.warning("Whole texts are read by their beginnings alone: %s", missing)
    return BuiltIn(encoder, reads_documents=reads_documents)
