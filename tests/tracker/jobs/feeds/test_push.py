"""The real jobs and the real page against a hub on a loopback address, which calls back over real connections."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from news.fetch.addresses import networks
from news.fetch.connections import Limits, fetch_many
from tests.hub_site import HubSite
from tests.makers import make_feed
from tracker.jobs.feeds import entry_rows
from tracker.jobs.feeds.leases import LEASE
from tracker.jobs.feeds.push import GOODBYES, PushReport, push
from tracker.jobs.feeds.receive import ReceiveReport, receive
from tracker.models import Attempt, Entry, Feed, Host, Push, PushedDocument

pytestmark = pytest.mark.django_db(transaction=True)
LOOPBACK = networks(["127.0.0.0/8"])
LIMITS = Limits(total_seconds=5, connect_seconds=2, idle_seconds=2, allowed_networks=LOOPBACK)
FETCH = partial(fetch_many, limits=LIMITS, user_agent="Test/1")
TOPIC = "https://news.example/world.xml"
DAY = timedelta(days=1)
SOON = timedelta(seconds=20)  # when a host may be asked again
NEWS = (
    b"<rss version='2.0'><channel><title>World</title><item><guid>1</guid><title>Xi in Moscow</title>"
    b"<link>https://n.example/1</link></item></channel></rss>"
)


@pytest.fixture(autouse=True)
def public(settings, live_server):
    settings.HINDCAST_BASE_URL = live_server.url.replace("localhost", "127.0.0.1")
    settings.HINDCAST_ALLOWED_NETWORKS = LOOPBACK


@pytest.fixture
def hub():
    with HubSite() as running:
        yield running


@pytest.fixture
def feed(hub):
    return make_feed(hub=hub.address, topic=TOPIC)


@pytest.fixture
def now():
    """The page asks the clock, so the jobs must go by it here."""
    return timezone.now()


def run(now, **options):
    return push(now, **({"fetch": FETCH} | options))


def active(hub, now):
    run(now)
    assert hub.verify() == (200, "let me in")
    return Push.objects.get()


# From the question to the news


def test_a_hub_is_asked_confirms_and_sends_news_that_is_stored(hub, feed, now):
    assert run(now) == PushReport(wanted=1, asked=1)
    row = Push.objects.get()
    assert (row.state, row.asked_at, row.lease_token) == (Push.State.ASKED, now, "")
    assert hub.verify() == (200, "let me in")
    row.refresh_from_db()
    assert (row.state, row.failures) == (Push.State.ACTIVE, 0)
    assert timedelta(days=9) < row.lapses_at - now < timedelta(days=11)
    assert hub.send(NEWS) == 202
    assert receive(now) == ReceiveReport(documents=1, new_entries=1)
    assert (Entry.objects.get().link, Entry.objects.get().feed) == ("https://n.example/1", feed)
    assert (Attempt.objects.get().status, Attempt.objects.get().new_entries) == (200, 1)
    assert not PushedDocument.objects.exists()
    assert feed.pk in Push.objects.delivering(now + DAY).values_list("feed", flat=True)


def test_the_question_names_topic_secret_lease_and_an_address_nobody_can_guess(hub, feed, now, live_server):
    run(now)
    form, row = hub.asked[0], Push.objects.get()
    assert (form["hub.mode"], form["hub.topic"], form["hub.secret"]) == ("subscribe", TOPIC, row.secret)
    assert form["hub.callback"].endswith(f"/hub/{row.path}/")
    assert (len(row.path), len(row.secret)) == (48, 64)


def test_a_second_run_asks_nothing_and_a_third_finds_nothing_to_take(hub, feed, now):
    active(hub, now)
    assert run(now) == run(now + DAY) == PushReport()
    assert receive(now) == ReceiveReport()
    assert len(hub.asked) == 1


def test_a_hub_that_confirms_before_it_answers_is_believed(hub, feed, now):
    hub.before_answering = hub.verify
    run(now)
    row = Push.objects.get()
    assert (row.state, row.last_error) == (Push.State.ACTIVE, "")
    assert row.next_try_at - now > timedelta(days=7)


def test_a_hub_that_confirms_and_then_breaks_off_is_believed(hub, feed, now):
    hub.before_answering, hub.status = hub.verify, 500
    assert run(now).failed == 1
    row = Push.objects.get()
    assert (row.state, row.last_error, row.failures) == (Push.State.ACTIVE, "", 0)


@pytest.mark.parametrize("base", ["http://127.0.0.1:8000", "http://desk.local"])
def test_nothing_is_asked_where_no_hub_could_call_back(hub, feed, now, settings, base):
    settings.HINDCAST_ALLOWED_NETWORKS, settings.HINDCAST_BASE_URL = (), base
    assert run(now) == PushReport()
    assert (hub.asked, Push.objects.exists()) == ([], False)


def test_a_hub_out_in_the_world_is_not_asked_from_inside_a_network(now):
    make_feed(hub="https://hub.example.org/", topic=TOPIC)
    assert run(now) == PushReport(wanted=1, asked=1, failed=1)
    assert Push.objects.get().last_error.startswith("It was not asked")


def test_only_feeds_that_are_polled_and_name_hub_and_topic_are_asked_for(hub, now):
    make_feed(hub=hub.address)
    make_feed(topic=TOPIC)
    for state in (Feed.State.PAUSED, Feed.State.STOPPED, Feed.State.ARCHIVE):
        make_feed(hub=hub.address, topic=TOPIC, state=state)
    assert run(now) == PushReport()


def test_no_more_hubs_than_the_limit_are_asked_at_once(hub, now):
    for number in range(3):
        make_feed(hub=hub.address, topic=f"{TOPIC}?{number}")
    assert [run(now + number * SOON, limit=2).asked for number in range(3)] == [2, 1, 0]


# What a hub sends


@pytest.mark.parametrize("headers", [{"X_Hub_Signature": "sha256=" + "0" * 64}, {"X_Hub_Signature": ""}])
def test_what_is_not_signed_as_agreed_is_ignored_and_counted(hub, feed, now, headers):
    row = active(hub, now)
    assert hub.send(NEWS, **headers) == 202
    row.refresh_from_db()
    assert (PushedDocument.objects.count(), row.failures, row.last_push_at) == (0, 1, None)
    assert "not signed as agreed" in row.last_error
    hub.send(NEWS, method="sha1")
    row.refresh_from_db()
    assert (PushedDocument.objects.count(), row.failures, row.last_error) == (1, 0, "")


def test_what_polling_knows_is_not_changed_by_a_push(hub, feed, now):
    known = {"etag": '"v1"', "read_on": now.date(), "interval_minutes": 45, "failures": 2, "last_error": "It was down."}
    Feed.objects.update(**known, next_poll_at=now + DAY)
    active(hub, now)
    hub.send(NEWS)
    assert receive(now).new_entries == 1
    row = Feed.objects.values(*known, "next_poll_at", "hub", "topic", "lease_token").get()
    assert row == {**known, "next_poll_at": now + DAY, "hub": hub.address, "topic": TOPIC, "lease_token": ""}


def test_a_document_that_is_no_feed_is_an_attempt_that_failed(hub, feed, now):
    active(hub, now)
    hub.send(b"<!doctype html><html>Sign in</html>")
    assert receive(now) == ReceiveReport(documents=1, failed=1)
    assert Attempt.objects.get().error == "This is a web page, not a feed."
    assert (Feed.objects.get().failures, PushedDocument.objects.count()) == (0, 0)


def test_a_document_that_cannot_be_stored_does_not_keep_the_next_waiting(hub, feed, now, monkeypatch):
    active(hub, now)
    hub.send(NEWS)
    hub.send(NEWS.replace(b"Moscow", b"Minsk"))
    insert = entry_rows.insert_entries

    def fail_once(*args, **kwargs):
        monkeypatch.setattr(entry_rows, "insert_entries", insert)
        raise ValueError

    monkeypatch.setattr(entry_rows, "insert_entries", fail_once)
    assert receive(now) == ReceiveReport(documents=2, failed=1, new_entries=1)


def test_a_document_is_read_while_its_feed_is_being_polled_and_takes_no_lease_away(hub, feed, now):
    active(hub, now)
    hub.send(NEWS)
    Feed.objects.update(lease_until=now + DAY, lease_token="another")
    assert receive(now).new_entries == 1
    assert Feed.objects.get().lease_token == "another"


def test_two_runs_at_once_read_each_document_once(hub, feed, now, at_once):
    row = Push.objects.create(feed=feed, hub=hub.address, topic=TOPIC, path="p", secret="s", state="active")
    for number in range(6):
        body = NEWS.replace(b"<guid>1", b"<guid>%d" % number).replace(b"example/1", b"example/%d" % number)
        PushedDocument.objects.create(feed=row.feed, received_at=now, content_type="text/xml", body=body)
    reports = at_once(lambda: receive(now), lambda: receive(now)) + at_once(lambda: receive(now))
    assert sum(report.documents for report in reports) == sum(report.new_entries for report in reports) == 6


def test_too_many_documents_are_left_to_a_poll_at_once(hub, feed, now):
    row = active(hub, now)
    Feed.objects.update(next_poll_at=now + DAY)
    PushedDocument.objects.bulk_create(
        PushedDocument(feed=feed, received_at=now, content_type="text/xml", body=NEWS) for _ in range(20)
    )
    assert hub.send(NEWS) == 202
    assert PushedDocument.objects.count() == 20
    assert Feed.objects.get().next_poll_at < now + DAY
    row.refresh_from_db()
    assert row.last_push_at is not None


def test_a_flood_does_not_have_a_feed_polled_that_was_polled_just_now(hub, feed, now):
    active(hub, now)
    Feed.objects.update(next_poll_at=now + DAY, last_attempt_at=now)
    PushedDocument.objects.bulk_create(PushedDocument(feed=feed, received_at=now, body=NEWS) for _ in range(20))
    hub.send(NEWS)
    assert Feed.objects.get().next_poll_at == now + DAY


# Promises


def test_a_promise_is_renewed_before_it_lapses(hub, feed, now):
    row = active(hub, now)
    later = row.next_try_at
    assert run(later) == PushReport(asked=1)
    row.refresh_from_db()
    assert (row.state, row.failures, row.next_try_at) == (Push.State.ACTIVE, 0, later + DAY)
    hub.verify(lease_seconds="2000000")
    row.refresh_from_db()
    assert row.lapses_at - now > timedelta(days=20)


def test_a_promise_that_nobody_renews_lapses_and_is_asked_for_anew(hub, feed, now):
    row = active(hub, now)
    assert run(row.lapses_at) == PushReport(lapsed=1, asked=1)
    assert not Push.objects.delivering(row.lapses_at).exists()
    assert Push.objects.get().state == Push.State.ASKED


def test_a_hub_that_never_confirms_is_asked_again_ever_more_rarely(hub, feed, now):
    run(now)
    waits = []
    for _ in range(9):
        at = Push.objects.get().next_try_at
        run(at)
        waits.append(Push.objects.get().next_try_at - at)
    assert waits[0] == DAY
    assert waits == sorted(waits)
    assert waits[-1] == 7 * DAY
    assert Push.objects.get().last_error == "The hub took the question before and did not confirm it."


def test_a_hub_that_is_down_is_asked_again_later_and_polling_goes_on(hub, feed, now):
    hub.status = 503
    assert run(now) == PushReport(wanted=1, asked=1, failed=1)
    row = Push.objects.get()
    assert (row.state, row.failures, row.next_try_at) == (Push.State.WANTED, 1, now + timedelta(hours=1))
    assert row.last_error == "The server answered 503 Service Unavailable."
    assert not Push.objects.delivering(now).exists()
    hub.status = 202
    assert run(row.next_try_at) == PushReport(asked=1)
    assert hub.verify()[0] == 200


def test_a_push_that_never_brings_anything_slows_polling_for_a_day_only(hub, feed, now):
    active(hub, now)
    assert Push.objects.delivering(now).exists()
    assert not Push.objects.delivering(now + DAY).exists()


def test_a_denial_is_remembered_in_words_and_asked_about_again_after_a_month(hub, feed, now):
    run(now)
    assert hub.verify(mode="denied", reason="<b>No such topic</b>") == (200, "")
    row = Push.objects.get()
    assert (row.state, row.last_error) == (Push.State.DENIED, "The hub refused: No such topic")
    assert run(now + timedelta(days=29)) == PushReport()
    assert run(now + timedelta(days=31)) == PushReport(asked=1)


def test_what_a_killed_worker_had_begun_to_ask_is_asked_again(hub, feed, now):
    class Killed(BaseException):
        pass

    def die(requests):
        raise Killed

    with pytest.raises(Killed):
        run(now, fetch=die)
    assert run(now) == PushReport()
    assert run(now + LEASE) == PushReport(asked=1)


def test_two_workers_at_once_ask_once(hub, feed, now):
    meanwhile = []

    def ask_while_another_works(requests):
        meanwhile.append(run(now))
        return FETCH(requests)

    assert run(now, fetch=ask_while_another_works).asked == 1
    assert (meanwhile, len(hub.asked)) == ([PushReport()], 1)


def test_a_hub_whose_host_is_being_asked_waits_and_lets_the_others_go_first(hub, feed, now):
    with HubSite(host="127.0.0.2") as other:
        make_feed(hub=other.address, topic=TOPIC + "?2")
        busy = Host.objects.create(name="127.0.0.1", lease_until=now + LEASE, lease_token="somebody's")
        assert (run(now, limit=2).asked, len(hub.asked), len(other.asked)) == (1, 0, 1)
    Host.objects.filter(pk=busy.pk).update(lease_until=None, lease_token="")
    assert (run(now).asked, len(hub.asked)) == (1, 1)


def test_a_hub_is_asked_again_only_after_the_gap(hub, feed, now):
    run(now, gap=timedelta(seconds=30))
    make_feed(hub=hub.address, topic=TOPIC + "?2")
    assert run(now + timedelta(seconds=29)).asked == 0
    assert run(now + timedelta(seconds=40)).asked == 1


def test_a_hub_that_asks_for_patience_is_asked_by_nobody(hub, feed, now):
    hub.status, hub.headers = 429, {"Retry-After": "7200"}
    assert run(now).failed == 1
    assert Host.objects.get().frozen_until > now + timedelta(hours=1.9)


# The end


def test_a_hub_is_told_to_stop_when_its_feed_is_polled_no_more(hub, feed, now):
    row = active(hub, now)
    Feed.objects.update(state=Feed.State.PAUSED)
    assert run(now + SOON) == PushReport(ended=1, asked=1)
    assert (hub.asked[-1]["hub.mode"], hub.asked[-1]["hub.callback"][-50:-1]) == ("unsubscribe", f"/{row.path}")
    assert hub.verify() == (200, "let me in")
    assert hub.send(NEWS) == 410
    assert run(now + 30 * DAY) == PushReport()


def test_a_hub_that_takes_no_goodbye_is_told_three_times(hub, feed, now):
    active(hub, now)
    Feed.objects.update(hub="", topic="")
    hub.status = 500
    assert [run(now + SOON + days * DAY).asked for days in range(5)] == [1] * GOODBYES + [0] * (5 - GOODBYES)


def test_a_feed_that_is_polled_again_is_asked_for_again_under_another_address(hub, feed, now):
    old = active(hub, now)
    Feed.objects.update(state=Feed.State.PAUSED)
    run(now + SOON)
    Feed.objects.update(state=Feed.State.ACTIVE)
    assert run(now + 2 * SOON) == PushReport(wanted=1, asked=1)
    row = Push.objects.get()
    assert (row.state, row.lapses_at) == (Push.State.ASKED, None)
    assert {row.path, row.secret}.isdisjoint({old.path, old.secret})


def test_a_feed_that_names_another_hub_is_asked_for_there(hub, feed, now):
    active(hub, now)
    with HubSite() as other:
        Feed.objects.update(hub=other.address)
        assert run(now + SOON) == PushReport(wanted=1, asked=1)
        assert other.verify() == (200, "let me in")
    assert hub.verify(hub.asked[0])[0] == hub.send(NEWS) == 404
