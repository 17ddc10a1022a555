"""What the database itself refuses, whichever door a row comes through."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from forecasts.models import Estimate, Forecast
from tests.makers import (
    NOW,
    make_article,
    make_claim,
    make_entry,
    make_evidence,
    make_forecaster,
    make_position,
    make_proposition,
    make_ruling,
    make_user,
)
from tracker.models import Article, Claim, Entry, Evidence, StatusChange, Subscription

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article(text="Größe 🌊 matters. He won’t yield.\nThe end.")


def refused(act, match=None):
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        act()


def test_a_span_quotes_the_text_by_code_points(article):
    claim = make_claim(article, quote="He won’t yield")
    assert article.text[claim.start : claim.end] == claim.quote


@pytest.mark.parametrize(("start", "end"), [(0, 5), (17, 30), (18, 33), (400, 414)])
def test_a_span_that_does_not_quote_the_text_is_refused(article, start, end):
    refused(lambda: make_claim(article, quote="He won’t yield", start=start, end=end), "does not quote")


def test_an_empty_span_is_refused(article):
    refused(lambda: make_claim(article, quote="", start=3, end=3))


def test_moving_a_span_away_from_its_words_is_refused(article):
    claim = make_claim(article, quote="He won’t yield")
    refused(lambda: Claim.objects.filter(pk=claim.pk).update(start=0), "does not quote")


def test_moving_a_span_with_its_words_is_allowed(article):
    claim = make_claim(article, quote="He won’t yield")
    assert Claim.objects.filter(pk=claim.pk).update(end=claim.end - 6, quote="He won’t") == 1


def test_a_quoted_text_does_not_change(article):
    make_claim(article, quote="He won’t yield")
    refused(lambda: Article.objects.filter(pk=article.pk).update(text="Something else."), "cannot change")


def test_a_text_that_nobody_quotes_may_be_mended(article):
    assert Article.objects.filter(pk=article.pk).update(text="Something else.") == 1


def test_one_text_makes_one_article(article):
    refused(lambda: make_article(text=article.text))


@pytest.mark.parametrize("chance", [0.0, 1.0, -0.1, 1.1])
def test_a_chance_lies_strictly_between_0_and_1(chance):
    proposition, forecaster = make_proposition(), make_forecaster()
    refused(
        lambda: Forecast.objects.create(proposition=proposition, forecaster=forecaster, probability=chance, made_at=NOW)
    )
    refused(lambda: Estimate.objects.create(proposition=proposition, at=NOW, probability=chance, parts=[]))
    refused(lambda: make_proposition(prior=chance))
    refused(lambda: make_claim(implied_probability=chance))


def test_a_chance_that_is_no_number_is_refused():
    proposition = make_proposition()
    refused(lambda: Estimate.objects.create(proposition=proposition, at=NOW, probability=float("nan"), parts=[]))


def test_a_deadline_before_the_opening_is_refused():
    refused(lambda: make_proposition(opens_on=date(2025, 5, 9), deadline=date(2025, 5, 8)))


def test_a_proposition_has_one_standing_ruling():
    proposition = make_proposition()
    make_ruling(proposition)
    refused(lambda: make_ruling(proposition, outcome="yes"))


def test_an_entry_comes_once_a_feed():
    entry = make_entry()
    refused(
        lambda: Entry.objects.create(
            feed=entry.feed, identity=entry.identity, story=entry.story, published_at=NOW, first_seen_at=NOW
        )
    )


def test_an_entry_has_one_current_revision():
    revision = make_entry().revisions.get()
    revision.pk, revision.number = None, 2
    refused(revision.save)


def test_a_story_is_one_piece_of_evidence_however_often_it_is_told():
    proposition, first = make_proposition(), make_entry()
    make_evidence(proposition, entry=first)
    reprint = make_entry(story=first.story)
    refused(lambda: make_evidence(proposition, entry=reprint))


def test_confirmed_evidence_has_a_stance_and_what_moves_has_a_strength():
    evidence = make_evidence(make_proposition())
    row = Evidence.objects.filter(pk=evidence.pk)
    refused(lambda: row.update(state="confirmed", decided_at=NOW))
    refused(lambda: row.update(state="confirmed", decided_at=NOW, stance="supports"))
    assert row.update(state="confirmed", decided_at=NOW, stance="mentions") == 1


def test_a_test_without_a_side_implies_no_chance():
    refused(lambda: make_position(side="none", implied_probability=0.7))


def test_a_claim_is_put_to_a_question_once():
    position = make_position()
    refused(lambda: make_position(position.claim, proposition=position.proposition))


def test_a_status_change_changes_something():
    position = make_position()
    refused(lambda: StatusChange.objects.create(position=position, old="due", new="due", reason="-", by="-", at=NOW))


def test_a_subscription_is_to_a_claim_or_an_article_and_not_twice():
    user, claim = make_user(), make_claim()
    refused(lambda: Subscription.objects.create(user=user, created_at=NOW))
    refused(lambda: Subscription.objects.create(user=user, claim=claim, article=claim.article, created_at=NOW))
    first = Subscription.objects.create(user=user, claim=claim, created_at=NOW)
    refused(lambda: Subscription.objects.create(user=user, claim=claim, created_at=NOW))
    first.ended_at = NOW + timedelta(hours=1)
    first.save()
    assert Subscription.objects.create(user=user, claim=claim, created_at=NOW).pk
