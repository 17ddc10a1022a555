"""The real job over the real database, reading from a web server on a loopback address."""

import contextlib
import threading
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction

from forecasts import watching
from news.fetch.addresses import host_of
from news.fetch.connections import Fetched, Limits, fetch_many
from tests.loopback import Site, redirect, reply
from tests.makers import NOW, make_feed
from tracker.jobs.feeds import feed_rows, leases
from tracker.jobs.feeds.ingest import IngestReport, ingest
from tracker.jobs.feeds.leases import LEASE
from tracker.models import Attempt, Entry, Feed, Host, Revision, Story

pytestmark = pytest.mark.django_db
LIMITS = Limits(total_seconds=5, connect_seconds=2, idle_seconds=1, allowed_networks=("127.0.0.0/8",))
FETCH = partial(fetch_many, limits=LIMITS, user_agent="Test/1")
SOON = NOW + timedelta(minutes=1)
LATER = NOW + timedelta(days=2)
WIRE = "Xi Jinping arrived in Moscow on Thursday for two days of talks about gas, trade and the war in Ukraine."


def rss(*items):
    return f"<rss version='2.0'><channel><title>World</title>{''.join(items)}</channel></rss>".encode()


def item(number, title="", body="", date="Thu, 05 Feb 2026 10:00:00 GMT"):
    title = title or f"Report number {number} about something else altogether"
    return (
        f"<item><guid>g{number}</guid><title>{title}</title><link>https://n.example/{number}</link>"
        f"<pubDate>{date}</pubDate><description>{body or f'What number {number} says, at length.'}</description></item>"
    )


def run(now=NOW, **options):
    return ingest(now, **({"fetch": FETCH} | options))


def counts():
    return Entry.objects.count(), Revision.objects.count(), Story.objects.count()


# What is stored


def test_entries_come_in_with_words_time_link_and_story(site):
    feed = make_feed(address=site.at("/f", reply(rss(item(1, "Xi in Moscow", WIRE)))))
    assert run() == IngestReport(feeds=1, new_entries=1)
    entry = Entry.objects.get()
    revision = entry.revisions.get()
    assert (entry.feed, entry.link, entry.story.headline) == (feed, "https://n.example/1", "Xi in Moscow")
    assert (entry.published_at.isoformat(), entry.first_seen_at) == ("2026-02-05T10:00:00+00:00", NOW)
    assert (revision.title, revision.body, revision.number, revision.is_current) == ("Xi in Moscow", WIRE, 1, True)
    assert entry in Entry.objects.unmatched()


def test_the_attempt_and_the_feed_say_how_it_went(site):
    body = rss(item(1), item(2))
    feed = make_feed(title="127.0.0.1", address=site.at("/f", reply(body)), failures=3, last_error="It was down.")
    run()
    feed.refresh_from_db()
    attempt = Attempt.objects.get()
    assert (attempt.at, attempt.status, attempt.new_entries, attempt.bytes) == (NOW, 200, 2, len(body))
    assert (feed.title, feed.last_success_at, feed.failures, feed.last_error) == ("World", NOW, 0, "")
    assert (feed.lease_until, feed.lease_token) == (None, "")
    assert NOW < feed.next_poll_at < NOW + timedelta(days=1)


def test_the_same_document_twice_changes_nothing(site):
    make_feed(address=site.at("/f", reply(rss(item(1), item(2)))))
    run()
    before = counts()
    assert run(LATER) == IngestReport(feeds=1)
    assert counts() == before == (2, 2, 2)


def test_a_document_that_the_server_calls_unchanged_is_not_read_again(site):
    feed = make_feed(address=site.at("/f", reply(rss(item(1)), ETag='"v1"', Last_Modified="Thu, 05 Feb 2026")))
    run()
    site.at("/f", reply(b"", status=304))
    assert run(LATER) == IngestReport(feeds=1)
    headers = site.asked[-1].headers
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"v1"', "Thu, 05 Feb 2026")
    feed.refresh_from_db()
    assert (feed.etag, feed.last_success_at) == ('"v1"', LATER)


