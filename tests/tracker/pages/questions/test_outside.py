"""What other sites say of a question, on the page of its test."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forecasts.estimates import record
from tests.makers import NOW, make_position
from tracker.curation import outside
from tracker.models import OutsideLink

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_day_later():
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


def linked(proposition, probability=0.63, *, address="https://manifold.markets/Ann/rain"):
    row = outside.link(proposition, address=address, by="Ada", at=NOW)
    record(proposition, forecaster=row.forecaster, probability=probability, at=NOW)
    return row


def page(client, position):
    return " ".join(client.get(f"/claims/{position.claim.slug}/").content.decode().split())


def test_a_site_s_word_stands_beside_ours_with_its_link_and_time(client):
    position = make_position()
    linked(position.proposition)
    text = page(client, position)
    assert "<dt>Manifold</dt>" in text
    assert 'href="https://manifold.markets/Ann/rain" rel="noopener noreferrer external">63%</a> for the claim' in text
    assert "6 Feb 2026, 09:00</time>" in text


@pytest.mark.parametrize(("side", "words"), [("no", "37%</a> for the claim"), ("none", "63%</a> for <strong>Yes")])
def test_it_is_seen_from_the_claim_as_everything_is(client, side, words):
    position = make_position(side=side)
    linked(position.proposition)
    assert words in page(client, position)


def test_a_site_that_has_ruled_says_so(client):
    position = make_position()
    linked(position.proposition)
    OutsideLink.objects.update(state="ruled", outcome="yes")
    assert "; ruled yes there" in page(client, position)


def test_nothing_is_shown_of_a_site_that_is_unlinked_or_has_not_spoken(client):
    position = make_position()
    outside.unlink(linked(position.proposition), by="Ada", at=NOW, reason="Another question.")
    outside.link(position.proposition, address="https://www.metaculus.com/questions/7/", by="Ada", at=NOW)
    text = page(client, position)
    assert "Manifold" not in text
    assert "Metaculus" not in text


def test_as_many_queries_for_three_sites_as_for_one(client, django_assert_num_queries):
    position = make_position()
    linked(position.proposition)
    with CaptureQueriesContext(connection) as one:
        page(client, position)
    for host in ("class.example", "school.example"):
        linked(position.proposition, address=f"https://{host}/chances.csv")
    with django_assert_num_queries(len(one)):
        assert page(client, position).count("chances.csv") == 2
