"""Criteria by kind of question: who must report what by when, what counts, and what silence means."""

from datetime import date

import pytest

from language.questions import drafts

KINDS = [
    ("Hall will win the election in 2026.", "The official count decides"),
    ("Labour will win 40 seats in 2026.", "The official count decides"),
    ("Ada Berg will win the award for best actress in 2026.", "A shared win counts"),
    ("Rovers will win the cup in 2026.", "Results as the organiser records them count"),
    ("Rovers will be relegated in 2026.", "Results as the organiser records them count"),
    ("The court will rule against Aster in 2026.", "The decision itself counts"),
    ("Jonas Vik will be convicted in 2026.", "The decision itself counts"),
    ("Rust will become a top ten language in 2026.", "The latest edition then published of the ranking"),
    ("Strong storms will hit Lundby in 2026.", "What was observed and logged counts"),
    ("Norvolt will launch a phone in 2026.", "It counts once the public"),
    ("Peru and Chile will sign a pact in 2026.", "The formal act counts"),
    ("The violence will subside in 2026.", "The wording leaves open how far this must go"),
    ("The economy will be sluggish in 2026.", "The wording leaves open how far this must go"),
    ("The minister will resign in 2026.", "A plan, a forecast or an announcement does not count"),
]


@pytest.mark.parametrize(("claim", "words"), KINDS, ids=[row[0] for row in KINDS])
def test_criteria_say_what_counts_for_their_kind(claim, words):
    assert words in _criteria(claim)


OTHERS = [
    ("Aster will release a series of phones in 2026.", "Results as the organiser"),
    ("Rain will delay the harvest season in 2026.", "Results as the organiser"),
    ("Berg will align with a bid for the title of mayor in 2026.", "Results as the organiser"),
    ("Norvolt will publish its final report in 2026.", "Results as the organiser"),
    ("The storm season will begin in 2026.", "Results as the organiser"),
    ("The council will renovate the league offices in 2026.", "Results as the organiser"),
    ("Public opinion will turn in 2026.", "The decision itself counts"),
    ("Norvolt will open tennis courts in 2026.", "The decision itself counts"),
    ("Quill will pass 100 million users in 2026.", "The formal act counts"),
    ("Quill will pass a milestone in 2026.", "The formal act counts"),
]


@pytest.mark.parametrize(("claim", "words"), OTHERS, ids=[row[0] for row in OTHERS])
def test_one_word_of_a_kind_does_not_make_it_that_kind(claim, words):
    assert words not in _criteria(claim)


@pytest.mark.parametrize(
    "subject", ["Sales", "Exports", "Margins", "Unemployment", "Output", "Emissions", "The deficit"]
)
def test_accounts_and_statistics_are_waited_for_longer_than_events(subject):
    assert "reported by 31 March 2027" in _criteria(f"{subject} will fall in 2026.")
    assert "reported by 30 January 2027" in _criteria("The minister will resign in 2026.")


JOINED = [
    ("The states will back down and withdraw in 2026.", "the states backed down and withdrew"),
    ("Rovers will sell Oke and buy Haan in 2026.", "Rovers sold Oke and bought Haan"),
    ("Norland will leave the pact or freeze its fees in 2026.", "Norland left the pact or froze its fees"),
    ("Jonas Vik will be tried and convicted in 2026.", "Jonas Vik was tried and convicted"),
]


@pytest.mark.parametrize(("claim", "told"), JOINED, ids=[row[0] for row in JOINED])
def test_criteria_tell_each_verb_in_the_past(claim, told):
    assert told in _criteria(claim)


FIGURES = [
    ("The Dax will close above 20,000 by June 2026.", ["Once is enough", "exactly at the limit is NO"]),
    ("The Dax will fall below 10,000 by June 2026.", ["Once is enough", "exactly at the limit is NO"]),
    ("Norvolt will add 300 jobs by June 2026.", ["at least 300 jobs", "exactly as named is YES"]),
    ("Revenue will be between $2 billion and $3 billion in 2026.", ["Both ends of the range are YES"]),
    ("Inflation will be 3% in 2026.", ["at least 3%", "The value first published counts"]),
    ("Unemployment will exceed 5% in 2026.", ["exactly at the limit is NO"]),
]


@pytest.mark.parametrize(("claim", "parts"), FIGURES, ids=[row[0] for row in FIGURES])
def test_criteria_of_a_figure_say_what_its_edge_is(claim, parts):
    assert [part for part in parts if part not in _criteria(claim)] == []


@pytest.mark.parametrize(
    ("claim", "waits"),
    [("The minister will resign in 2026.", "30 January 2027"),
     ("The bridge will be closed at the end of 2026.", "30 January 2027"),
     ("Inflation will be 3% in 2026.", "31 March 2027")],
)  # fmt: skip
def test_criteria_say_until_when_a_report_is_waited_for(claim, waits):
    assert f"where nothing of the kind is reported by {waits}, NO." in _criteria(claim)


def _criteria(claim):
    drafted = drafts.draft(claim, published=date(2026, 3, 9), deadline=date(2026, 12, 31), kind="forecastable")
    return drafted.resolution_criteria
