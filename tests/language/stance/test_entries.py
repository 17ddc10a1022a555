import pytest

from language import weights
from language.classifiers.protocol import Pair
from language.sentences.embeddings import MiniLM, load_minilm
from language.stance import entries

SIGNED = Pair(claim="Norland and Sudria will sign a ceasefire.", title="Norland and Sudria sign a ceasefire in Geneva")
REJECTED = Pair(claim="Norland and Sudria will sign a ceasefire.", title="Norland rejects ceasefire and attacks Sudria")
FALLING = Pair(claim="Tesla's car sales will rise.", title="Tesla's car sales fall again in December")
NOTHING = Pair(claim="", title="")
HOSTILE = Pair(claim="\x00 not " * 400, title="\u202e", body="rise and fall. " * 20_000)
PAIRS = [SIGNED, REJECTED, FALLING, NOTHING, HOSTILE]


@pytest.fixture(scope="module")
def minilm() -> MiniLM:
    return load_minilm()


@pytest.fixture(params=["with embeddings", "by words alone"])
def encoder(request, minilm):
    return minilm if request.param == "with embeddings" else None


def test_the_same_event_supports_and_its_opposite_contradicts(encoder):
    signed, rejected, falling = entries.judge([SIGNED, REJECTED, FALLING], encoder=encoder)
    assert signed.stance == "supports"
    assert rejected.stance == falling.stance == "contradicts"


def test_probabilities_sum_to_one_whatever_is_read(encoder):
    for said in entries.judge(PAIRS, encoder=encoder):
        assert said.supports + said.contradicts + said.mentions == pytest.approx(1)
        assert min(said.supports, said.contradicts, said.mentions) > 0


def test_a_pair_is_judged_alike_alone_and_among_others(minilm):
    alone = [entries.judge([pair], encoder=minilm)[0] for pair in PAIRS]
    for one, other in zip(alone, entries.judge(PAIRS, encoder=minilm), strict=True):
        assert one.supports == pytest.approx(other.supports, abs=0.01)


def test_no_pairs_give_no_stances(encoder):
    assert entries.judge([], encoder=encoder) == []


def test_negating_the_claim_turns_the_stance():
    opposite = Pair(claim="Norland and Sudria will not sign a ceasefire.", title=SIGNED.title)
    said, other = entries.judge([SIGNED, opposite], encoder=None)
    assert said.supports > said.contradicts
    assert other.supports < other.contradicts


def test_a_reason_is_a_sentence_or_nothing():
    (said,) = entries.judge([SIGNED], encoder=None)
    assert said.why == "The headline says “sign”."
    assert entries.judge([NOTHING], encoder=None)[0].why == ""


def test_the_sentence_of_a_long_body_that_speaks_of_the_claim_is_read():
    body = "The town lies by the sea. Fishing is an old trade there. Tesla's car sales rose in December. It rained."
    (said,) = entries.judge([Pair(claim="Tesla's car sales will rise.", title="News", body=body)], encoder=None)
    assert said.passage == "Tesla's car sales rose in December."
    assert said.stance == "supports"


def test_a_file_that_is_not_the_one_trained_leaves_the_stance_open(monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(entries, "load", lambda: entries.decoded(weights.read(entries.WEIGHTS_FILE, folder=tmp_path)))
    (said,) = entries.judge([SIGNED], encoder=None)
    assert said.stance == "mentions"
    assert said.confidence == pytest.approx(1 / 3)
    assert "stance.json" in caplog.text
