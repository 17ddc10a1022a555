from datetime import date

import pytest

from language.claims import restatement

PUBLISHED = date(2025, 5, 9)

STANDS = [
    (
        "However, he will resign by year-end.",
        ["President Ada Hall spoke."],
        "Ada Hall will resign by 31 December 2025.",
    ),
    ("The president will resign.", ["President Ada Hall spoke."], "President Ada Hall will resign."),
    ("His government will fall.", ["Prime Minister Jan Berg spoke."], "Jan Berg’s government will fall."),
    (
        "The two countries will sign next year.",
        ["Talks between Peru and Chile went on."],
        "Chile and Peru will sign in 2026.",
    ),
    ("They will sign.", ["Peru and Chile went on."], "Chile and Peru will sign."),
    ("It will not join.", ["Norway has voted twice."], "Norway will not join."),
    ("The country will not join.", ["Norway has voted twice."], "Norway will not join."),
    ("Some analysts say the pact could hold.", [], "The pact could hold."),
    ("“The pact will hold,” said Ada Hall, a lawyer.", [], "The pact will hold."),
    ("According to the bank, prices will fall.", [], "Prices will fall."),
    ("Prices will fall, according to the bank.", [], "Prices will fall."),
    ("Analysts expect Chile to buy less.", [], "Chile will buy less."),
    ("Prices fell yesterday and will rise.", [], "Prices fell on 8 May 2025 and will rise."),
    ("It was shut for most of yesterday and may reopen.", [], "It was shut for most of 8 May 2025 and may reopen."),
    ("They won in May last year and may lose.", [], "They won in May 2024 and may lose."),
    ("“If it rains, the harvest will fail,” said Ada Hall.", [], "If it rains, the harvest will fail."),
    ("The ban will last until June.", [], "The ban will last until 30 June 2025."),
    ("A verdict is due on Monday.", [], "A verdict is due on 12 May 2025."),
]

LEFT = [
    ("He will resign.", ["President Ada Hall met Chancellor Jan Berg."], "He will resign."),
    ("He will resign.", [], "He will resign."),
    ("The president will resign.", ["President Ada Hall met President Jan Berg."], "The president will resign."),
    ("The president of Chile will resign.", ["President Ada Hall spoke."], "The president of Chile will resign."),
    ("The two countries will sign.", ["Peru, Chile and Brazil met."], "The two countries will sign."),
    ("It will be hard to join.", ["Norway has voted twice."], "It will be hard to join."),
    ("It is likely that prices fall.", ["Norway has voted twice."], "It is likely that prices fall."),
    ("Ada Hall denied that the pact will hold.", [], "Ada Hall denied that the pact will hold."),
    ("Ada Hall announced a bill that would pay for it.", [], "Ada Hall announced a bill that would pay for it."),
    (
        "Little will change in the north, where two parties are expected to rule.",
        [],
        "Little will change in the north, where two parties are expected to rule.",
    ),
    ("The party hopes to win.", [], "The party hopes to win."),
    ("The plant opens by the end of 2026.", [], "The plant opens by the end of 2026."),
    ("They will talk before the election.", [], "They will talk before the election."),
]


@pytest.mark.parametrize(("clause", "before", "expected"), STANDS, ids=[row[0] for row in STANDS])
def test_a_claim_is_said_so_that_it_stands_by_itself(clause, before, expected):
    assert restatement.restate(clause, before=before, published=PUBLISHED) == expected


@pytest.mark.parametrize(("clause", "before", "expected"), LEFT, ids=[row[0] + str(n) for n, row in enumerate(LEFT)])
def test_what_could_mean_two_things_stays_as_it_is(clause, before, expected):
    assert restatement.restate(clause, before=before, published=PUBLISHED) == expected


def test_whoever_spoke_before_is_a_person_without_an_office():
    said = restatement.restate("She will go.", before=["Ada Hall said no."], published=PUBLISHED, speakers=["Ada Hall"])
    assert said == "Ada Hall will go."


def test_a_name_in_two_forms_is_one_person():
    before = ["President Ada Hall came.", "Hall then left."]
    assert restatement.restate("She will be back.", before=before, published=PUBLISHED) == "Ada Hall will be back."


@pytest.mark.parametrize("piece", ["said ", "President A ", "the president ", "“he said,” ", "A, b, "])
def test_hostile_clauses_are_cut_and_cost_little(piece):
    assert len(restatement.restate(piece * 50_000, before=[piece * 1_000], published=PUBLISHED)) < 5_000
