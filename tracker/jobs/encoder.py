"""Encoder of the jobs: the embedding model where it can be had, else a line in the log that says how one goes on."""

import logging

from language.sentences import embeddings
from language.weights import ModelUnavailable

log = logging.getLogger(__name__)


def load(*, threads: int = 1, without: str) -> embeddings.Encoder | None:
    """The model; `without` says, as a sentence begins, what happens where there is none."""
    try:
        return embeddings.load_minilm(threads=threads)
    except ModelUnavailable as missing:
        log.warning("%s: %s", without, missing)
        return None
