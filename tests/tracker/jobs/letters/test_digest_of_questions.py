"""What the letter tells of a question that is followed as such."""

from datetime import timedelta

import pytest

from tests.makers import NOW, make_estimate, make_evidence, make_position, make_proposition, make_user
from tracker.curation import rulings, subscriptions
from tracker.jobs.estimates.review import review
from tracker.jobs.letters.digest import digest
from tracker.jobs.runs import RowsReport
from tracker.models import Letter, Notice

pytestmark = pytest.mark.django_db
BEFORE = NOW - timedelta(days=3)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def others():
    """Rows before, so that no two numbers are the same by accident."""
    for _ in range(3):
        make_evidence(make_proposition(), stance="supports", strength="decisive")
    make_evidence(make_proposition())


def followed(**fields):
    question = make_proposition("Will the bridge open?", **fields)
    make_estimate(question, at=BEFORE, probability=0.4)
    subscriptions.follow(make_user(), subject=question, at=BEFORE)
    return question


def said():
    return " ".join(Letter.objects.get().text.split())


def test_nobody_is_written_to_while_nothing_changes():
    followed()
    assert digest(NOW) == RowsReport()


def test_a_move_of_five_points_is_told_once_and_one_of_four_is_not():
    small, large = followed(), followed()
    make_estimate(small, probability=0.44)
    make_estimate(large, probability=0.45)
    assert digest(NOW).made == 1
    assert digest(NOW + 2 * DAY).made == 0
    assert "45%, was 40%" in said()
    assert f"/questions/{large.key}/" in said()


def test_what_moved_it_is_named():
    question = followed()
    evidence = make_evidence(question, headline="Half built", stance="supports", strength="strong")
    make_estimate(question, at=evidence.published_at)
    digest(NOW)
    assert "Most of it on “Half built”." in said()


def test_a_deadline_that_passes_is_told_as_due():
    followed(deadline=(NOW - DAY).date())
    review(NOW)
    assert digest(NOW).made == 1
    assert "Due for one day" in said()
    assert "The deadline passed on 5 Feb 2026 without a confirmed story. A person must rule." in said()
    assert digest(NOW + 2 * DAY).made == 0


def test_a_decisive_story_is_told_as_due():
    question = followed()
    make_evidence(question, headline="It is open", stance="supports", strength="decisive")
    review(NOW)
    assert digest(NOW).made == 1
    assert "Settled in fact, it seems: “It is open”." in said()


def test_a_ruling_and_its_reversal_are_told():
    question = followed(deadline=(NOW - DAY).date())
    review(NOW - 12 * timedelta(hours=1))
    digest(NOW - 12 * timedelta(hours=1))
    Letter.objects.all().delete()
    ruling = rulings.rule(
        question,
        outcome="yes",
        effective_on=(NOW - DAY).date(),
        source="The council",
        reason="It is open.",
        by="ada",
        at=NOW,
    )
    assert digest(NOW + DAY).made == 1
    assert "Settled as Yes" in said()
    assert "the article took no side" not in said()
    assert "It is open. The question was ruled Yes by ada on 6 February 2026." in said()
    Letter.objects.all().delete()
    rulings.reverse(ruling, reason="Only for walkers.", by="ada", at=NOW + DAY)
    assert digest(NOW + 2 * DAY).made == 1
    assert "Ruling taken back, now due" in said()


def test_a_claim_and_its_question_are_told_in_one_letter():
    position = make_position(title="No bridge will open")
    reader = make_user()
    for subject in (position.claim, position.proposition):
        subscriptions.follow(reader, subject=subject, at=BEFORE)
    make_estimate(position.proposition, probability=0.9)
    assert digest(NOW).made == 1
    assert "No bridge will open" in said()
    assert position.proposition.question in said()
    assert Notice.objects.filter(probability__gt=0.8).count() == 2


def test_a_question_that_became_a_draft_is_no_news():
    question = followed()
    make_estimate(question, probability=0.9)
    question.state = "draft"
    question.save()
    assert digest(NOW) == RowsReport()


def test_whoever_stopped_following_is_left_alone():
    question = followed()
    reader = Notice.objects.get().subscription.user
    subscriptions.unfollow(reader, subject=question, at=NOW)
    make_estimate(question, probability=0.9)
    assert digest(NOW) == RowsReport()