def test_changed_words_make_a_revision_and_keep_the_old_one(site):
    make_feed(address=site.at("/f", reply(rss(item(1, "Putin will visit in June")))))
    run()
    Entry.objects.update(matched_at=NOW)
    site.at("/f", reply(rss(item(1, "CORRECTED: Putin will visit in July"))))
    assert run(LATER) == IngestReport(feeds=1, new_revisions=1)
    old, new = Entry.objects.get().revisions.order_by("number")
    assert (old.title, old.is_current, old.seen_at) == ("Putin will visit in June", False, NOW)
    assert (new.title, new.is_current, new.number) == ("CORRECTED: Putin will visit in July", True, 2)
    assert Entry.objects.unmatched().count() == 1


def test_dates_that_cannot_be_believed_become_the_time_of_seeing(site):
    ahead, soon = item(1, date="Thu, 05 Feb 2099 10:00:00 GMT"), item(2, date="Fri, 06 Feb 2026 20:00:00 GMT")
    make_feed(address=site.at("/f", reply(rss(ahead, soon, item(3, date="")))))
    run()
    rows = Entry.objects.order_by("link").values_list("published_at", "published_raw", "date_is_doubtful")
    assert list(rows) == [
        (NOW, "Thu, 05 Feb 2099 10:00:00 GMT", True),
        (NOW, "Fri, 06 Feb 2026 20:00:00 GMT", False),
        (NOW, "", False),
    ]


def test_items_without_dates_keep_the_order_of_their_document(site):
    make_feed(address=site.at("/f", reply(rss(*(item(n, date="") for n in range(5))))))
    run()
    assert [entry.link[-1] for entry in Entry.objects.all()] == ["0", "1", "2", "3", "4"]


def test_a_feed_of_very_many_items_is_stored_whole(site):
    make_feed(address=site.at("/f", reply(rss(*(item(n) for n in range(1_200))))))
    assert run().new_entries == 1_200
    assert Entry.objects.count() == Revision.objects.filter(is_current=True).count() == 1_200


# Stories


def test_a_wire_report_in_three_feeds_is_one_story(site):
    for n, title in enumerate(
        ["Xi Jinping begins two days of talks in Moscow", "Xi in Moscow", "Xi arrives | The World"]
    ):
        make_feed(address=site.at(f"/{n}", reply(rss(item(n, title, WIRE + " More was expected on Friday.")))))
    assert run().new_entries == 3
    assert Story.objects.get().entries.count() == 3


def test_a_reprint_in_a_later_run_joins_the_story(site):
    make_feed(address=site.at("/a", reply(rss(item(1, "Xi in Moscow", WIRE)))))
    run()
    make_feed(address=site.at("/b", reply(rss(item(2, "Xi in Moscow", WIRE)))), next_poll_at=LATER)
    run(LATER)
    assert Story.objects.get().entries.count() == 2


def test_the_same_words_a_month_apart_are_two_stories(site):
    make_feed(address=site.at("/a", reply(rss(item(1, "Xi in Moscow", WIRE)))))
    make_feed(address=site.at("/b", reply(rss(item(2, "Xi in Moscow", WIRE, date="Mon, 05 Jan 2026 10:00:00 GMT")))))
    run()
    assert Story.objects.count() == 2


def test_titles_of_a_word_or_two_do_not_make_one_story(site):
    bare = [f"<item><guid>{n}</guid><title>Briefing</title></item>" for n in range(3)]
    make_feed(address=site.at("/f", reply(rss(*bare))))
    run()
    assert Story.objects.count() == 3


def titles_of_one_feed(site, *titles):
    make_feed(address=site.at("/f", reply(rss(*(item(n, title, WIRE) for n, title in enumerate(titles))))))
    run()
    return Story.objects.count()


def test_a_feed_s_boilerplate_does_not_make_one_story_of_its_reports(site):
    assert titles_of_one_feed(site, "Oil prices fall after the vote", "A film festival opens in the rain") == 2


