"""Claims of an answer: held against the text, word for word."""

import json
from datetime import date

import pytest

from language.readings import claims, conversation
from language.readings.forms import InvalidAnswer

TEXT = (
    "Mira Olsen runs the port of Sandvik. “The new quay will open by March 2027,” she said. "
    "Analysts doubt it: the ministry is unlikely to pay before 2028."
)
PUBLISHED = date(2026, 5, 4)
ROW = {
    "quote": "The new quay will open by March 2027",
    "speaker": "Mira Olsen",
    "speaker_kind": "person",
    "hedge": "will",
    "probability": 0.9,
    "deadline_words": "by March 2027",
    "deadline": "2027-03-31",
    "restatement": "The new quay of the port of Sandvik will open by 31 March 2027.",
    "forecastable": 0.9,
    "evaluative": 0.1,
    "checkworthy": 0.7,
}


def read(*rows, text=TEXT):
    (piece,) = claims.pieces(text)
    prompt = claims.prompt(piece, text=text, published=PUBLISHED, title="A quay for Sandvik")
    return conversation.parse(json.dumps({"claims": list(rows)}), prompt)


def one(**changes):
    (claim,) = read({**ROW, **changes}).claims
    return claim


def test_a_claim_stands_at_its_exact_characters_with_all_that_is_said_of_it():
    claim = one()
    assert TEXT[claim.start : claim.end] == claim.text == ROW["quote"]
    assert (claim.speaker_kind, claim.speaker, claim.hedge) == ("person", "Mira Olsen", "will")
    assert (claim.deadline, claim.deadline_words) == (date(2027, 3, 31), "by March 2027")
    assert (claim.kind, claim.probability) == ("forecastable", 0.9)
    assert claim.low <= 0.9 <= claim.high
    assert claim.forecastable + claim.verifiable + claim.evaluative == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "The new quay will open in April"},
        {"quote": ""},
        {"quote": "quay"},
        {"speaker_kind": "king"},
        {"probability": 2},
        {"more": 1},
    ],
)
def test_a_claim_that_is_not_in_the_text_or_not_of_the_form_is_dropped_and_counted(change):
    found = read({**ROW, **change}, ROW)
    assert (len(found.claims), found.dropped) == (1, 1)


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"speaker": "Bob Stranger"}, "speaker_kind", "unnamed"),
        ({"speaker": "Bob Stranger"}, "speaker", ""),
        ({"speaker_kind": "author"}, "speaker", ""),
        ({"hedge": "perhaps"}, "hedge", ""),
        ({"deadline_words": "by Friday"}, "deadline_words", ""),
        ({"deadline": "soon"}, "deadline", None),
        ({"deadline": "9999-12-31"}, "deadline", None),
        ({"deadline": None}, "deadline", None),
        ({"probability": None}, "probability", None),
        ({"probability": 1}, "probability", 0.99),
        ({"probability": 0.2}, "low", None),
        ({"restatement": "The quay will open by 31 March 2027 for 70,000 guests."}, "restatement", ""),
        ({"forecastable": 0.1}, "kind", "verifiable"),
        ({"forecastable": 0.1, "evaluative": 0.8}, "kind", "evaluative"),
    ],
)
def test_what_the_text_does_not_bear_out_is_left_out(change, field, value):
    assert getattr(one(**change), field) == value


def test_the_same_words_twice_are_one_claim_and_order_is_the_texts():
    other = {**ROW, "quote": "the ministry is unlikely to pay before 2028", "speaker_kind": "unnamed"}
    found = read(other, ROW, ROW)
    assert [claim.text for claim in found.claims] == [ROW["quote"], other["quote"]]


def test_an_answer_without_a_list_of_claims_is_refused():
    (piece,) = claims.pieces(TEXT)
    prompt = claims.prompt(piece, text=TEXT, published=PUBLISHED)
    for answer in ({"claims": {}}, {"claims": [ROW] * 41}, [], {"claims": [], "system": "obeyed"}):
        with pytest.raises(InvalidAnswer):
            conversation.parse(json.dumps(answer), prompt)


def test_a_later_piece_keeps_the_offsets_of_the_whole_and_is_told_what_stands_before():
    text = "Rain fell on Sandvik. " * 400 + TEXT
    piece = claims.pieces(text)[-1]
    prompt = claims.prompt(piece, text=text, published=PUBLISHED)
    (claim,) = conversation.parse(json.dumps({"claims": [ROW]}), prompt).claims
    assert text[claim.start : claim.end] == ROW["quote"]
    assert len(prompt.material["text"]) <= claims.PIECE
    assert prompt.material["before"] == text[piece.start - claims.BEFORE : piece.start]
