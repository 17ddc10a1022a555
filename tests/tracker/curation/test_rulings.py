import pytest

from forecasts.models import Score
from forecasts.refused import Refused
from tests.makers import NOW, OPENED, make_curator, make_entry, make_forecast, make_proposition
from tracker.curation.rulings import reverse, rule
from tracker.models import Decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruled():
    proposition = make_proposition()
    make_forecast(proposition, probability=0.2, at=OPENED)
    return rule(
        proposition,
        outcome="no",
        effective_on=NOW.date(),
        source="https://news.example/ruling",
        reason="No contract.",
        by=make_curator("ann"),
        at=NOW,
    )


def test_a_ruling_scores_everyone_and_is_written_down(ruled):
    assert Score.objects.filter(resolution=ruled).count() == 3
    assert (ruled.proposition.outcome, ruled.ruled_by) == ("no", "ann")
    assert Decision.objects.get().verb == "rule"


def test_a_second_ruling_is_refused_and_leaves_no_decision(ruled):
    with pytest.raises(Refused, match="ruled on already"):
        rule(ruled.proposition, outcome="yes", effective_on=NOW.date(), source="A note.", reason="-", by="Bob", at=NOW)
    assert Decision.objects.count() == 1


def test_a_reversal_takes_the_scores_back_and_keeps_both_on_record(ruled):
    reverse(ruled, reason="The source was withdrawn.", by="Bob", at=NOW)
    ruled.refresh_from_db()
    assert not Score.objects.exists()
    assert (ruled.reversed_by, ruled.proposition.outcome) == ("Bob", "")
    assert [decision.verb for decision in Decision.objects.order_by("pk")] == ["rule", "reverse"]


def test_news_that_came_while_a_ruling_stood_is_held_against_the_question_that_opens_again(ruled):
    entry = make_entry(at=NOW, matched_at=NOW)
    reverse(ruled, reason="The source was withdrawn.", by="Bob", at=NOW)
    entry.refresh_from_db()
    assert entry.matched_at is None


def test_a_reversal_needs_a_reason(ruled):
    with pytest.raises(Refused, match="Say why"):
        reverse(ruled, reason=" ", by="Bob", at=NOW)
