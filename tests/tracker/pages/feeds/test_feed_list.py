from datetime import timedelta

import pytest
from django.utils import timezone

from tests.makers import NOW, make_curator, make_entry, make_evidence, make_feed, make_proposition, make_user
from tracker.models import Attempt, Decision, Feed, Host
from tracker.pages.feeds import totals
from tracker.pages.feeds.health import by_need, feed_rows, health

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def a_try(feed: Feed, *, back: timedelta = HOUR, **facts) -> Attempt:
    return Attempt.objects.create(feed=feed, at=NOW - back, **({"status": 200} | facts))


def as_curator(client):
    curator = make_curator("carla")
    client.force_login(curator)
    return curator


def test_without_feeds_the_page_says_what_that_means(client):
    page = client.get("/feeds/").content.decode()
    assert "No feed is polled" in page
    assert "A curator can add one." in page
    assert "Decide" not in page


def test_a_curator_without_feeds_is_led_to_add_one(client):
    as_curator(client)
    assert 'href="/feeds/add/"' in client.get("/feeds/").content.decode()


def test_those_that_need_someone_come_first():
    make_feed("Well", last_success_at=NOW)
    make_feed("Paused", state="paused")
    make_feed("Late", failures=2)
    make_feed("Archive", state="archive")
    make_feed("Stopped", state="stopped")
    make_feed("Forgotten", next_poll_at=NOW - timedelta(hours=2), last_success_at=NOW)
    in_order = [feed.title for feed in by_need(NOW)]
    assert in_order == ["Stopped", "Forgotten", "Late", "Well", "Archive", "Paused"]


def test_the_headline_counts_feeds_that_were_asked():
    make_feed(), make_feed(failures=1)
    make_feed(last_success_at=NOW), make_feed(last_success_at=NOW)
    assert totals.headline().title == "Two of three feeds answered when last asked"


@pytest.mark.parametrize(
    ("facts", "word", "note"),
    [
        ({"state": "archive"}, "Archive", "never polled"),
        ({"state": "paused"}, "Paused", ""),
        ({"state": "stopped", "last_error": "Gone (410)."}, "Stopped", "Gone (410). It is not polled any more."),
        ({"failures": 2, "last_error": "Timed out."}, "Late", "Timed out. Failed two times in a row"),
        ({"next_poll_at": NOW - 3 * HOUR}, "Waiting", "Its time came 3 h ago"),
        ({}, "New", ""),
        ({"last_success_at": NOW}, "Well", ""),
        ({"last_success_at": NOW, "warning": "It is damaged."}, "Well", "It could be read, but: It is damaged."),
        ({"last_success_at": NOW, "moved_to": "https://b.example/", "moves_seen": 2}, "Well", "(2 so far)"),
    ],
)
def test_the_state_of_a_feed_in_words(facts, word, note):
    found = health(make_feed(**facts), now=NOW)
    assert found.word == word
    assert found.note.startswith(note) or note in found.note


@pytest.mark.parametrize(("hours", "word"), [(2, "Held off"), (-2, "Well")])
def test_a_feed_of_a_frozen_host_is_held_off_until_it_thaws(hours, word):
    host = Host.objects.create(name="news.example", frozen_until=NOW + hours * HOUR)
    found = health(make_feed(host=host, last_success_at=NOW), now=NOW)
    assert found.word == word
    assert ("news.example asked to be left alone until 6 Feb 2026, 11:00" in found.note) == (hours > 0)


def test_the_list_links_to_the_page_of_each_feed(client):
    feed = make_feed("World", homepage="https://news.example/")
    assert f'<a href="/feeds/{feed.pk}/">World</a>' in client.get("/feeds/").content.decode()


def test_an_unread_feed_is_not_called_forgotten_where_polling_is_off(settings):
    settings.HINDCAST_POLL = False
    assert health(make_feed(next_poll_at=NOW - 3 * HOUR), now=NOW).word == "New"


def test_a_week_shows_entries_a_day_and_days_on_which_every_try_failed():
    feed = make_feed()
    a_try(feed, new_entries=8)
    a_try(feed, back=3 * HOUR, new_entries=2)
    a_try(feed, back=timedelta(days=2), error="Timed out.", status=0)
    a_try(feed, back=timedelta(days=20), new_entries=99)
    (line,) = feed_rows([feed], now=NOW)
    assert line.week.words == "Entries a day, last 7 days: 0, 0, 0, 0, 0, 0, 10; every try failed on one day"
    assert [bar.name for bar in line.week.bars] == ["fill-mute"] * 4 + ["fill-against", "fill-mute", "fill-bar"]
    assert line.week.bars[-1].height == 22


