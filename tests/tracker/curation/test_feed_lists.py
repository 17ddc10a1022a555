from datetime import timedelta

import pytest

from news.formats import opml
from tests.makers import NOW, make_feed, make_outlet
from tracker.curation import feed_lists
from tracker.models import Decision, Feed

pytestmark = pytest.mark.django_db


def line(address: str, **facts) -> opml.Outline:
    return opml.Outline(**({"line": 1, "address": address, "title": "World"} | facts))


def imported(*lines: opml.Outline) -> list[Feed]:
    return feed_lists.import_feeds(lines, by="ann", at=NOW, reason="Imported from an OPML list.")


def test_each_line_is_new_known_said_twice_or_refused():
    known = make_feed(address="https://a.example/")
    lines = [line("http://a.example/"), line("https://b.example/"), line("http://b.example/"), line("x", refusal="No.")]
    checked = feed_lists.check(lines)
    assert checked.new == (lines[1],)
    assert checked.known == ((lines[0], known),)
    assert (checked.doubles, checked.refused) == ((lines[2],), (lines[3],))


def test_new_lines_come_in_with_outlet_and_a_decision_each():
    make_outlet("Globe")
    feeds = imported(line("https://a.example/", outlet="GLOBE", language="en"), line("https://b.example/", title=""))
    assert [(feed.title, feed.outlet and feed.outlet.name) for feed in feeds] == [
        ("World", "Globe"),
        ("b.example", None),
    ]
    assert {d.subject for d in Decision.objects.filter(verb="add feed", by="ann")} == set(feeds)


def test_twice_is_once():
    lines = [line("https://a.example/"), line("https://b.example/")]
    assert (len(imported(*lines)), len(imported(*lines)), Feed.objects.count()) == (2, 0, 2)


def test_feeds_of_one_host_are_not_due_at_once_and_none_waits_long():
    feeds = imported(*(line(f"https://a.example/{n}") for n in range(5)), line("https://b.example/"))
    waits = [feed.next_poll_at - NOW for feed in feeds]
    assert waits == [timedelta(seconds=30) * n for n in range(5)] + [timedelta(0)]
    many = imported(*(line(f"https://c.example/{n}") for n in range(500)))
    assert max(feed.next_poll_at for feed in many) < NOW + timedelta(hours=1)
    assert len({feed.next_poll_at for feed in many}) == 500


def test_what_is_exported_comes_back_as_it_was():
    make_feed("Süd & Nord", outlet=make_outlet("The “Globe”"), homepage="https://news.example/", language="de")
    make_feed("Paused", state="paused"), make_feed("Archive", state="archive")
    facts = ("title", "address", "homepage", "outlet__name", "language")
    before = set(Feed.objects.exclude(state="archive").values_list(*facts))
    written = opml.write(feed_lists.exported(), title="Ours", at=NOW)
    Feed.objects.all().delete()
    imported(*opml.read(written))
    assert set(Feed.objects.values_list(*facts)) == before


def test_two_imports_at_once_add_each_feed_once(at_once):
    lines = [line(f"https://a.example/{n}") for n in range(20)]
    results = at_once(lambda: imported(*lines), lambda: imported(*lines))
    assert at_once(Feed.objects.count, Decision.objects.count) == [20, 20]
    assert sorted(len(r) if isinstance(r, list) else -1 for r in results)[-1] == 20