def test_each_day_of_a_feed_s_series_is_a_report_of_its_own(site):
    assert titles_of_one_feed(site, "War: key events, day 1,407", "War: key events, day 1,408") == 2


def test_a_report_put_out_again_under_a_mended_title_is_one_story(site):
    assert titles_of_one_feed(site, "Drones kill 24 in a resort town", "Drones killed 24 in a resort town") == 1


# Trouble


def failing(site, answer, **fields):
    feed = make_feed(address=site.at("/bad", answer), **fields)
    report = run()
    feed.refresh_from_db()
    assert (report.feeds, report.failed) == (1, 1)
    assert feed.last_error == Attempt.objects.get().error
    return feed


def test_a_page_that_is_no_feed_is_remembered_in_words(site):
    feed = failing(site, reply(b"<!doctype html><html>Sign in</html>", ETag='"page"'), etag='"old"')
    assert feed.last_error == "This is a web page, not a feed."
    assert (feed.failures, feed.etag, feed.last_success_at) == (1, '"old"', None)


def test_news_was_read_where_one_feed_answered_and_not_where_all_failed(site):
    feed = make_feed(address=site.at("/f", reply(b"<html>", status=500)))
    run()
    assert watching.periods() == ()
    feed.address = site.at("/g", reply(rss(item(1))))
    feed.next_poll_at = LATER
    feed.save()
    run(LATER)
    assert watching.periods() == ((LATER, LATER),)


def test_errors_wait_longer_each_time_and_success_forgets_them(site):
    feed = failing(site, reply(b"", status=500))
    first = feed.next_poll_at - NOW
    run(LATER)
    feed.refresh_from_db()
    assert (feed.failures, feed.next_poll_at - LATER > first) == (2, True)
    site.at("/bad", reply(rss(item(1))))
    run(LATER + timedelta(days=8))
    feed.refresh_from_db()
    assert (feed.failures, feed.last_error) == (0, "")


def test_a_private_address_is_refused_where_it_is_not_allowed(site):
    feed = make_feed(address=site.at("/f", reply(rss(item(1)))))
    run(fetch=partial(fetch_many, limits=Limits(), user_agent="Test/1"))
    feed.refresh_from_db()
    assert feed.last_error.startswith("This address leads to this machine (127.0.0.1)")
    assert (site.asked, counts()) == ([], (0, 0, 0))


def test_a_redirect_loop_is_remembered(site):
    assert "redirects more than 5 times" in failing(site, redirect("/bad")).last_error


def test_a_feed_that_is_gone_for_good_is_polled_no_more(site):
    feed = failing(site, reply(b"", status=410))
    assert feed.state == Feed.State.STOPPED
    assert run(LATER) == IngestReport()


def test_a_server_that_asks_for_patience_gets_it(site):
    feed = failing(site, reply(b"", status=429, Retry_After="172800"))
    assert feed.next_poll_at >= NOW + timedelta(days=2)


def test_one_bad_feed_does_not_keep_the_others_waiting(site):
    make_feed(address=site.at("/a", reply(b"<!doctype html><html>")))
    make_feed(address=site.at("/b", reply(rss(item(1)))))
    assert run() == IngestReport(feeds=2, failed=1, new_entries=1)


def test_validators_that_cannot_be_sent_back_are_not_kept(site):
    feed = make_feed(address=site.at("/f", reply(rss(), ETag='"' + "x" * 600 + '"', Last_Modified="gestern \x7f")))
    run()
    feed.refresh_from_db()
    assert (feed.etag, feed.last_modified) == ("", "")


# Who holds a feed


def test_only_what_is_due_is_read_and_no_more_than_the_limit(site):
    address = site.at("/f", reply(rss(item(1))))
    make_feed(address=address, next_poll_at=NOW + timedelta(hours=1))
    for state in (Feed.State.PAUSED, Feed.State.STOPPED, Feed.State.ARCHIVE):
        make_feed(address=f"{address}?{state}", state=state)
    assert run() == IngestReport()
    for n in range(3):
        make_feed(address=f"{address}?{n}")
    assert run(limit=2).feeds == 2
    assert run(SOON).feeds == 1


