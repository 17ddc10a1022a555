"""What stays of a feed's entries as its documents change, through the real ingest job."""

from datetime import timedelta
from functools import partial

import pytest

from news.entries.changes import MAX_REVISIONS
from news.fetch.connections import Limits, fetch_many
from tests.loopback import reply
from tests.makers import NOW, make_feed
from tracker.jobs.feeds import responses
from tracker.jobs.feeds.ingest import ingest
from tracker.models import Attempt, Entry, Feed, Revision

pytestmark = pytest.mark.django_db
LIMITS = Limits(total_seconds=5, connect_seconds=2, idle_seconds=1, allowed_networks=("127.0.0.0/8",))
FETCH = partial(fetch_many, limits=LIMITS, user_agent="Test/1")
DAY = timedelta(days=1)
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


def atom(*entries, gone=()):
    entries = "".join(f"<entry><id>{name}</id><title>{title}</title></entry>" for name, title in entries)
    graves = "".join(f"<at:deleted-entry ref='{name}' when='2026-02-05T10:00:00Z'/>" for name in gone)
    spaces = f"xmlns='http://www.w3.org/2005/Atom' xmlns:at='{TOMBSTONES}'"
    return reply(f"<feed {spaces}><title>World</title>{entries}{graves}</feed>".encode())


def poll(at):
    Feed.objects.update(next_poll_at=at)
    return ingest(at, fetch=FETCH)


def test_what_its_feed_takes_back_is_marked_and_its_words_stay(site):
    make_feed(address=site.at("/f", atom(("a", "Price agreed"), ("b", "Another report"))))
    make_feed(address=site.at("/g", atom(("a", "Of another feed"))))
    poll(NOW)
    site.at("/f", atom(("b", "Another report"), gone=["a", "unheard of"]))
    assert poll(NOW + DAY).failed == 0
    withdrawn = Entry.objects.get(withdrawn_at__isnull=False)
    assert (withdrawn.withdrawn_at, withdrawn.revisions.get().title) == (NOW + DAY, "Price agreed")
    assert Entry.objects.count() == 3


def test_the_first_withdrawal_is_the_one_that_counts(site):
    make_feed(address=site.at("/f", atom(("a", "Price agreed"))))
    poll(NOW)
    for days in (1, 2):
        site.at("/f", atom(("b", f"Report {days}"), gone=["a"]))
        poll(NOW + days * DAY)
    assert Entry.objects.get(withdrawn_at__isnull=False).withdrawn_at == NOW + DAY


def test_the_same_bytes_are_not_parsed_again(site, monkeypatch):
    make_feed(address=site.at("/f", atom(("a", "Price agreed"))))
    read, parse_all = [], responses.parse_all
    monkeypatch.setattr(responses, "parse_all", lambda documents: read.append(len(documents)) or parse_all(documents))
    poll(NOW), poll(NOW + DAY)
    assert read == [1]
    assert (Entry.objects.count(), Revision.objects.count()) == (1, 1)
    assert list(Attempt.objects.values_list("status", "error")) == [(200, "")] * 2
    site.at("/f", atom(("a", "Price not agreed")))
    assert poll(NOW + 2 * DAY).new_revisions == 1


def test_a_document_that_could_not_be_read_is_not_taken_for_read(site):
    make_feed(address=site.at("/f", reply(b"<html>Down for repair</html>", Content_Type="text/html")))
    assert [poll(NOW + days * DAY).failed for days in range(2)] == [1, 1]


def test_words_that_change_all_the_time_are_kept_so_often_and_then_known_by_their_hash(site):
    make_feed(address=site.url("/f"))
    for number in range(MAX_REVISIONS + 3):
        site.at("/f", atom(("a", f"Read {number} times")))
        poll(NOW + number * DAY)
    entry = Entry.objects.get()
    last = f"Read {MAX_REVISIONS - 1} times"
    assert (entry.revisions.count(), entry.revisions.get(is_current=True).title) == (MAX_REVISIONS, last)
    assert len(entry.unkept_sha256) == 64
    site.at("/f", atom(("a", "Something else")))
    poll(NOW + 90 * DAY)
    changed = Entry.objects.get()
    assert changed.unkept_sha256 not in ("", entry.unkept_sha256)
    assert changed.revisions.count() == MAX_REVISIONS == 24
