"""Parts of a day keep their day, and only words of time become dates."""

from datetime import date

import pytest

from language.claims import extraction
from language.claims.restating.dated import absolute

FRIDAY = date(2026, 9, 25)

NIGHTS = [
    ("Lund will resign by Monday night.", "Lund will resign by the night of 28 September 2026."),
    (
        "Lund will speak on Friday morning at the club.",
        "Lund will speak on the morning of 25 September 2026 at the club.",
    ),
    ("Monday night’s debate will help Lund.", "The debate on the night of 28 September 2026 will help Lund."),
    ("The Monday night debate will help her.", "The debate on the night of 28 September 2026 will help her."),
    ("Lund will win Monday night’s debate.", "Lund will win the debate on the night of 28 September 2026."),
    ("The vote will be held Friday evening.", "The vote will be held on the evening of 25 September 2026."),
    ("Friday night, the team will win.", "On the night of 25 September 2026, the team will win."),
    ("This Friday night they will meet.", "On the night of 25 September 2026 they will meet."),
    ("Talks will go on until Sunday evening.", "Talks will go on until the evening of 27 September 2026."),
    ("Rain will come after Tuesday afternoon.", "Rain will come after the afternoon of 29 September 2026."),
]


@pytest.mark.parametrize(("text", "expected"), NIGHTS, ids=[row[0] for row in NIGHTS])
def test_a_part_of_a_day_is_told_with_its_day(text, expected):
    assert absolute(text, published=FRIDAY) == expected


@pytest.mark.parametrize("event", ["debate", "election", "final", "vote"])
def test_an_event_that_dates_a_claim_is_not_written_as_a_date(event):
    text = f"Most insiders expect Berg to win the {event}.\n\nThe {event} is on Monday night."
    (claim,) = [
        each for each in extraction.propose(text, published=FRIDAY, title=f"The {event}") if "Berg" in each.text
    ]
    assert claim.restatement == f"Berg will win the {event}."


def test_a_year_read_within_a_season_is_told_by_the_seasons_end():
    text = "Rovers look strong. Tarn will win the sixth man award this year."
    claims = extraction.propose(text, published=date(2031, 11, 19), title="League preview 2031-32")
    (claim,) = [each for each in claims if "Tarn" in each.text]
    years = {str(claim.deadline.year), *(word.strip(".") for word in claim.restatement.split() if "203" in word)}
    assert len(years) == 1