def test_two_workers_at_once_read_a_feed_once(site):
    make_feed(address=site.at("/f", reply(rss(item(1)))))
    meanwhile = []

    def fetch_while_another_works(requests):
        meanwhile.append(run())
        return FETCH(requests)

    assert run(fetch=fetch_while_another_works).new_entries == 1
    assert meanwhile == [IngestReport()]
    assert (len(site.asked), Attempt.objects.count()) == (1, 1)


def test_a_worker_whose_lease_ran_out_stores_nothing(site):
    feed = make_feed(address=site.at("/f", reply(rss(item(1)))))
    after = NOW + LEASE

    def fetch_too_slowly(requests):
        answers = FETCH(requests)
        assert run(after).new_entries == 1
        return answers

    assert run(fetch=fetch_too_slowly) == IngestReport(leases_lost=1)
    assert (counts(), Attempt.objects.count()) == ((1, 1, 1), 1)
    feed.refresh_from_db()
    assert feed.last_attempt_at == after


@pytest.fixture
def town():
    """Twelve servers, each with an address of its own."""
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(Site(host=f"127.0.0.{n}")) for n in range(2, 14)]


def test_workers_at_once_read_each_feed_once_and_one_wire_report_stays_one_story(town, at_once):
    for n, one in enumerate(town):
        address = one.at("/f", reply(rss(item(n, "Xi in Moscow", WIRE))))
        # Known already: a worker that names a host locks the feed for a moment, and the others pass it over.
        make_feed(address=address, host=Host.objects.create(name=host_of(address)))
    reports = at_once(*[partial(run, limit=5)] * 3)
    assert sum(report.feeds for report in reports) == sum(report.new_entries for report in reports) == 12
    assert [len(one.asked) for one in town] == [1] * 12
    assert at_once(counts) == [(12, 12, 1)]


def test_new_feeds_that_workers_name_at_once_are_all_read_once_within_a_few_rounds(town, at_once):
    for n, one in enumerate(town):
        make_feed(address=one.at("/f", reply(rss(item(n)))))
    reports = [report for _ in range(4) for report in at_once(*[partial(run, limit=5)] * 3)]
    assert sum(report.feeds for report in reports) == 12
    assert [len(one.asked) for one in town] == [1] * 12


def test_a_feed_that_somebody_changes_now_is_not_waited_for(transactional_db, at_once):
    if not connection.features.has_select_for_update_skip_locked:
        pytest.skip("this database has one writer at a time")
    make_feed(host=Host.objects.create(name="news.example"))
    locked, looked = threading.Event(), threading.Event()

    def change():
        with transaction.atomic():
            Feed.objects.select_for_update().get()
            locked.set()
            assert looked.wait(30)

    def look():
        assert locked.wait(30)
        held = leases.hold(NOW, limit=5)
        looked.set()
        return held.feeds, Host.objects.get().lease_token

    assert at_once(change, look)[1] == ((), "")
    assert len(leases.hold(NOW, limit=5).feeds) == 1


# Who asks a host


def test_a_host_is_asked_by_one_worker_at_a_time(site):
    for n in range(leases.FEEDS_OF_A_HOST + 3):
        make_feed(address=site.at(f"/{n}", reply(rss(item(n)))))
    meanwhile = []

    def fetch_while_another_works(requests):
        meanwhile.append(run(SOON))
        return FETCH(requests)

    assert run(fetch=fetch_while_another_works).feeds == leases.FEEDS_OF_A_HOST
    assert meanwhile == [IngestReport()]
    assert run(SOON).feeds == 3


