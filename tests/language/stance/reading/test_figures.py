from datetime import date

import pytest

from language.stance.reading import figures

DAY = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The index closed at 7,612", 7612, ""),
        ("Debt tops $40tn", 40e12, "dollar"),
        ("Rents reach €18.40 a square metre", 18.4, "euro"),
        ("Inflation slows to 3.8 per cent", 3.8, "%"),
        ("The rate stands at 5.5%", 5.5, "%"),
        ("Seven million people wait", 7e6, "people"),
        ("The token trades at 110K", 110_000, ""),
        ("She ran 2:30:00", 2.5, "hours"),
        ("Some 1.2 billion dollars were lost", 1.2e9, "dollar"),
        ("Profit of 300 million pounds", 300e6, "pound"),
    ],
)
def test_a_number_is_read_with_its_scale_and_unit(text, value, unit):
    (found,) = figures.read(text, published=DAY)
    assert (found.value, found.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    "text",
    [
        "It happened in 2026",
        "On 3 November they met",
        "Reactor 6 restarts",
        "The Index 225 was calm",
        "The 50-strong crew",
    ],
)
def test_dates_and_the_numbers_in_names_are_no_figures(text):
    assert figures.read(text, published=DAY) == []


def test_a_figure_says_how_it_stands():
    above, never, before, perhaps = (
        figures.read(text, published=DAY)[0]
        for text in ("above 60", "never traded under $59", "from 5.3% a year earlier", "could climb to 90")
    )
    assert (above.relation, never.denied, before.earlier, perhaps.maybe) == (1, True, True, True)
