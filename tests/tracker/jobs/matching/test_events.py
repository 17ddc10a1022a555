"""One event told in other words: noted once, when the question's suggestions are looked at anew."""

from datetime import timedelta

import pytest

from tests.makers import NOW, make_entry, make_proposition
from tracker.jobs.matching.learn import learn
from tracker.jobs.matching.match import match
from tracker.models import Evidence, LikeStory

pytestmark = pytest.mark.django_db

HEADLINE = "Gazprom and CNPC sign gas contract for Power of Siberia 2 pipeline"
IN_OTHER_WORDS = "Gas contract for Power of Siberia 2 pipeline signed by Gazprom and CNPC"


@pytest.fixture
def question():
    return make_proposition(
        "Will Gazprom and CNPC sign a gas contract for Power of Siberia 2?",
        statement="Gazprom and CNPC sign a gas contract for Power of Siberia 2.",
        keywords=["Gazprom", "CNPC", "Power of Siberia", "gas"],
        actors=["Russia", "China"],
    )


def test_a_report_of_the_same_event_is_noted_once_in_the_order_of_time(question):
    later = make_entry(IN_OTHER_WORDS)
    earlier = make_entry(HEADLINE, at=NOW - timedelta(hours=2))
    assert match(NOW).suggested == 2
    learn(NOW)
    (pair,) = LikeStory.objects.all()
    assert (pair.earlier, pair.later) == (earlier.story, later.story)
    Evidence.objects.filter(story=later.story).delete()
    later.matched_at = None
    later.save()
    match(NOW)
    learn(NOW)
    assert LikeStory.objects.count() == 1


def test_a_report_that_comes_with_a_later_run_meets_what_was_suggested_before(question):
    make_entry(HEADLINE, at=NOW - timedelta(hours=2))
    match(NOW)
    learn(NOW)
    make_entry(IN_OTHER_WORDS)
    match(NOW)
    learn(NOW)
    assert LikeStory.objects.count() == 1


@pytest.mark.parametrize(
    ("other", "hours"),
    [
        (IN_OTHER_WORDS, 60),
        ("Gazprom and CNPC put off talks on the gas price for Power of Siberia 2", 2),
        ("Will Gazprom and CNPC sign the gas contract for Power of Siberia 2 pipeline?", 2),
    ],
)
def test_another_time_another_event_and_a_question_are_not_noted(question, other, hours):
    make_entry(HEADLINE, body="", at=NOW - timedelta(hours=hours))
    make_entry(other, body="")
    assert match(NOW).suggested == 2
    learn(NOW)
    assert not LikeStory.objects.exists()
