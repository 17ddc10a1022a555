from datetime import timedelta

import pytest

from forecasts.refused import Refused
from tests.makers import (
    NOW,
    bare,
    make_article,
    make_change,
    make_claim,
    make_estimate,
    make_position,
    make_proposition,
    make_user,
)
from tracker.curation import subscriptions
from tracker.models import Decision, Notice, Status

pytestmark = pytest.mark.django_db


def test_following_counts_what_stands_as_known():
    position = make_position(status=Status.IN_DOUBT)
    make_estimate(position.proposition, probability=0.3)
    subscriptions.follow(make_user(), subject=position.claim, at=NOW)
    told = Notice.objects.get()
    assert (told.position, told.status, told.at) == (position, Status.IN_DOUBT, NOW)
    assert told.probability == pytest.approx(0.3)


def test_a_question_without_an_estimate_is_known_by_its_prior():
    position = make_position(proposition=make_proposition(prior=0.2))
    subscriptions.follow(make_user(), subject=position.claim, at=NOW)
    assert Notice.objects.get().probability == 0.2


def test_following_an_article_follows_all_its_shown_claims():
    article = make_article()
    shown = make_position(make_claim(article))
    make_position(make_claim(article, quote="Xi came to Moscow", state="rejected"))
    subscriptions.follow(make_user(), subject=article, at=NOW)
    assert [told.position for told in Notice.objects.all()] == [shown]


def test_following_twice_changes_nothing():
    reader, claim = make_user(), make_claim()
    first = subscriptions.follow(reader, subject=claim, at=NOW)
    assert subscriptions.follow(reader, subject=claim, at=NOW + timedelta(days=1)) == first
    assert Decision.objects.count() == 1


def test_a_proposed_claim_cannot_be_followed():
    with pytest.raises(Refused, match="not shown"):
        subscriptions.follow(make_user(), subject=make_claim(state="proposed"), at=NOW)


def test_without_an_address_nobody_follows():
    with pytest.raises(Refused, match="no address"):
        subscriptions.follow(make_user(email=""), subject=make_claim(), at=NOW)


def test_unfollowing_says_whether_there_was_anything_to_stop():
    reader, claim = make_user(), make_claim()
    subscriptions.follow(reader, subject=claim, at=NOW)
    assert subscriptions.unfollow(reader, subject=claim, at=NOW)
    assert not subscriptions.unfollow(reader, subject=claim, at=NOW)


def test_unfollowing_one_keeps_the_others():
    reader, claim, article = make_user(), make_claim(), make_article()
    for subject in (claim, article):
        subscriptions.follow(reader, subject=subject, at=NOW)
    subscriptions.unfollow(reader, subject=claim, at=NOW)
    assert [row.article for row in reader.subscriptions.active()] == [article]


def test_stopping_everything_says_how_much_was_followed():
    reader = make_user()
    for subject in (make_claim(), make_article()):
        subscriptions.follow(reader, subject=subject, at=NOW)
    assert subscriptions.unfollow_all(reader, at=NOW, reason="asked") == 2
    assert subscriptions.unfollow_all(reader, at=NOW, reason="asked") == 0


def test_following_a_question_counts_how_it_stands_as_known():
    question = make_proposition()
    make_estimate(question, probability=0.3)
    make_change(make_position(proposition=question), Status.DUE)
    subscriptions.follow(make_user(), subject=question, at=NOW)
    told = Notice.objects.get()
    assert (told.position, told.status) == (bare(question), Status.DUE)
    assert told.probability == pytest.approx(0.3)


def test_a_draft_of_a_question_cannot_be_followed():
    with pytest.raises(Refused, match="draft"):
        subscriptions.follow(make_user(), subject=make_proposition(state="draft"), at=NOW)


def test_a_question_and_a_claim_put_to_it_are_followed_apart():
    reader, position = make_user(), make_position()
    subscriptions.follow(reader, subject=position.claim, at=NOW)
    subscriptions.follow(reader, subject=position.proposition, at=NOW)
    subscriptions.follow(reader, subject=position.proposition, at=NOW)
    assert subscriptions.unfollow(reader, subject=position.claim, at=NOW)
    assert [row.proposition for row in reader.subscriptions.active()] == [position.proposition]
