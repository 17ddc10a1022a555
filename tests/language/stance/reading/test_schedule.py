from datetime import date

import pytest

from language.stance.reading import schedule

DAY = date(2027, 5, 5)


def test_the_deadline_is_the_one_given_else_that_of_the_question_else_of_the_claim():
    given = schedule.term("It opens in 2027.", "", deadline=date(2027, 9, 1), opens=None, published=DAY)
    asked = schedule.term("It opens.", "Will it open by 30 June 2027?", deadline=None, opens=None, published=DAY)
    claimed = schedule.term("It opens by the end of 2027.", "", deadline=None, opens=None, published=DAY)
    assert (given.until, asked.until, claimed.until) == (date(2027, 9, 1), date(2027, 6, 30), date(2027, 12, 31))


def test_a_day_that_something_is_put_off_to_goes_before_others():
    first, _, words = schedule.target("Launch slips from July to October, this year certain", published=DAY)
    assert (first, words) == (date(2027, 10, 1), "October")


def test_the_time_is_over_on_the_last_days():
    term = schedule.Term(date(2027, 5, 31))
    assert (term.is_over(date(2027, 5, 20)), term.is_over(date(2027, 5, 30)), term.is_over(None)) == (
        False,
        True,
        False,
    )


@pytest.mark.parametrize(
    ("title", "earlier"),
    [
        ("Deficit came to 5.5% in 2025, office says", True),
        ("Fires: 9,800 this year, up from 7,100 in 2025", False),
        ("Sales fall short of 2023 peak", False),
        ("Deficit of 2026 comes in at 5.3%", False),
        ("Deficit widens", False),
    ],
)
def test_figures_of_an_earlier_year_are_another_years(title, earlier):
    assert schedule.is_of_earlier_year(title, schedule.year_of("The deficit will exceed 5% in 2026.")) == earlier


def test_a_headline_of_a_later_month_tells_of_the_claims_month_for_good():
    claim = "The rate will be above 7% in June 2027."
    assert schedule.is_after_month(claim, "Rate comes in at 6.4% for June", date(2027, 7, 10))
    assert not schedule.is_after_month(claim, "Rate comes in at 6.4% for June", date(2027, 6, 28))
    assert not schedule.is_after_month(claim, "Rate comes in at 6.4%", date(2027, 7, 10))