def test_stories_that_became_evidence_are_counted_once_each():
    feed = make_feed()
    told = make_entry(feed=feed, at=NOW - HOUR)
    make_entry(feed=feed, at=NOW - HOUR, story=told.story)
    make_entry(feed=feed, at=NOW - HOUR)
    make_entry(feed=feed, at=NOW - timedelta(days=100))
    make_evidence(make_proposition(), entry=told)
    make_evidence(make_proposition(), entry=told)
    (line,) = feed_rows([feed], now=NOW)
    assert (line.evidence, line.stories) == (1, 2)


def test_an_archive_tells_how_much_it_holds_of_which_days():
    feed = make_feed(state="archive")
    make_entry(feed=feed, at=NOW - timedelta(days=272))
    make_entry(feed=feed, at=NOW)
    (line,) = feed_rows([feed], now=NOW)
    assert (line.archived, line.next_poll, line.stories) == ("2 entries, 10 May 2025 to 6 Feb 2026", "not planned", 2)


def test_the_headline_counts_those_that_answered():
    for facts in ({"last_success_at": NOW}, {"failures": 1}, {"state": "stopped"}, {"state": "paused"}):
        make_feed(**facts)
    found = totals.headline()
    assert found.title == "One of three feeds answered when last asked"
    assert (
        found.lede
        == "One stopped and needs a person; one is late and will be tried again. Nothing read so far is lost."
    )


@pytest.mark.parametrize(
    ("facts", "title", "lede"),
    [
        ({}, "Two feeds not read yet", "The first poll comes within minutes."),
        ({"last_success_at": NOW}, "Both feeds answered when last asked", "All is well."),
        ({"failures": 1}, "None of two feeds answered when last asked", "is it on the network?"),
        ({"state": "archive"}, "No feed is polled", "What the archive holds stays."),
    ],
)
def test_the_headline_of_feeds_that_all_fare_alike(facts, title, lede):
    make_feed(**facts), make_feed(**facts)
    found = totals.headline()
    assert found.title == title
    assert lede in found.lede


def test_where_polling_is_off_the_headline_says_so(settings):
    settings.HINDCAST_POLL = False
    make_feed()
    assert totals.headline().title == "Polling is switched off"


def test_totals_are_of_the_last_day():
    feed = make_feed()
    for minutes in range(20):
        a_try(feed, back=timedelta(minutes=minutes), new_entries=1, new_revisions=2, seconds=minutes / 10)
    a_try(feed, back=timedelta(days=2), new_entries=50, seconds=30)
    found = totals.totals(NOW)
    assert (found.entries, found.revisions, found.polls, found.slowest_seconds) == (20, 40, 20, 1.8)


def test_as_many_queries_for_thirty_feeds_as_for_one(client, django_assert_max_num_queries):
    for number in range(30):
        a_try(make_feed(last_success_at=NOW), new_entries=number)
    with django_assert_max_num_queries(14):
        assert client.get("/feeds/").status_code == 200


def test_a_page_beyond_the_last_is_the_last(client):
    make_feed("Only")
    assert "Only" in client.get("/feeds/?page=99").content.decode()


def test_a_curator_pauses_resumes_and_polls_a_feed(client):
    as_curator(client)
    feed = make_feed("World", next_poll_at=timezone.now() + HOUR)
    assert "is paused" in client.post(f"/feeds/{feed.pk}/pause/", {"reason": "doubles"}, follow=True).content.decode()
    assert "Paused by carla: doubles" in client.get("/feeds/").content.decode()
    assert "Paused by carla: doubles" in client.get(f"/feeds/{feed.pk}/").content.decode()
    client.post(f"/feeds/{feed.pk}/resume/")
    client.post(f"/feeds/{feed.pk}/poll/")
    assert list(Decision.objects.order_by("pk").values_list("verb", flat=True)) == [
        "pause feed",
        "resume feed",
        "poll now",
    ]


def test_a_refused_decision_is_told_on_the_page(client):
    as_curator(client)
    feed = make_feed(state="paused")
    assert "resume it first" in client.post(f"/feeds/{feed.pk}/poll/", follow=True).content.decode()


@pytest.mark.parametrize("verb", ["pause", "resume", "poll"])
def test_only_curators_decide_and_only_by_post(client, verb):
    feed = make_feed()
    assert "/account/sign-in/" in client.post(f"/feeds/{feed.pk}/{verb}/").url
    client.force_login(make_user())
    assert client.post(f"/feeds/{feed.pk}/{verb}/").status_code == 403
    as_curator(client)
    assert client.get(f"/feeds/{feed.pk}/{verb}/").status_code == 405
    assert not Decision.objects.exists()


@pytest.mark.parametrize("address", ["/", "/articles/", "/authors/", "/feeds/"])
def test_lists_answer_a_head_request(client, address):
    assert client.head(address).status_code == 200