def test_a_host_with_many_feeds_leaves_room_for_others(site, town):
    for n in range(30):
        make_feed(address=site.at(f"/{n}", reply(rss(item(n)))), next_poll_at=NOW - timedelta(hours=1))
    other = make_feed(address=town[0].at("/f", reply(rss(item(99)))))
    assert run(limit=11).feeds == 11
    assert other.attempts.count() == 1


def test_the_gap_after_a_batch_is_kept_by_all_workers(site):
    make_feed(address=site.at("/a", reply(rss(item(1)))))
    run(gap=timedelta(seconds=30))
    make_feed(address=site.at("/b", reply(rss(item(2)))))
    assert run(NOW + timedelta(seconds=29)) == IngestReport()
    assert run(SOON).feeds == 1


def test_a_redirect_to_a_host_that_somebody_asks_waits_for_it(site, town):
    feed = make_feed(address=site.at("/f", redirect(town[0].at("/f", reply(rss(item(1)))))))
    busy = Host.objects.create(name=town[0].host, lease_until=NOW + LEASE, lease_token="somebody's")
    assert run() == IngestReport()
    feed.refresh_from_db()
    assert (feed.failures, feed.lease_token, feed.next_poll_at, town[0].asked) == (0, "", SOON, [])
    Host.objects.filter(pk=busy.pk).update(lease_until=None, lease_token="")
    assert run(SOON + timedelta(seconds=5)) == IngestReport(feeds=1, new_entries=1)
    assert set(Host.objects.values_list("lease_token", flat=True)) == {""}


def test_a_feed_that_finds_no_room_in_its_batch_comes_soon_and_has_not_failed(town):
    for n, one in enumerate(town):
        make_feed(address=one.at("/f", reply(rss(item(n)))))
    little = partial(fetch_many, limits=replace(LIMITS, batch_bytes=1000), user_agent="Test/1")
    first = run(fetch=little)
    assert 0 < first.feeds < 12
    assert not Feed.objects.filter(failures__gt=0).exists()
    assert first.feeds + run(SOON).feeds == 12


def test_redirects_over_several_hosts_are_followed_and_counted(town):
    addresses = [one.url("/f") for one in town]
    for one, following in zip(town, addresses[1:]):
        one.at("/f", redirect(following))
    feed = make_feed(address=addresses[0])
    assert run() == IngestReport(feeds=1, failed=1)
    feed.refresh_from_db()
    assert "redirects more than 5 times" in feed.last_error
    assert [len(one.asked) for one in town] == [1] * 6 + [0] * 6


class Killed(BaseException):
    """What no handler of the job's catches, as nothing catches SIGKILL."""


def test_a_worker_killed_while_fetching_loses_nothing(site):
    make_feed(address=site.at("/f", reply(rss(item(1)))))

    def die(requests):
        raise Killed

    with pytest.raises(Killed):
        run(fetch=die)
    assert run() == IngestReport()
    assert run(NOW + LEASE).new_entries == 1


def test_a_worker_killed_while_storing_leaves_no_half_of_it(site, monkeypatch):
    make_feed(address=site.at("/f", reply(rss(item(1)))))

    def die(*args, **kwargs):
        raise Killed

    monkeypatch.setattr(feed_rows, "write_polled", die)
    with pytest.raises(Killed):
        run()
    monkeypatch.undo()
    assert counts() == (0, 0, 0)
    assert run(NOW + LEASE).new_entries == 1
    assert counts() == (1, 1, 1)


# Archives


def test_an_archive_is_played_back_by_the_function_that_is_handed_in():
    make_feed(address="archive:chronology", state=Feed.State.ARCHIVE)

    def from_a_file(requests):
        body = rss(item(1, "Xi in Moscow", WIRE))
        return [Fetched(address=r.address, final_address=r.address, status=200, body=body) for r in requests]

    assert run(fetch=from_a_file) == IngestReport()
    assert run(fetch=from_a_file, archives=True) == IngestReport(feeds=1, new_entries=1)
    assert Entry.objects.get().link == "https://n.example/1"


def test_nothing_due_is_nothing_done():
    assert run() == IngestReport()
