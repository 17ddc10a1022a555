"""What tests of training share."""

import pytest

from lab.train.remembered import RememberingEncoder
from language.sentences.embeddings import load_minilm


@pytest.fixture(scope="session")
def minilm():
    """The encoder; most of a training's time goes into texts that the others embed as well."""
    return RememberingEncoder(load_minilm())
