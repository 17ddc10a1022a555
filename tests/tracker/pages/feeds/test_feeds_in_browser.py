"""The people's side of feeds and stories, used as a curator uses it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.barriers import bars_nobody
from tests.loopback import Site, reply
from tests.makers import make_claim, make_entry, make_evidence, make_feed, make_position, make_proposition
from tracker.models import Attempt, Feed, Host, Revision

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = """<opml version="2.0"><body><outline text="Globe" type="outlet">
<outline text="World" xmlUrl="https://a.example/world.xml"/><outline text="Broken" xmlUrl="ftp://c.example/"/>
</outline></body></opml>"""


def rss(title):
    item = f"<item><title>News of {title}</title><link>https://news.example/1</link></item>"
    return reply(f"<rss version='2.0'><channel><title>{title}</title>{item}</channel></rss>".encode())


def test_a_site_is_added_by_its_home_page(curator_page, live_server, settings):
    settings.HINDCAST_ALLOWED_NETWORKS = ["127.0.0.0/8"]
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="/{name}.xml">' for name in ("asia", "world")
    )
    with Site() as site:
        home = site.at("/", reply(f"<!doctype html><title>News</title>{links}".encode(), Content_Type="text/html"))
        site.at("/asia.xml", rss("Asia")), site.at("/world.xml", rss("World"))
        curator_page.goto(f"{live_server.url}/feeds/add/")
        bars_nobody(curator_page)
        curator_page.get_by_role("textbox", name="Address").fill(home)
        curator_page.get_by_role("button", name="Look for feeds").click()
        curator_page.get_by_role("heading", name="Two feeds of News").wait_for()
        bars_nobody(curator_page)
        curator_page.get_by_role("button", name="Choose World").click()
        curator_page.get_by_text("News of World").wait_for()
        bars_nobody(curator_page)
        curator_page.get_by_label("Outlet").fill("Globe")
        curator_page.get_by_role("button", name="Follow this feed").click()
    curator_page.get_by_text("“World” is followed").wait_for()
    assert Feed.objects.get().outlet.name == "Globe"


def test_a_list_is_checked_and_then_added(curator_page, live_server):
    curator_page.goto(f"{live_server.url}/feeds/import/")
    bars_nobody(curator_page)
    file = {"name": "feeds.opml", "mimeType": "text/x-opml", "buffer": LIST.encode()}
    curator_page.get_by_label("OPML file").set_input_files(file)
    curator_page.get_by_role("button", name="Check the list").click()
    curator_page.get_by_text("The address must begin with http").wait_for()
    bars_nobody(curator_page)
    curator_page.get_by_role("button", name="Add one feed").click()
    curator_page.get_by_text("One feed added").wait_for()
    assert Feed.objects.get().title == "World"


def test_a_feed_in_trouble_is_understood_and_mended(curator_page, live_server):
    now = timezone.now()
    host = Host.objects.create(name="news.example")
    feed = make_feed("World", state="stopped", last_error="Gone (410).", host=host, moved_to="https://b.example/")
    for number, fact in enumerate([{"new_entries": 3}, {"status": 304}, {"error": "Gone (410).", "status": 410}]):
        Attempt.objects.create(feed=feed, at=now - timedelta(hours=3 - number), **fact)
    make_evidence(make_position(make_claim()).proposition, entry=make_entry(feed=feed))
    curator_page.goto(f"{live_server.url}/feeds/")
    curator_page.get_by_role("link", name="World").click()
    curator_page.get_by_role("img", name="The last three attempts").wait_for()
    curator_page.get_by_text("The same as a table").click()
    curator_page.get_by_text("Change its address").click()
    bars_nobody(curator_page)
    curator_page.get_by_label("Address").fill("https://news.example/new.xml")
    curator_page.get_by_role("button", name="Save").click()
    curator_page.get_by_text("The changes to the feed are saved.").wait_for()
    curator_page.get_by_role("button", name="Resume").click()
    curator_page.get_by_text("will be polled again").wait_for()
    assert (Feed.objects.get().address, Feed.objects.get().state) == ("https://news.example/new.xml", "active")


def test_a_story_is_split_and_joined_again(curator_page, live_server):
    first = make_entry("Gazprom announces a memorandum")
    second = make_entry("Memorandum announced by Gazprom", story=first.story)
    second.revisions.update(is_current=False)
    Revision.objects.create(
        entry=second, number=2, title="Gazprom memorandum announced", content_sha256="2", seen_at=timezone.now()
    )
    make_position(make_claim(), proposition=make_evidence(make_proposition(), entry=first).proposition)
    curator_page.goto(f"{live_server.url}/stories/{first.story_id}/")
    bars_nobody(curator_page)
    curator_page.get_by_text("Split off").last.click()
    curator_page.get_by_label("Why is this another report?").last.fill("another deal")
    curator_page.get_by_role("button", name="Make it a story of its own").last.click()
    curator_page.get_by_text("It is a story of its own now").wait_for()
    curator_page.get_by_label("Gazprom announces a memorandum").check()
    bars_nobody(curator_page)
    curator_page.get_by_label("Why are they one report?").fill("it is not")
    curator_page.get_by_role("button", name="Join").click()
    curator_page.get_by_text("The two are one story now.").wait_for()
    assert first.story.entries.count() == 2
