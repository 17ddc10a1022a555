"""Whole texts read for a claim: by the shipped models, with the real encoder."""

import pytest

from language.sentences.embeddings import load_minilm
from language.stance import documents

CLAIM = "Giant python swallows fisherman on the Ruvo river"
TOLD = (
    "A giant python has swallowed a fisherman on the Ruvo river, police confirmed on Monday. "
    "Villagers saw the snake take the man near the ferry. Officers found the python and the body, a spokesman said. "
)
REFUTED = (
    "The story of a giant python that swallowed a fisherman on the Ruvo river is a hoax. "
    "Police denied that anybody is missing, and the picture of the python was faked years ago. "
    "There is no truth in the report, the sheriff said; the fisherman never existed. "
)
OTHER = (
    "The central bank kept its interest rate at four per cent on Tuesday. "
    "Economists had expected no change. The next meeting is in June. "
)


def read(*pairs, encoder=True):
    return documents.judge(pairs, encoder=load_minilm() if encoder else None)


@pytest.mark.parametrize("encoder", [True, False])
def test_a_text_about_the_claim_is_told_from_another(encoder):
    told, other = read((CLAIM, TOLD * 4), (CLAIM, OTHER * 4), encoder=encoder)
    assert told.relevance > documents.BAR > other.relevance
    assert (other.supports, other.contradicts, other.mentions) == documents.UNREAD


def test_a_text_that_calls_it_a_hoax_contradicts_more():
    told, refuted = read((CLAIM, TOLD * 3), (CLAIM, REFUTED * 3))
    assert refuted.contradicts > max(refuted.supports, refuted.mentions)
    assert refuted.contradicts > told.contradicts
    assert told.supports + told.contradicts + told.mentions == pytest.approx(1)


def test_the_passage_is_a_sentence_of_the_text():
    (found,) = read((CLAIM, OTHER + TOLD))
    assert found.passage in TOLD
    assert "python" in found.passage


def test_a_headline_is_read_by_the_model_of_short_texts():
    hoax, told = read((CLAIM, "Python that ate fisherman was a hoax"), (CLAIM, "Python swallows fisherman on the Ruvo"))
    assert hoax.contradicts > told.contradicts
    assert told.supports > hoax.supports


def test_what_comes_along_changes_nothing():
    alone = read((CLAIM, REFUTED))[0]
    among = read((CLAIM, OTHER), (CLAIM, REFUTED), (CLAIM, TOLD * 9))[1]
    assert among.relevance == pytest.approx(alone.relevance, abs=0.02)
    assert among.passage == alone.passage


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Yes",
        "\u200b\u200d\ufeff",
        "Гигантский питон проглотил рыбака на реке Руво, сообщила полиция. " * 9,
        "Un pitón gigante se tragó a un pescador en el río Ruvo, según confirmó la policía de la región. " * 9,
        "a" * 1_000_000,
        "python " * 150_000,
        ". ! ? " * 100_000,
    ],
)
def test_odd_texts_are_not_guessed_at(text):
    (found,) = read((CLAIM, text))
    assert found.relevance < documents.BAR
    assert found.mentions > max(found.supports, found.contradicts)
    assert len(found.passage) <= 300


def test_a_huge_claim_is_read_by_its_beginning():
    (found,) = read((CLAIM * 20_000, TOLD))
    assert 0 <= found.relevance <= 1


def test_no_pairs_are_no_answers():
    assert read() == []
