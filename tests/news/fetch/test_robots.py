from datetime import timedelta

import pytest

from news.fetch.connections import Fetched
from news.fetch.robots import allows, delay, robots_address, rules

PAGE = "https://news.example/world/story-1?id=2"


def said(text="", *, status=200, error=""):
    return rules(Fetched(address="", final_address="", status=status, body=text.encode(), error=error))


def test_the_rules_lie_at_the_root_of_the_site():
    assert robots_address("https://news.example:8443/a/b?c=d") == "https://news.example:8443/robots.txt"


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("<!doctype html><html>not found</html>", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /world/", False),
        ("User-agent: *\nDisallow: /*?id=", False),
        ("User-agent: *\nDisallow: /\nAllow: /world/", True),
        ("User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /", True),
        ("User-agent: GPTBot\nUser-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Hindcast\nAllow: /", True),
        ("User-agent: *\nAllow: /\n\nUSER-AGENT : hindcast/0.1 # us\nDisallow: /world", False),
        ("User-agent: hind\nDisallow: /", True),
    ],
)
def test_a_page_is_read_where_the_rules_for_us_allow_it(text, allowed):
    assert allows(said(text), PAGE) is allowed


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_site_without_rules_allows_everything(status):
    assert said(status=status, error=f"The server answered {status}.") == ""


@pytest.mark.parametrize("status", [0, 429, 500, 503])
def test_a_site_that_fails_is_not_read_now(status):
    assert said(status=status, error="It failed.") is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("10", 10), ("0.5", 0.5), ("86400", 600), ("-1", 0), ("soon", 0), ("inf", 0), ("1e300", 600)],
)
def test_a_delay_is_honoured_up_to_ten_minutes(text, seconds):
    assert delay(said(f"User-agent: *\nCrawl-delay: {text}")) == timedelta(seconds=seconds)


def test_rules_for_very_many_robots_do_not_take_long():
    text = "".join(f"User-agent: robot{n}\n" for n in range(12_000)) + "User-agent: *\n" + "Disallow: /w\n" * 12_000
    assert not allows(said(text), PAGE)


def test_rules_that_are_no_text_are_survived():
    answer = Fetched(address="", final_address="", status=200, body=bytes(range(256)) * 4000)
    assert allows(rules(answer), PAGE)
