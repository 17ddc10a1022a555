import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.makers import make_feed, make_outlet
from tracker.models import Decision, Feed

pytestmark = pytest.mark.django_db
LIST = """<opml version="1.0"><body><outline text="Globe">
<outline text="World" xmlUrl="https://a.example/world.xml"/>
<outline text="Here" xmlUrl="https://b.example/here.xml"/>
<outline text="Broken" xmlUrl="ftp://c.example/"/></outline></body></opml>"""


def signed(answer) -> str:
    return re.search(r'name="list" value="([^"]+)"', answer.content.decode())[1]


def test_a_list_is_shown_before_anything_is_stored(curator):
    make_feed("Known", address="https://b.example/here.xml")
    text = curator.post("/feeds/import/", {"text": LIST}).content.decode()
    for words in (
        "One new feed in the list",
        "one is followed already",
        "one cannot be added",
        "must begin with http",
        "Known",
    ):
        assert words in text
    assert Feed.objects.count() == 1


def test_what_was_shown_is_added_on_a_word(curator):
    answer = curator.post("/feeds/import/", {"text": LIST, "folders_are_outlets": "on"})
    said = curator.post("/feeds/import/add/", {"list": signed(answer)}, follow=True).content.decode()
    assert "Two feeds added" in said
    assert set(Feed.objects.values_list("title", "outlet__name")) == {("World", "Globe"), ("Here", "Globe")}
    assert Decision.objects.filter(verb="add feed", by="carla").count() == 2
    assert "here already" in curator.post("/feeds/import/add/", {"list": signed(answer)}, follow=True).content.decode()


def test_a_file_does_as_well_and_its_folders_are_no_outlets_by_themselves(curator):
    answer = curator.post("/feeds/import/", {"file": SimpleUploadedFile("list.opml", LIST.encode())})
    curator.post("/feeds/import/add/", {"list": signed(answer)})
    assert set(Feed.objects.values_list("outlet", flat=True)) == {None}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "The list is empty"),
        ({"text": "hello"}, "plain text, not OPML"),
        ({"file": SimpleUploadedFile("a.png", b"\x89PNG\r\n")}, "binary file"),
        ({"file": SimpleUploadedFile("a.opml", b"<opml>" + b" " * 2_100_000)}, "larger than 2 MB"),
        ({"text": LIST, "file": SimpleUploadedFile("a.opml", LIST.encode())}, "not both"),
    ],
)
def test_what_is_no_list_is_refused_in_words(curator, given, words):
    answer = curator.post("/feeds/import/", given)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_forged_list_is_not_added(curator):
    answer = curator.post("/feeds/import/add/", {"list": "forged"}, follow=True)
    assert "choose it once more" in answer.content.decode()
    assert not Feed.objects.exists()


def test_two_thousand_feeds_go_through(curator):
    rows = "".join(f'<outline text="Feed {n}" xmlUrl="https://host{n % 40}.example/{n}.xml"/>' for n in range(2000))
    answer = curator.post("/feeds/import/", {"text": f"<opml><body>{rows}</body></opml>"})
    curator.post("/feeds/import/add/", {"list": signed(answer)})
    assert Feed.objects.count() == 2000


def test_a_guest_may_have_our_list(client):
    make_feed("World", outlet=make_outlet("Globe"))
    answer = client.get("/feeds/feeds.opml")
    assert answer.headers["Content-Type"] == "text/x-opml; charset=utf-8"
    assert 'text="World"' in answer.content.decode()


@pytest.mark.parametrize("address", ["/feeds/import/", "/feeds/import/add/"])
def test_only_curators_import(client, address):
    assert "/account/sign-in/" in client.post(address).url
