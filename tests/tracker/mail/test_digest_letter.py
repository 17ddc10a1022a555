from datetime import date, timedelta

import pytest

from tests.makers import NOW, make_claim, make_curator, make_position, make_proposition, make_user
from tracker.mail import News, digest_letter
from tracker.mail.sending import message
from tracker.models import Position, Status

pytestmark = pytest.mark.django_db
SINCE = NOW.date() - timedelta(days=7)


def news(*, status: str, was: str | None = Status.WATCHING, chance: float = 0.5, chance_was: float = 0.5, **fields):
    position = make_position(status=status, **fields)
    return News(position=position, was=was and Status(was), chance=chance, chance_was=chance_was, why="Because.")


def written(*pieces: News, reader=None, followed: int = 9) -> str:
    reader = reader or make_user()
    return digest_letter(reader, news=pieces, followed=followed, since=SINCE, at=NOW).text


def test_the_title_counts_settled_before_moved():
    moved = news(status=Status.HOLDING_UP, chance=0.7)
    settled = [news(status=Status.CAME_TRUE), news(status=Status.DID_NOT)]
    letter = digest_letter(make_user(), news=[moved, *settled], followed=8, since=SINCE, at=NOW)
    assert letter.subject == "Hindcast: two settled, one moved"
    assert "Two of your questions were settled and one moved" in letter.text
    assert "You follow eight questions; five did not move." in letter.text
    assert letter.text.index("SETTLED") < letter.text.index("MOVED")


def test_who_follows_one_question_reads_of_that_question():
    assert written(news(status=Status.DUE), followed=1).startswith("Your question waits for a ruling\n")


def test_a_claim_that_says_no_is_seen_from_its_side():
    text = written(news(status=Status.HOLDING_UP, chance=0.1, chance_was=0.3, side=Position.Side.NO))
    assert "Holding up, 20 points higher" in text
    assert "90%, was 70%" in text


def test_points_are_the_difference_of_the_shown_chances():
    text = written(news(status=Status.IN_DOUBT, was=Status.IN_DOUBT, chance=0.454, chance_was=0.505))
    assert "In doubt, six points lower" in text
    assert "45%, was 51%" in text


def test_a_question_without_a_side_is_settled_as_yes_or_no():
    assert "Settled as No, the article took no side" in written(news(status=Status.DID_NOT, side=Position.Side.NONE))


def test_a_void_question_scores_nobody():
    assert "Void: nobody is scored" in written(news(status=Status.VOID))


@pytest.mark.parametrize("side", Position.Side.values)
def test_what_is_partly_true_scores_nobody(side):
    assert "Partly true: nobody is scored" in written(news(status=Status.PARTLY, side=side))


def test_a_curator_is_asked_to_rule_and_a_member_is_not():
    due = news(status=Status.DUE, proposition=make_proposition(deadline=date(2025, 12, 31)))
    assert "See the evidence and rule" in written(due, reader=make_curator())
    text = written(due, reader=make_user())
    assert "rule:" not in text
    assert "Due for 37 days" in text


def test_a_new_question_has_no_earlier_chance():
    assert "was" not in written(news(status=Status.WATCHING, was=None)).split("NEW")[1].split("--")[0]


def test_a_letter_about_very_much_stays_short_enough_to_arrive_whole():
    pieces = [news(status=Status.IN_DOUBT, chance=0.3, title=f"Matter {n} {'x' * 60}") for n in range(80)]
    letter = digest_letter(make_user(), news=pieces, followed=80, since=SINCE, at=NOW)
    assert all(f"Matter {n} " in letter.html and f"Matter {n} " in letter.text for n in range(80))
    assert len(letter.html) < 102_000


def test_one_click_stops_the_letters():
    letter = digest_letter(make_user(), news=[news(status=Status.DUE)], followed=1, since=SINCE, at=NOW)
    sent = message(letter).message()
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = sent["List-Unsubscribe"].strip("<>")
    assert "/unsubscribe/" in address
    assert address in letter.text
    assert address in letter.html


def test_titles_that_are_markup_stay_words():
    piece = news(status=Status.DUE, title="<img src=x onerror=alert(1)>", claim=make_claim())
    letter = digest_letter(make_user(), news=[piece], followed=1, since=SINCE, at=NOW)
    assert "<img" not in letter.html
