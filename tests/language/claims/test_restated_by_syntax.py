"""Restatements by the syntax tree: the embedded clause alone, with its denial, its subject and its date."""

from datetime import date

import pytest

from language.claims import restatement
from language.claims.restatement import ClaimPlace
from language.syntax import parser

PUBLISHED = date(2026, 3, 9)

CLAUSES = [
    ("Governor Mira Stolz said that inflation would fall below 2% in 2027.", "Inflation will fall below 2% in 2027."),
    ("I think the Liberals will lose the election.", "The Liberals will lose the election."),
    ("Analysts expect margins to recover.", "Margins will recover."),
    ("Analysts do not expect margins to recover.", "Margins will not recover."),
    ("But the bank will cut rates.", "The bank will cut rates."),
    ("Meanwhile, the bank will cut rates.", "The bank will cut rates."),
    ("The bank believes no member will leave the club.", "No member will leave the club."),
    ("She denied that the plant would close.", "The plant will not close."),
    ("The mayor rejected claims that the bridge would close.", "The bridge will not close."),
    ("Few economists expect that rates will fall.", "Rates will not fall."),
    ("It is unlikely that the court will rule in June.", "The court will not rule in June 2026."),
    ("It is likely that the court will rule in June.", "The court will rule in June 2026."),
    ("The strike will, in my view, end in May.", "The strike will end in May 2026."),
    ("The plant will open next year.", "The plant will open in 2027."),
    ("A few economists expect that rates will fall.", "Rates will fall."),
    ("No analyst expects that rates will fall.", "Rates will not fall."),
    ("Hardly any analyst expects that rates will fall.", "Rates will not fall."),
    ("She ruled out that the school will close.", "The school will not close."),
    ("The ministry has ruled out that taxes will rise.", "Taxes will not rise."),
    ("The minister said the dam would open by 2030.", "The dam will open by 2030."),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "restated"), CLAUSES, ids=[row[0] for row in CLAUSES])
def test_the_clause_stands_without_whoever_says_it(sentence, restated):
    assert _restated(sentence) == restated


NAMED = [
    ("Norvolt will build a plant.", "It will open in 2028.", "Norvolt will open in 2028."),
    ("President Ada Hall spoke in Lundby.", "She will resign.", "President Ada Hall will resign."),
    ("Peru and Chile met.", "They will sign in May.", "Peru and Chile will sign in May 2026."),
    ("Ada Hall met Mary Berg.", "It will rain in May.", "It will rain in May 2026."),
]


@pytest.mark.parametrize(("before", "sentence", "restated"), NAMED, ids=[row[1] for row in NAMED])
def test_a_pronoun_is_named_where_the_text_leaves_no_doubt(before, sentence, restated):
    assert _restated(sentence, before) == restated


def test_the_part_of_a_sentence_has_the_subject_that_it_shares():
    sentence = "The bank will buy bonds and cut rates."
    assert _restated(sentence, start=sentence.index("cut")) == "The bank will cut rates."


def test_a_firm_that_says_we_speaks_of_its_own_figures():
    sentence = "We expect revenue to grow."
    (tree,) = parser.parse([sentence])
    place = ClaimPlace(tree=tree, end=len(sentence), speaker="Norvolt", speaker_kind="institution")
    assert restatement.restate(sentence, before=[], published=PUBLISHED, place=place) == "Norvolt’s revenue will grow."


@pytest.mark.parametrize(
    ("item", "heading", "restated"),
    [
        ("Champions: Rovers", "Cup 2026", "Rovers will win the 2026 cup."),
        ("Will win - Ada Hall", "Best Actress", "Ada Hall will win the award for Best Actress."),
        ("Relegated: United", "League 2026", "United will be relegated in the 2026 league."),
        ("Tarn wins", "Election 2026", "Tarn will win the 2026 election."),
    ],
)
def test_an_item_of_a_list_becomes_a_sentence(item, heading, restated):
    place = ClaimPlace(heading=heading)
    assert restatement.restate(item, before=[], published=PUBLISHED, place=place) == restated


@pytest.mark.parametrize(
    ("text", "restated"),
    [
        ("Will Tarn win the vote? Yes.", "Tarn will win the vote."),
        ("Will Tarn win the vote? No.", "Tarn will not win the vote."),
        ("Will Tarn win the vote? Unlikely.", "Tarn will not win the vote."),
        ("Will Tarn win the vote? Forecast: 70%", "Tarn will win the vote."),
        ("Will Tarn win the vote? Forecast: 20%", "Tarn will not win the vote."),
    ],
)
def test_a_question_with_its_answer_is_one_sentence(text, restated):
    assert restatement.restate(text, before=[], published=PUBLISHED) == restated


def _restated(sentence, *before, start=0):
    *earlier, tree = parser.parse([*before, sentence])
    place = ClaimPlace(tree=tree, start=start, end=len(sentence), before=earlier)
    return restatement.restate(sentence[start:], before=before, published=PUBLISHED, place=place)
