"""The page that says how well the estimate did beside evidence, crowd and prior alone."""

import re
from datetime import timedelta
from itertools import count

import pytest

from forecasts.models import AggregateForecast
from tests.makers import (
    OPENED,
    make_claim,
    make_evidence,
    make_history,
    make_position,
    make_proposition,
    make_ruling,
)
from tracker.curation import rulings

pytestmark = pytest.mark.django_db
RULED = OPENED + timedelta(days=100)
numbers = count(1)


def ruled(number, *, outcome="yes", stance="supports", **fields):
    """Questions on which one moderate story came in ten days after the opening, ruled on after a hundred."""
    found = []
    for _ in range(number):
        proposition = make_proposition(f"Will it happen, {next(numbers)}?", prior=0.5, **fields)
        make_evidence(proposition, stance=stance, at=OPENED + timedelta(days=10))
        make_history(proposition, until=RULED)
        make_ruling(proposition, outcome=outcome, at=RULED)
        found.append(proposition)
    return found


def text_of(client, query=""):
    return " ".join(client.get(f"/backtest/{query}").content.decode().split())


def test_without_rulings_it_says_so(client):
    text = text_of(client)
    assert "No question has been ruled Yes or No yet" in text
    assert "No ruling yet" in text


def test_nine_questions_are_too_few_for_a_picture(client):
    ruled(9)
    text = text_of(client)
    assert "Too few to tell: nine questions ruled on" in text
    assert "Too few rulings for a picture" in text
    assert "On nine questions ruled Yes or No, evidence alone had a Brier score of" in text


def test_evidence_that_points_the_right_way_beats_the_prior(client):
    ruled(6)
    ruled(6, outcome="no", stance="contradicts")
    text = text_of(client)
    assert '<h2 id="h-ways">Evidence did better than the prior</h2>' in text
    assert text.count("Evidence alone</text>") == 2, "the picture names each way, wide and narrow"
    assert "the prior alone 0.250" in text
    assert 'aria-label="Mean Brier scores: Estimate 0.081; Evidence alone 0.081; Prior alone 0.250."' in text
    assert "of 6 questions given 75% for Yes, 6 came out Yes" in text
    assert "hindsight</strong>" not in text


def test_evidence_that_points_the_wrong_way_is_said_as_plainly(client):
    ruled(12, outcome="no")
    assert "Evidence did worse than the prior" in text_of(client)


def test_evidence_that_is_right_half_the_time_tells_nothing(client):
    ruled(6)
    ruled(6, stance="contradicts")
    assert "no further apart than luck explains" in text_of(client)


def test_what_was_written_with_hindsight_is_named_and_left_out_of_the_second_table(client):
    ruled(11, written_with_hindsight=True)
    text = text_of(client)
    assert "All 11 questions were written <strong>with hindsight</strong>" in text
    assert "Without hindsight: nothing to score yet" in text
    ruled(2)
    text = text_of(client)
    assert "11 of the 13 questions were written" in text
    assert "Without hindsight: Too few to tell: two questions ruled on" in text
    assert text.count("<small>with hindsight</small>") == 11


def test_the_crowd_has_a_column_once_somebody_forecast(client):
    one, _ = ruled(2)
    assert "Crowd alone" not in text_of(client)
    AggregateForecast.objects.create(proposition=one, at=OPENED, count=1, probability=0.8)
    rulings.rule(
        make_proposition(), outcome="yes", effective_on=RULED.date(), source="Seen.", reason="Seen.", by="A", at=RULED
    )
    text = text_of(client)
    assert 'data-heading="Crowd alone">0.040</td>' in text
    assert 'data-heading="Crowd alone">–</td>' in text


def test_each_question_leads_to_its_claim_where_one_is_put_to_it(client):
    alone, (tested,) = ruled(1)[0], ruled(1)
    position = make_position(make_claim(), proposition=tested)
    text = text_of(client)
    assert f'<a href="/claims/{position.claim.slug}/">{tested.question}</a>' in text
    assert f'<a href="/questions/{alone.key}/">{alone.question}</a>' in text


def test_a_ruling_taken_back_leaves_the_figures(client):
    ruled(1)
    (other,) = ruled(1)
    assert "On two questions" in text_of(client)
    ruling = other.resolutions.get()
    rulings.reverse(ruling, reason="Too early.", by="A", at=RULED + timedelta(days=1))
    assert "On one question" in text_of(client)


def test_many_questions_come_on_pages(client):
    ruled(31)
    assert "Page 1 of 2" in text_of(client)
    assert len(re.findall("<td>.{0,60}Will it happen", text_of(client, "?page=2"))) == 1


def test_as_many_queries_for_twelve_questions_as_for_one_and_fewer_once_known(client, django_assert_num_queries):
    for proposition in ruled(1):
        make_position(proposition=proposition)
    with django_assert_num_queries(6):
        client.get("/backtest/")
    for proposition in ruled(11):
        make_position(proposition=proposition)
    with django_assert_num_queries(6):
        client.get("/backtest/")
    with django_assert_num_queries(3):
        client.get("/backtest/")


def test_the_foot_of_every_page_leads_there(client):
    assert '<a href="/backtest/">How well the estimate did</a>' in client.get("/claims/").content.decode()
