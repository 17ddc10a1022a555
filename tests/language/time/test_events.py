from datetime import date

import pytest

from language.time import events

ON = date(2031, 5, 12)


@pytest.mark.parametrize(
    ("year", "on"),
    [(2000, "2000-11-07"), (2008, "2008-11-04"), (2026, "2026-11-03"), (2032, "2032-11-02"), (2033, "None")],
)
def test_american_elections_are_on_the_tuesday_after_a_monday(year, on):
    assert str(events.election("us", published=date(year, 1, 1), year=year)) == on


def test_an_election_that_is_far_off_or_unknown_gives_no_day():
    assert events.election("uk", published=ON) is None
    assert events.election("", published=ON) is None
    assert str(events.election("us", published=date(2030, 12, 1))) == "None"


@pytest.mark.parametrize(
    ("title", "last", "whole"),
    [
        ("NBA preview", "2032-04-15", "2032-06-30"),
        ("NHL picks 2031-32", "2032-04-15", "2032-06-30"),
        ("NFL predictions 2031", "2032-01-10", "2032-02-15"),
        ("MLB season 2031", "2031-10-01", "2031-11-05"),
        ("Premier League 2031/32 predictions", "2032-05-31", "2032-06-05"),
        ("Formula One season preview", "2031-12-15", "2031-12-15"),
        ("NBA star hurt", "None", "None"),
        ("NBA preview 2019-20", "None", "None"),
    ],
)
def test_a_season_ends_when_its_league_does(title, last, whole):
    frame = events.season(title, published=date(2031, 7, 1))
    assert (str(frame and frame.last), str(frame and frame.whole)) == (last, whole)


def test_the_term_of_the_court_ends_in_june():
    assert events.term_end(date(2031, 2, 1)) == date(2031, 6, 30)
    assert events.term_end(date(2031, 10, 1)) == date(2032, 6, 30)


def test_a_country_is_known_by_its_politics():
    assert events.country("Republicans and Democrats fight for Congress.") == "us"
    assert events.country("The mayor of Holm will resign.") == ""
