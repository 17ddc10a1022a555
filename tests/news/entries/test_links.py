import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.entries import links
from news.entries.links import absolute, canonical


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://X.org:443/a?b=2&a=1&utm_source=x&fbclid=1#top", "https://x.org/a?a=1&b=2"),
        ("https://x.org", "https://x.org/"),
        ("http://x.org:80/a", "http://x.org/a"),
        ("https://x.org/a?id=7&UTM_Campaign=y", "https://x.org/a?id=7"),
        ("https://x.org/a?", "https://x.org/a"),
        ("http://[2606:4700::1]:80/a", "http://[2606:4700::1]/a"),
        ("mailto:a@x.org", ""),
        ("", ""),
        ("http://[", ""),
    ],
)
def test_links_to_one_page_are_written_one_way(link, expected):
    assert canonical(link) == expected


def test_what_names_the_page_stays_in_the_query():
    assert canonical("https://x.org/?p=1") != canonical("https://x.org/?p=2")


@given(st.text(max_size=80))
def test_writing_canonically_twice_changes_nothing(text):
    once = canonical("https://x.org/" + text)
    assert canonical(once) == once


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("\n https://n.example/a b/1?x=ü \n", "https://n.example/a%20b/1?x=%C3%BC"),
        ("../p", "https://b.example/p"),
        ("//c.example/p", "https://c.example/p"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("http://[", ""),
        ("", ""),
        ("https://x.org/" + "a" * 3000, ""),
    ],
)
def test_links_are_absolute_and_lead_to_web_pages_only(link, expected):
    assert absolute(link, "https://b.example/d/") == expected


@pytest.mark.parametrize(
    "link",
    [
        "https://n.example",
        "https://n.example/",
        "https://n.example/a/b-c_d~e.html",
        "https://n.example/a?b=2&a=1&utm_source=rss&fbclid=x",
        "https://n.example/a?utm_source=rss",
        "https://n.example/a?",
        "https://n.example/a?b=1&",
        "https://n.example/a//b/../c?x=1&x=0",
    ],
)
def test_the_short_way_for_simple_links_ends_where_the_long_way_does(link):
    assert canonical(link) == links._canonical(link)
