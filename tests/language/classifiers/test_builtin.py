import pytest

from language import weights
from language.classifiers import builtin
from language.classifiers.protocol import Pair
from language.sentences.embeddings import load_minilm
from language.stance import documents

CLAIM = "Norland will sign the border treaty with Sudmark"
TITLE = "Norland signs border treaty with Sudmark"
BODY = "Norland and Sudmark signed the border treaty on Monday. The presidents met. It takes effect in May. "
ASKED = {"question": "Will Norland sign the treaty?", "keywords": ("border treaty",)}


class Counting:
    """The real encoder, with a list of what it was given."""

    def __init__(self):
        self.given = []

    def encode(self, texts):
        self.given += texts
        return load_minilm().encode(texts)


@pytest.mark.parametrize(
    ("pair", "is_document"),
    [
        (Pair(claim=CLAIM, title=TITLE, **ASKED), False),
        (Pair(claim=CLAIM, title=TITLE, body="A line."), False),
        (Pair(claim=CLAIM, title=TITLE, body="A line. " * 200, **ASKED), False),
        (Pair(claim=CLAIM, title="", body="A line.", **ASKED), False),
        (Pair(claim=CLAIM, title=TITLE, body="A line. " * 200), True),
        (Pair(claim=CLAIM, title="", body="A line."), True),
        (Pair(claim=CLAIM, title=TITLE), True),
    ],
)
def test_each_form_of_text_has_its_models(pair, is_document):
    assert builtin.reads_as_document(pair) == is_document


def test_news_without_a_headline_is_read_as_if_its_first_sentence_were_one():
    classifier = builtin.BuiltIn(load_minilm())
    bare, headed = classifier.judge(
        [
            Pair(claim=CLAIM, title="", body=BODY, **ASKED),
            Pair(claim=CLAIM, title=BODY.split(". ")[0] + ".", body=BODY.partition(". ")[2].strip(), **ASKED),
        ]
    )
    assert bare == headed
    assert bare.attach


@pytest.mark.parametrize("with_encoder", [True, False])
def test_every_form_is_judged_in_its_place(with_encoder):
    classifier = builtin.BuiltIn(load_minilm() if with_encoder else None)
    pairs = [
        Pair(claim=CLAIM, title=TITLE, body=BODY, **ASKED),
        Pair(claim=CLAIM, title="Ten soups for a cold evening", body="Begin with the onions.", **ASKED),
        Pair(claim=CLAIM, title="", body=BODY * 9),
        Pair(claim=CLAIM, title=TITLE),
        Pair(claim=CLAIM, title="", body=""),
    ]
    found = classifier.judge(pairs)
    assert [each.attach for each in found] == [True, False, True, True, False]
    assert all(each.supports + each.contradicts + each.mentions == pytest.approx(1) for each in found)


def test_texts_that_come_back_are_embedded_once():
    encoder = Counting()
    classifier = builtin.BuiltIn(encoder)
    for _ in range(2):
        classifier.judge([Pair(claim=CLAIM, title="", body=BODY), Pair(claim=CLAIM, title=TITLE, body="A line.")])
    assert len(encoder.given) == len(set(encoder.given)) > 5


def test_old_vectors_make_room_for_new_ones(monkeypatch):
    monkeypatch.setattr(builtin, "MOST_VECTORS", 2)
    caching = builtin.CachingEncoder(load_minilm())
    assert caching.encode(["one", "two", "three"]).shape == (3, 384)
    assert list(caching.known) == ["two", "three"]


def test_without_the_models_of_documents_it_reads_on_and_says_so(monkeypatch, tmp_path, caplog):
    read = weights.read
    monkeypatch.setattr(
        weights, "read", lambda name: read(name, folder=tmp_path if "documents" in name else weights.DATA)
    )
    documents.load_models.cache_clear()
    classifier = builtin.load()
    assert "documents.json.gz: not listed" in caplog.text
    assert len(classifier.judge([Pair(claim=CLAIM, title="", body=BODY)])) == 1
    documents.load_models.cache_clear()
