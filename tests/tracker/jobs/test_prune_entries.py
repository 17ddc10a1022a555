"""Which entries go after half a year, and which stay for ever."""

from datetime import timedelta

import pytest

from tests.makers import NOW, make_entry, make_evidence, make_feed, make_proposition, make_story
from tracker.jobs import prune as pruning
from tracker.jobs.prune import PruneReport, prune
from tracker.models import Entry, Feed, FullText, PushedDocument, Revision, Story, StoryBand, turns

pytestmark = pytest.mark.django_db
LONG_AGO = NOW - timedelta(days=181)


@pytest.fixture(autouse=True)
def outbox(settings, tmp_path):
    settings.HINDCAST_OUTBOX = tmp_path


@pytest.fixture
def feed():
    return make_feed(read_on=NOW.date())


def old_entry(feed, **fields):
    return make_entry(**{"at": LONG_AGO, "feed": feed, "matched_at": LONG_AGO, "listed_on": LONG_AGO.date(), **fields})


def test_an_old_entry_goes_with_its_revisions_its_full_text_and_its_story(feed):
    entry = old_entry(feed)
    entry.revisions.update(is_current=False)
    entry.revisions.create(number=2, title="Mended", content_sha256="2", seen_at=LONG_AGO)
    FullText.objects.create(entry=entry, text="All of it.")
    StoryBand.objects.create(story=entry.story, band=7)
    assert prune(NOW) == PruneReport(entries=1, revisions=2, full_texts=1, stories=1, keys=1)
    assert not any(model.objects.exists() for model in (Entry, Revision, FullText, Story, StoryBand))
    assert prune(NOW) == PruneReport()


def test_an_entry_stays_for_180_days_after_it_was_listed_last(feed):
    old_entry(feed, listed_on=(NOW - timedelta(days=180)).date())
    assert prune(NOW) == PruneReport()


def test_an_entry_that_the_last_document_lists_stays_or_it_would_come_back_as_new():
    old_entry(make_feed(read_on=LONG_AGO.date()))
    assert prune(NOW) == PruneReport()


def test_an_entry_of_a_feed_that_was_never_read_whole_stays():
    old_entry(make_feed(), listed_on=None)
    assert prune(NOW) == PruneReport()


def test_an_entry_never_seen_listed_counts_from_the_day_it_was_first_seen(feed):
    old_entry(feed, listed_on=None)
    old_entry(feed, listed_on=None, first_seen_at=NOW - timedelta(days=180))
    assert prune(NOW) == PruneReport(entries=1, revisions=1, stories=1)


@pytest.mark.parametrize("state", ["suggested", "confirmed", "rejected"])
def test_what_is_cited_stays_whatever_was_decided_on_it(feed, state):
    entry = old_entry(feed)
    make_evidence(make_proposition(), entry=entry, stance="mentions", state=state)
    assert prune(NOW) == PruneReport()


def test_a_reprint_of_what_is_cited_stays(feed):
    entry = old_entry(feed)
    old_entry(feed, story=entry.story)
    make_evidence(make_proposition(), entry=entry)
    assert prune(NOW) == PruneReport()


def test_an_entry_stays_that_evidence_cites_though_it_was_moved_to_another_story(feed):
    entry = old_entry(feed)
    make_evidence(make_proposition(), entry=entry)
    Entry.objects.update(story=make_story())
    assert prune(NOW) == PruneReport()


def test_a_story_that_another_entry_tells_stays(feed):
    entry = old_entry(feed)
    old_entry(feed, story=entry.story, listed_on=NOW.date())
    assert prune(NOW) == PruneReport(entries=1, revisions=1)
    assert Story.objects.get().entries.count() == 1


def test_archives_stay():
    old_entry(make_feed(state=Feed.State.ARCHIVE, read_on=NOW.date()))
    assert prune(NOW) == PruneReport()


def test_what_waits_to_be_matched_stays(feed):
    old_entry(feed, matched_at=None)
    assert prune(NOW) == PruneReport()


def test_nothing_goes_where_entries_are_kept_for_ever(feed, settings):
    settings.HINDCAST_KEEP_ENTRIES_DAYS = 0
    old_entry(feed)
    assert prune(NOW) == PruneReport()


def test_entries_go_in_batches_and_no_more_than_the_limit_at_once(feed, monkeypatch):
    monkeypatch.setattr(pruning, "BATCH", 2)
    for number in range(8):
        entry = old_entry(feed)
        if number < 3:
            make_evidence(make_proposition(), entry=entry)
    assert [prune(NOW, limit=3).entries for _ in range(3)] == [3, 2, 0]


def test_a_batch_of_entries_takes_few_queries(feed, django_assert_max_num_queries):
    for _ in range(30):
        old_entry(feed)
    with django_assert_max_num_queries(30):
        assert prune(NOW).entries == 30


@pytest.mark.parametrize(
    "cite",
    [lambda entry: make_evidence(make_proposition(), entry=entry), lambda _: Entry.objects.update(matched_at=None)],
)
def test_an_entry_that_is_needed_after_all_by_the_time_it_is_held_stays(feed, monkeypatch, cite):
    entry = old_entry(feed)
    monkeypatch.setattr(turns, "wait_for", lambda _turn: cite(entry))
    assert prune(NOW) == PruneReport()
    assert Entry.objects.get() == entry


def test_two_runs_at_once_take_each_entry_once(feed, at_once):
    for _ in range(20):
        old_entry(feed)
    reports = at_once(lambda: prune(NOW), lambda: prune(NOW))
    assert sum(report.entries for report in reports) == sum(report.stories for report in reports) == 20


def test_documents_that_hubs_sent_and_nobody_read_go_after_a_week(feed):
    for days in (6, 8):
        PushedDocument.objects.create(feed=feed, received_at=NOW - timedelta(days=days), body=b"")
    assert prune(NOW) == PruneReport(pushed=1)
