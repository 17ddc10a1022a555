from datetime import timedelta

import pytest
from django.utils import timezone

from tests.makers import (
    NOW,
    make_claim,
    make_curator,
    make_entry,
    make_evidence,
    make_feed,
    make_position,
    make_proposition,
)
from tracker.models import Attempt, Decision, Host, Push, Revision
from tracker.pages.feeds import attempts
from tracker.pages.feeds.plan import plan, push_in_words

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def now():
    return timezone.now()


def text_of(client, feed) -> str:
    return client.get(f"/feeds/{feed.pk}/").content.decode()


def test_the_page_tells_what_the_feed_is(client, now):
    feed = make_feed("World", homepage="https://news.example/", language="en-gb", hub="https://hub.example/")
    text = text_of(client, feed)
    for words in (feed.address, "https://news.example/", "en-gb", "hub.example", "not named", "No attempt yet."):
        assert words in text
    assert "Decide" not in text


def test_errors_move_and_warning_are_told_in_words(client, now):
    feed = make_feed(
        failures=3,
        last_error="The server answered 404 Not Found.",
        warning="The feed is not well-formed XML.",
        moved_to="https://new.example/feed",
        moves_seen=2,
    )
    text = text_of(client, feed)
    for words in (feed.last_error, feed.warning, "https://new.example/feed", "2 of 3 answers", "Failed three times"):
        assert words in text


def test_a_frozen_host_is_named_with_its_time(client, now):
    host = Host.objects.create(name="slow.example", frozen_until=now + 3 * HOUR)
    text = text_of(client, make_feed(host=host, last_success_at=now))
    assert "Held off" in text
    assert "slow.example asked to be left alone until" in text
    assert text.count("named this time to come back") == 1


def test_what_went_wrong_is_said_once_and_when_its_site_was_searched(client, now):
    words = "The server answered 404 Not Found."
    text = text_of(client, make_feed(last_error=words, failures=5, sought_at=NOW, last_attempt_at=now))
    assert text.count(words) == 1
    assert text.count("6 Feb 2026") == 1
    assert "so its site was searched on 6 Feb 2026." in text


def test_an_entry_without_a_headline_begins_with_its_text_and_names_its_story(client):
    entry = make_entry("", body="The price was left open by both.")
    make_entry("A reprint", story=entry.story)
    text = text_of(client, entry.feed)
    assert "The price was left open by both.</a>" in text
    assert f">Story {entry.story_id}<" in text
    assert "told 2 times" in text


def test_a_feed_that_was_never_read_has_brought_nothing_to_tell(client):
    text = text_of(client, make_feed())
    assert "What it brings shows once it has been read." in text
    assert "Oldest to newest" not in text


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"state": "paused"}, "until somebody resumes it"),
        ({"state": "stopped"}, "gives it a new address"),
        ({"since": HOUR / 2, "failures": 2}, "longer after each failure"),
        ({"since": HOUR / 2, "wait": HOUR}, "own rhythm"),
        (
            {"since": HOUR / 2, "wait": 4 * HOUR, "asked_minutes": 240},
            "asks to be read no more than every 4 hours",
        ),
        ({"since": HOUR / 2, "wait": 8 * HOUR}, "Its server asked"),
        ({"since": HOUR / 2, "wait": 8 * HOUR, "skip_hours": 255}, "names hours or days"),
    ],
)
def test_why_the_next_poll_is_then(facts, why, now):
    since, wait = facts.pop("since", None), facts.pop("wait", HOUR)
    last = now - since if since else None
    feed = make_feed(last_attempt_at=last, next_poll_at=(last or now) + wait, **facts)
    assert why in plan(feed, now=now).why


def test_a_feed_whose_news_is_pushed_says_why_it_is_asked_less_often(now):
    feed = make_feed(last_attempt_at=now, next_poll_at=now + 4 * HOUR)
    assert plan(feed, now=now, is_pushed=True).why.startswith("Its hub sends what is new")


@pytest.mark.parametrize(("late", "words"), [(0, "within the next minutes"), (3, "as soon as a worker runs")])
def test_a_feed_that_is_due_has_no_time_but_soon(now, late, words):
    found = plan(make_feed(next_poll_at=now - late * HOUR), now=now)
    assert (found.at, found.words) == (None, words)


def test_where_polling_is_off_no_poll_is_promised(settings, now):
    settings.HINDCAST_POLL = False
    assert plan(make_feed(), now=now).words == "not planned"


