"""Made-up histories of one feed, stored document by document: items come, go and change whatever names them."""

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from news.fetch.connections import Fetched
from news.formats.documents import FeedItem, Parsed
from tests.makers import NOW, make_feed
from tracker.jobs.feeds.responses import FeedResponse
from tracker.jobs.feeds.store import store
from tracker.models import Entry, Feed, Revision

pytestmark = pytest.mark.django_db

# Few of each, so that items often share one and differ in another.
ITEMS = st.builds(
    FeedItem,
    guid=st.sampled_from(["", "1", "2", "http://one.example/1", "https://two.example/1"]),
    link=st.sampled_from(["", "https://n.example/1", "http://n.example/1?utm_source=x", "https://n.example/2"]),
    title=st.sampled_from(["", "Price of gas agreed", "Rain in the mountains", "Talks about a truce"]),
    body=st.sampled_from(["", "At length.", "At greater length."]),
    published_raw=st.sampled_from(["", "Monday", "Tuesday"]),
)
DOCUMENTS = st.lists(ITEMS, max_size=5).map(tuple)


def told(feed, document):
    """What storing it brought; nothing may fail."""
    Feed.objects.filter(pk=feed.pk).update(lease_token="mine")
    feed.refresh_from_db()
    answer = Fetched(address=feed.address, final_address=feed.address, status=200)
    response = FeedResponse(feed=feed, answer=answer, parsed=Parsed(entries=document), token="mine")
    (result,) = store([response], now=NOW)
    assert (result.error, result.lease_lost) == ("", False)
    return result.new_entries, result.new_revisions


def revisions():
    rows = Revision.objects.values_list("pk", "entry_id", "number", "title", "body")
    return {key: tuple(words) for key, *words in rows}


# Two reports of one page swapped places at each poll: only their words told them apart.
SWAPPED = [
    (
        FeedItem(guid="1", link="https://n.example/1", title="Price of gas agreed", published_raw="Tuesday"),
        FeedItem(guid="2", link="https://n.example/1", title=""),
    ),
    (
        FeedItem(link="https://n.example/1", title="", body="At length.", published_raw="Monday"),
        FeedItem(link="http://n.example/1?utm_source=x", title="", published_raw="Tuesday"),
    ),
]


@settings(max_examples=100, derandomize=True)
@example(SWAPPED)
@given(st.lists(DOCUMENTS, min_size=1, max_size=6))
def test_whatever_a_feed_says_is_stored_once_and_never_overwritten(history):
    with transaction.atomic():
        feed, kept = make_feed(), {}
        for document in history:
            told(feed, document)
            assert kept.items() <= revisions().items()
            kept = revisions()
            assert told(feed, document) == (0, 0)
        current = Revision.objects.filter(is_current=True).values_list("entry_id", flat=True)
        assert sorted(current) == sorted(Entry.objects.values_list("pk", flat=True))
        transaction.set_rollback(True)
