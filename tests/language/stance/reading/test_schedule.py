from datetime import date

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
