"""Matters of bare nouns, from title and text."""

import pytest

from language.claims.restating import matters
from language.syntax import parser

HEARD = ("Lundby tribunal closes hearings on coastal drilling",)
RULINGS = [
    ("The tribunal will issue an opinion.", HEARD, "The tribunal will issue an opinion on coastal drilling."),
    ("The court will rule by June 2026.", HEARD, "The court will rule on coastal drilling by June 2026."),
    ("The judges will rule in the Berg case.", HEARD, "The judges will rule in the Berg case."),
    ("The judges will rule against Aster.", HEARD, "The judges will rule against Aster."),
    ("The bank will announce its decision.", HEARD, "The bank will announce its decision."),
    ("The court will issue an opinion on fees.", HEARD, "The court will issue an opinion on fees."),
    ("The court will issue a ruling.", ("Judges to meet",), "The court will issue a ruling."),
    ("The court will issue a ruling.", ("Ruling on Whether Aster May Sell",), "The court will issue a ruling."),
]


@pytest.mark.parametrize(("text", "titles", "told"), RULINGS, ids=[row[0] for row in RULINGS])
def test_a_ruling_is_on_what_the_title_says(text, titles, told):
    assert matters.of_ruling(text, titles) == told


COUNTS = [
    (
        "There will be 20 million new users in Chile.",
        "50 million new phone users",
        "20 million new phone users in Chile",
    ),
    ("There will be 20 million users in Chile.", "50 million new phone users", "20 million users in Chile"),
    ("There will be 20 new stations.", "5 new bus stations and 6 new police stations", "20 new stations."),
    ("There will be 20 new stations.", "", "20 new stations."),
]


@pytest.mark.parametrize(("text", "said", "told"), COUNTS, ids=[row[1] or "nothing" for row in COUNTS])
def test_a_count_is_of_what_the_one_before_was_of(text, said, told):
    assert told in matters.of_count(text, said)


DISEASES = [
    ("The infections will fall.", "Ebola in the north", "The Ebola infections will fall."),
    ("Cases may double.", "Measles spreads", "Measles cases may double."),
    ("cases may double", "Measles spreads", "measles cases may double"),
    ("There will be 9,000 cases.", "Measles spreads", "There will be 9,000 measles cases."),
    ("There will be 9,000 new cases.", "Measles spreads", "There will be 9,000 new measles cases."),
    ("New cases will fall.", "Measles spreads", "New measles cases will fall."),
    ("There will be 9,000 court cases.", "Measles spreads", "There will be 9,000 court cases."),
    ("Cases may double.", "Measles and cholera spread", "Cases may double."),
    ("Court cases may double.", "Measles spreads", "Court cases may double."),
]


@pytest.mark.parametrize(("text", "near", "told"), DISEASES, ids=[f"{row[0]} {row[1]}" for row in DISEASES])
def test_infections_have_the_only_disease_of_the_text(text, near, told):
    assert matters.of_disease(text, near) == told


LETTERS = [
    ("The NGSB will act.", "The Northern Grid Safety Board met.", "The Northern Grid Safety Board will act."),
    ("NGSB will act.", "The Northern Grid Safety Board met.", "The Northern Grid Safety Board will act."),
    ("They rule against the SCL.", "the Supreme Court of Lundby", "They rule against the SCL."),
    ("The NGSB will act.", "Nothing of it.", "The NGSB will act."),
    ("The PMI will rise.", "The Peru Motor Index rose.", "The PMI will rise."),
]


@pytest.mark.parametrize(("text", "said", "told"), LETTERS, ids=[row[0] + row[1] for row in LETTERS])
def test_a_body_is_written_out(text, said, told):
    assert matters.in_full(text, said) == told


IDIOMS = [
    ("Peru will split its coast from its hills.", "Peru’s coast will split from its hills."),
    ("Peru will not split its coast from its hills.", "Peru’s coast will not split from its hills."),
    ("Norvolt will split its mines from its shops.", "Norvolt will split its mines from its shops."),
    ("Aster continues to plan for annual rises.", "Aster continues with annual rises."),
    ("Caucuses will give the nomination to Ada Hall.", "Ada Hall will win the nomination."),
    ("Caucuses will not give the nomination to Hall in May.", "Hall will not win the nomination in May."),
    ("No caucus will give the nomination to Ada Hall.", "No caucus will give the nomination to Ada Hall."),
    ("Aster will give the contract to Vik.", "Aster will give the contract to Vik."),
    ("This would result in 300 lost jobs.", "There will be 300 lost jobs."),
    ("This would not result in 300 lost jobs.", "This would not result in 300 lost jobs."),
    ("This would result in chaos.", "This would result in chaos."),
    ("Aster continues to plan for a merger.", "Aster continues to plan for a merger."),
]


@pytest.mark.parametrize(("text", "told"), IDIOMS, ids=[row[0] for row in IDIOMS])
def test_an_idiom_is_told_as_the_act(text, told):
    assert matters.told(text, said="", titles=()) == told


BODIES = [
    ("Bank of Peru", "the Bank of Peru"),
    ("Lundby Harbour Agency", "the Lundby Harbour Agency"),
    ("Norvolt", "Norvolt"),
    ("Vik Bank", "Vik Bank"),
    ("Peru’s Grid Board", "Peru’s Grid Board"),
    ("Agency", "Agency"),
]


@pytest.mark.parametrize(("body", "told"), BODIES, ids=[row[0] for row in BODIES])
def test_a_body_has_its_article(body, told):
    assert matters.with_the(body) == told


COMPANIES = [
    ("The company plans to sell its mine.", "It met on Friday.", "Norvolt plans to sell its mine."),
    ("The company plans to sell its mine.", "It has sued Microsoft.", "The company plans to sell its mine."),
    ("The company town will shrink.", "It met on Friday.", "The company town will shrink."),
    ("Norvolt and the company will merge.", "It met on Friday.", "Norvolt and the company will merge."),
]


@pytest.mark.parametrize(("text", "last", "told"), COMPANIES, ids=[f"{row[0]} {row[1]}" for row in COMPANIES])
def test_the_company_is_the_one_that_speaks(text, last, told):
    (tree,) = parser.parse([last])
    assert matters.of_speaker(text, "Norvolt", tree) == told


PRIZES = [
    ("Berg will win gold.", "Rowing World Cup", "Berg will win gold at the Rowing World Cup."),
    ("Berg will win the title in May.", "Rowing World Cup", "Berg will win the title at the Rowing World Cup in May."),
    ("Berg will win the title of mayor.", "Rowing World Cup", "Berg will win the title of mayor."),
    ("Berg will win gold.", "Who rows well", "Berg will win gold."),
    ("The award will go to Berg.", "Best Director", "The award for Best Director will go to Berg."),
    ("The award will go to Berg.", "My year in film", "The award will go to Berg."),
]


@pytest.mark.parametrize(("text", "heading", "told"), PRIZES, ids=[row[0] + row[1] for row in PRIZES])
def test_a_prize_is_the_headings(text, heading, told):
    assert matters.of_prize(text, heading) == told
