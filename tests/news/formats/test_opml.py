from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.formats.opml import MAX_OUTLINES, Outline, UnreadableList, read, write

AT = datetime(2026, 2, 6, 9, 0, tzinfo=UTC)


def opml(body: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0"><head/>\n<body>{body}</body></opml>'.encode()


def feed(address="https://news.example/a.xml", text="World", **facts) -> str:
    more = "".join(f' {name}="{value}"' for name, value in facts.items())
    return f'<outline text="{text}" xmlUrl="{address}"{more}/>'


def test_feeds_come_in_order_with_title_home_page_folder_and_line():
    (one,) = read(
        opml(f'<outline text="News">\n<outline title="Asia">{feed(htmlUrl="https://n.example")}</outline></outline>')
    )
    assert (one.address, one.title, one.homepage) == ("https://news.example/a.xml", "World", "https://n.example/")
    assert (one.folder, one.outlet, one.line) == ("News / Asia", "", 4)


def test_a_folder_that_is_marked_as_an_outlet_names_it():
    one, two = read(opml(f'<outline text="Globe" type="outlet">{feed()}</outline>{feed("https://b.example/")}'))
    assert (one.outlet, two.outlet) == ("Globe", "")


@pytest.mark.parametrize("name", ["xmlUrl", "xmlurl", "XMLURL", "XmlUrl", "feedUrl"])
def test_other_spellings_of_the_address_are_read(name):
    (one,) = read(opml(f'<outline text="World" {name}="https://news.example/a.xml"/>'))
    assert one.address == "https://news.example/a.xml"


def test_a_feed_written_as_url_and_one_that_holds_others_are_read():
    lines = read(
        opml(f'<outline type="rss" url="https://a.example/"/><outline xmlUrl="https://b.example/">{feed()}</outline>')
    )
    assert len(lines) == 3


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "empty"),
        ("ftp://a.example/", "must begin with http"),
        ("https://u:p@a.example/", "password"),
        ("a b", "begin"),
    ],
)
def test_a_line_that_is_no_feed_says_why_and_holds_nothing_up(address, words):
    bad, good = read(opml(feed(address) + feed()))
    assert words in bad.refusal
    assert good.refusal == ""


def test_links_and_bare_words_are_no_feeds():
    assert len(read(opml(f'<outline text="x"/><outline type="link" url="https://a.example/"/>{feed()}'))) == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"https://news.example/a.xml", "plain text"),
        (b'{"feeds": []}', "plain text"),
        (b"<rss version='2.0'><channel/></rss>", "a feed itself"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "a feed itself"),
        (b"<!doctype html><html><body>x</body></html>", "a web page"),
        (b"<a/>", "not OPML"),
        (b"PK\x03\x04zip", "binary"),
        (b"%PDF-1.4", "binary"),
        (b"<", "damaged"),
        (b"<opml><body/></opml>", "no feed"),
        (b"<opml/>", "no feed"),
        (b"<opml><body>" + b"x" * (2 * 1024 * 1024), "larger than 2 MB"),
        (
            b'<!DOCTYPE o [<!ENTITY a "x">]><opml><body><outline text="&a;" xmlUrl="https://a.example/"/></body></opml>',
            "entities",
        ),
        ('<!DOCTYPE o [<!ENTITY a "x">]><opml/>'.encode("utf-16"), "entities"),
        (b"<!DOCTYPE o [ %x; ]><opml/>", "entities"),
    ],
)
def test_what_is_no_list_is_named_in_words(data, words):
    with pytest.raises(UnreadableList, match=words):
        read(data)


def test_a_list_may_be_long_but_not_longer():
    assert len(read(opml(feed() * MAX_OUTLINES))) == MAX_OUTLINES
    with pytest.raises(UnreadableList, match="more than 2,000"):
        read(opml(feed() * (MAX_OUTLINES + 1)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1", "cp1252", "nonsense"])
def test_characters_are_read_as_they_are_declared(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?><opml><body>{feed(text="Süd")}</body></opml>'
    assert read(text.encode("utf-8" if encoding == "nonsense" else encoding))[0].title == "Süd"


def test_markup_in_a_title_is_not_kept():
    assert read(opml(feed(text="&lt;b onclick=x&gt;Now&lt;/b&gt;")))[0].title == "Now"


@pytest.mark.parametrize("body", ["<outline text='x'>" * 100_000, feed() + "<outline <<< &bad;", feed() + "\0\0</b>"])
def test_damage_costs_what_comes_after_it_at_most(body):
    with suppress(UnreadableList):
        assert len(read(opml(body))) <= 1


WORDS = st.text(alphabet=st.characters(codec="utf-8"), max_size=20).map(lambda text: " ".join(text.split()))


@given(st.lists(st.tuples(WORDS, WORDS), max_size=8))
def test_a_written_list_is_read_again(rows):
    feeds = [Outline(line=n, address=f"https://a.example/{n}", title=t, outlet=o) for n, (t, o) in enumerate(rows)]
    if feeds:
        assert {one.address for one in read(write(feeds, title="Ours", at=AT))} == {one.address for one in feeds}


def test_what_is_written_is_opml_2_with_outlets_as_folders():
    one = Outline(
        line=1, address="https://a.example/?x=1&y=2", title="A & B", outlet="Globe", homepage="https://g.example/"
    )
    text = write([one], title="Ours", at=AT).decode()
    assert '<opml version="2.0">' in text
    assert "<dateCreated>Fri, 06 Feb 2026 09:00:00 GMT</dateCreated>" in text
    assert '<outline text="Globe" type="outlet">' in text
    assert 'type="rss" xmlUrl="https://a.example/?x=1&amp;y=2" htmlUrl="https://g.example/"' in text
