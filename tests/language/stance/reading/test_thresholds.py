from datetime import date

import pytest

from language.stance.reading import thresholds

DAY = date(2027, 6, 1)


@pytest.mark.parametrize(
    ("claim", "way", "sign"),
    [
        ("The index will close above 7,600 in 2027.", 1, 1),
        ("Oil will drop under $55 a barrel.", -1, 1),
        ("The token stays below $100,000.", 1, -1),
        ("The list never drops under seven million.", -1, -1),
        ("Unemployment will reach 5.5%.", 1, 1),
        ("Inflation falls to 2%.", -1, 1),
        ("The airline will not carry more than 9 million people.", 1, -1),
        ("Fewer than 50 species will be declared extinct.", 1, -1),
        ("Sales will fall to less than 500.", -1, 1),
    ],
)
def test_a_claim_names_a_threshold_its_way_and_whether_it_is_denied(claim, way, sign):
    found = thresholds.of_claim(claim, said_on=DAY)
    assert (found.way, found.sign) == (way, sign)


@pytest.mark.parametrize(
    ("title", "kind", "way", "why"),
    [
        ("Index closes at 7,612", "passed", 1, "7,612 is above 7,600."),
        ("Index sinks to 6,200", "away", -1, "6,200 is far below 7,600."),
        ("Index edges up to 7,540", "nearing", 1, "7,540 is close to 7,600."),
        ("Index at 7,100 in quiet trade", "short", 0, "7,100 is still below 7,600."),
        ("Index finishes year at 7,410", "missed", -1, "7,410 is below 7,600, and the time is over."),
        ("Bank sees index at 7,900", "forecast", 1, "A forecast of 7,900 is above 7,600."),
    ],
)
def test_a_figure_is_held_against_the_threshold(title, kind, way, why):
    claim = thresholds.of_claim("The index will close above 7,600 in 2027.", said_on=DAY)
    found = thresholds.find(claim, title=title, body="", published=DAY, late=False)
    assert (found.kind, found.way, found.why) == (kind, way, why)


@pytest.mark.parametrize("title", ["Index fund lost 7,700 clients' data in May", "Index up 3%", "Index maker hires 90"])
def test_another_measure_settles_nothing(title):
    claim = thresholds.of_claim("The index will close above $7,600 in 2027.", said_on=DAY)
    found = thresholds.find(claim, title=title.replace("7,700", "77"), body="", published=DAY, late=False)
    assert found is None or found.way == 0


def test_less_than_before_is_compared_by_words_and_by_numbers():
    claim = thresholds.comparison("Fewer cases will be counted in 2027 than in 2026.")
    told = [
        thresholds.compare(claim, title=title, body="", published=DAY, late=False).way
        for title in ("Cases fall by a third", "Nine cases, down from 31", "Cases double to 62", "Cases at record high")
    ]
    assert told == [1, 1, -1, -1]


@pytest.mark.parametrize(
    ("claim", "title", "way"),
    [
        ("Oil will stay cheap this year.", "Oil prices jump as tankers turn back", -1),
        ("Oil will stay cheap this year.", "Oil slides again", 1),
        ("Rents will remain high in 2027.", "Rents fall for a third month", -1),
        ("Oil will stay cheap this year.", "Shares jump as banks report", None),
    ],
)
def test_a_level_is_told_by_steps_of_its_own(claim, title, way):
    found = thresholds.compare(thresholds.comparison(claim), title=title, body="", published=DAY, late=False)
    assert (found and found.way) == way


def test_a_forecast_that_is_beaten_is_no_forecast():
    claim = thresholds.of_claim("The economy will grow by at least 1%.", said_on=DAY)
    found = thresholds.find(claim, title="Economy grew 1.3%, beats forecasts", body="", published=DAY, late=False)
    assert found.kind == "passed"
