"""Bare subjects by whom they belong to."""

import pytest

from language.claims.restating import bare_subjects

TITLES = [
    ("Norvolt Inc. Q3 2026 earnings call (CFO Ada Berg)", "Norvolt"),
    ("Norvolt: first-quarter results", "Norvolt"),
    ("Letter to Norvolt shareholders, 2026 report", "Norvolt"),
    ("Norvolt reports record results for 2025", "Norvolt"),
    ("Aster Foods’ full-year results", "Aster Foods"),
    ("Q2 2026 trading update: Aster & Vik plc", "Aster & Vik"),
    ("Third-Quarter Earnings Call Transcript - Aster Group", "Aster"),
    ("Aster raises guidance after strong second quarter", "Aster"),
    ("Predictions for 2027", ""),
    ("Norvolt opens a plant", ""),
    ("Norvolt and Aster: first-quarter results of Berg", ""),
    ("Annual report", ""),
]


@pytest.mark.parametrize(("title", "firm"), TITLES, ids=[row[0] for row in TITLES])
def test_a_title_of_results_names_the_firm(title, firm):
    assert bare_subjects.firm_of(title) == firm


FIGURES = [
    (
        "revenue will be between $2 billion and $3 billion",
        "Norvolt’s revenue will be between $2 billion and $3 billion",
    ),
    ("Gross margins will be about 38%", "Norvolt’s gross margins will be about 38%"),
    ("OpEx will fall", "Norvolt’s OpEx will fall"),
    ("capital expenditures should rise", "Norvolt’s capital expenditures should rise"),
    ("deliveries in Europe will double", "Norvolt’s deliveries in Europe will double"),
    ("there will be a rise in laptop sales in 2027", "there will be a rise in laptop sales at Norvolt in 2027"),
    ("Norvolt will open a plant", "Norvolt will open a plant"),
    ("the market will grow", "the market will grow"),
    ("Aster’s revenue will fall", "Aster’s revenue will fall"),
    ("interest rates will fall", "interest rates will fall"),
]


@pytest.mark.parametrize(("text", "owned"), FIGURES, ids=[row[0] for row in FIGURES])
def test_a_bare_figure_is_the_firms(text, owned):
    assert bare_subjects.of_firm(text, "Norvolt") == owned


PLACED = [
    ("Unemployment will fall.", "Federal Reserve", (), "Unemployment in the United States will fall."),
    ("Inflation is likely to ease.", "Bank of England", (), "Inflation in the United Kingdom is likely to ease."),
    ("GDP growth will slow.", "ECB", (), "GDP growth in the euro area will slow."),
    ("The economy will shrink.", "", ("Peru",), "The economy of Peru will shrink."),
    ("House prices will rise.", "", ("Chile",), "House prices in Chile will rise."),
    ("Exports may fall.", "", ("United Kingdom",), "Exports in the United Kingdom may fall."),
    ("The economy will shrink.", "", ("Peru", "Chile"), "The economy will shrink."),
    ("The economy will shrink.", "", (), "The economy will shrink."),
    ("The mayor will resign.", "Bank of England", (), "The mayor will resign."),
    ("Inflation in Peru will ease.", "", ("Peru",), "Inflation in Peru will ease."),
]


@pytest.mark.parametrize(("text", "speaker", "states", "placed"), PLACED)
def test_a_bare_economy_is_placed_where_only_one_can_be_meant(text, speaker, states, placed):
    assert bare_subjects.of_country(text, speaker=speaker, states=states) == placed


NAMED = [
    (
        "The court will rule.",
        "The International Court of Justice met.",
        "The International Court of Justice will rule.",
    ),
    ("The bank will cut rates.", "Analysts at the Bank of Norland spoke.", "The Bank of Norland will cut rates."),
    ("The party will split.", "He left the Green Party.", "The Green Party will split."),
    ("The party will split.", "The Green Party met the Labour Party.", "The party will split."),
    ("The union will strike.", "The Steel Union met.", "The Steel Union will strike."),
    ("The council will vote.", "Lundby Council met. The Council argued.", "The Lundby Council will vote."),
    ("The court will rule.", "The judges met.", "The court will rule."),
    ("The mayor will rule.", "The Supreme Court met.", "The mayor will rule."),
    ("A court will rule.", "The Supreme Court met.", "A court will rule."),
    ("If the court rules, prices will fall.", "The Supreme Court met.", "If the court rules, prices will fall."),
]


@pytest.mark.parametrize(("text", "before", "named"), NAMED)
def test_a_body_has_the_name_that_the_text_gave_it(text, before, named):
    assert bare_subjects.of_body(text, [before], "") == named


HEADS = [
    ("Norvolt's chief executive, Ada Berg, was bullish.", "Norvolt"),
    ("United's manager Ada Berg was in no mood for caution.", "United"),
    ("Ada Berg, the leader of the Green Party, spoke.", "the Green Party"),
    ("Green Party leader Ada Berg spoke.", "the Green Party"),
    ("Ada Berg, Norvolt's finance chief, spoke.", "Norvolt"),
    ("Ada Berg, chairman of Aster, spoke.", "Aster"),
    ("Norvolt CEO Ada Berg spoke.", "Norvolt"),
    ("Norvolt CEO Ada Berg spoke. Aster's chairman Ada Berg agreed.", ""),
    ("Norvolt hired Ada Berg.", ""),
    ("Ada Berg spoke.", ""),
]


@pytest.mark.parametrize(("said", "body"), HEADS, ids=[row[0] for row in HEADS])
def test_who_heads_a_body_speaks_for_it(said, body):
    assert bare_subjects.body_of("Ada Berg", [said]) == body


CITED = [
    (
        "the budget deficit, says the CBO, will shrink",
        (),
        "the federal budget deficit in the United States will shrink",
    ),
    ("the budget deficit, says Insee, will shrink", (), "the federal budget deficit in France will shrink"),
    ("the CBO and Insee agree", (), "the federal budget deficit will shrink"),
    ("the CBO on Peru and Chile", ("Peru", "Chile"), "the federal budget deficit will shrink"),
]


@pytest.mark.parametrize(("said", "states", "placed"), CITED, ids=[row[0] for row in CITED])
def test_an_economy_is_where_the_office_is_that_is_cited(said, states, placed):
    text = "the federal budget deficit will shrink"
    assert bare_subjects.of_country(text, speaker="", states=states, said=said) == placed