def test_the_page_tells_the_rhythm(client, now):
    feed = make_feed(interval_minutes=40)
    for hour in range(24):
        make_entry(feed=feed, at=now - hour * HOUR)
    assert "Brings about 24 entries a day; read every 40 minutes." in text_of(client, feed)


def test_attempts_are_drawn_by_outcome_and_told_in_a_table(client, now):
    feed = make_feed()
    facts = [{"status": 200, "new_entries": 8}, {"status": 304}, {"error": "The server went silent for 20 s."}]
    for number, fact in enumerate(facts):
        Attempt.objects.create(feed=feed, at=now - number * MINUTE, **fact)
    drawn = attempts.draw(list(feed.attempts.all()))
    assert [mark.outcome for mark in drawn.marks] == ["failed", "unchanged", "new"]
    assert drawn.marks[-1].x == 29 * attempts.STEP
    said = "1 brought something (8 new in all), 1 brought nothing new and 1 failed"
    text = text_of(client, feed)
    assert f'aria-label="The last three attempts, oldest first: {said}."' in text
    assert "Failed: The server went silent for 20 s." in text


def test_no_more_than_thirty_attempts_are_drawn(now):
    feed = make_feed()
    Attempt.objects.bulk_create(Attempt(feed=feed, at=now - number * MINUTE) for number in range(40))
    drawn = attempts.draw(list(feed.attempts.all()))
    assert (len(drawn.marks), drawn.marks[0].x) == (30, 0)


def test_the_newest_entries_say_what_became_of_them(client, now):
    feed, proposition = make_feed(), make_proposition()
    position = make_position(make_claim(), proposition=proposition)
    entry = make_entry("Price agreed", feed=feed, at=now - HOUR, withdrawn_at=now)
    entry.revisions.update(is_current=False)
    Revision.objects.create(entry=entry, number=2, title="Price not agreed", content_sha256="b", seen_at=now)
    make_evidence(proposition, entry=entry)
    text = text_of(client, feed)
    for words in ("Price not agreed", "2 revisions", "withdrawn", f"/claims/{position.claim.slug}/{proposition.key}/"):
        assert words in text


def test_as_many_queries_for_twenty_entries_as_for_one(client, now, django_assert_max_num_queries):
    feed, proposition = make_feed(), make_proposition()
    make_position(make_claim(), proposition=proposition)
    for number in range(25):
        make_evidence(proposition, entry=make_entry(feed=feed, at=now - number * HOUR))
    with django_assert_max_num_queries(14):
        assert "20 of 25 kept" in text_of(client, feed)


def test_a_curator_mends_a_feed_on_its_page(client, now):
    client.force_login(make_curator("carla"))
    feed = make_feed("Wrld")
    said = {"address": feed.address, "title": "World", "outlet": "Globe", "reason": "misspelt"}
    assert (
        "The changes to the feed are saved."
        in client.post(f"/feeds/{feed.pk}/edit/", said, follow=True).content.decode()
    )
    assert Decision.objects.get().after == {"title": "World", "outlet": "Globe"}


def test_what_cannot_be_mended_is_told_on_the_page(client, now):
    client.force_login(make_curator())
    feed = make_feed("World")
    answer = client.post(f"/feeds/{feed.pk}/edit/", {"address": "nonsense", "title": "World"})
    assert (answer.status_code, "id_address_error" in answer.content.decode()) == (422, True)
    same = client.post(f"/feeds/{feed.pk}/edit/", {"address": feed.address, "title": "World"}, follow=True)
    assert "Nothing is different" in same.content.decode()


def test_only_curators_mend(client, now):
    feed = make_feed()
    assert "/account/sign-in/" in client.post(f"/feeds/{feed.pk}/edit/").url


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("active", "sends news at once until"),
        ("denied", "turned us down"),
        ("asked", "has not confirmed"),
        ("wanted", "about to"),
    ],
)
def test_push_in_words(state, words, now):
    push = Push(feed=make_feed(), hub="https://hub.example/", state=state, lapses_at=now + HOUR)
    assert words in push_in_words(push, hub=push.hub)


def test_an_archive_has_a_page_without_decisions(client, now):
    client.force_login(make_curator())
    text = text_of(client, make_feed(state="archive"))
    assert "An archive is played back from a file." in text
    assert 'id="h-decide"' not in text
