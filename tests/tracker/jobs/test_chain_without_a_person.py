"""A story moves a number without a person, by its classifier's record: entry, match, revise, review, letter."""

from datetime import timedelta

import pytest

from forecasts.models import Proposition
from tests.makers import NOW, make_entry, make_evidence, make_position, make_proposition, make_user
from tracker.curation import subscriptions
from tracker.jobs.estimates.review import review
from tracker.jobs.estimates.revise import revise
from tracker.jobs.letters.digest import digest
from tracker.jobs.matching.classifiers import BUILT_IN
from tracker.jobs.matching.match import match
from tracker.models import Letter

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
HEADLINE = "Gazprom and CNPC sign gas contract for Power of Siberia 2 pipeline"


@pytest.fixture
def question():
    """Its classifier has been right on two hundred stories about another question."""
    other = make_proposition(state="draft")
    for number in range(200):
        stance = ("supports", "contradicts")[number % 2]
        make_evidence(other, stance=stance, strength="moderate", suggested_stance=stance, classifier=BUILT_IN)
    proposition = make_proposition(
        "Will Gazprom and CNPC sign a gas contract for Power of Siberia 2?",
        statement="Gazprom and CNPC sign a gas contract for Power of Siberia 2.",
        keywords=["Gazprom", "CNPC", "Power of Siberia", "gas"],
        actors=["Russia", "China"],
        prior=0.3,
        unsettled_at=NOW,
    )
    make_position(proposition=proposition, title="A gas contract will be signed")
    revise(NOW)
    review(NOW)
    return proposition


def test_a_suggestion_that_counts_moves_the_number_at_the_next_revision_and_a_letter_says_so(question):
    subscriptions.follow(make_user(), subject=question, at=NOW)
    make_entry(HEADLINE, at=NOW, body="The Russian and the Chinese firm agreed on the gas price on Monday.")
    assert match(NOW + MINUTE).suggested == 1
    assert question in Proposition.objects.unsettled()
    assert revise(NOW + 2 * MINUTE).made == 1
    assert question.estimates.last().probability != pytest.approx(0.3, abs=0.05)
    review(NOW + 3 * MINUTE)
    assert {position.status for position in question.positions.all()} == {"watching"}  # nothing is confirmed
    assert digest(NOW + 4 * MINUTE).made == 1
    assert f"“{HEADLINE}”, which nobody has confirmed yet" in " ".join(Letter.objects.get().text.split())


def test_what_counts_for_nothing_moves_nothing(question):
    question.evidence.model.objects.filter(state="confirmed").update(classifier="another 1")
    make_entry(HEADLINE, at=NOW, body="The Russian and the Chinese firm agreed on the gas price on Monday.")
    match(NOW + MINUTE)
    assert revise(NOW + 2 * MINUTE).made == 0
    assert question not in Proposition.objects.unsettled()
