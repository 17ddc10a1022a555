import hashlib
import hmac
from datetime import timedelta

import pytest

from news.fetch.addresses import networks
from news.polling import websub
from tests.makers import NOW

BODY, SECRET = b"<rss/>", "a secret"


@pytest.mark.parametrize("address", ["https://hindcast.example.org", "http://news.example.com:8080", "http://8.8.8.8"])
def test_hubs_reach_public_addresses(address):
    assert websub.reachable(address)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:8000", "localhost", "[::1]", "10.1.2.3", "[fd00::1]", "intranet", "a.local", "a.LAN.", "a.home.arpa"],
)
def test_hubs_are_not_asked_where_they_could_not_call_back(host):
    assert not websub.reachable(f"http://{host}")


def test_a_hub_in_an_allowed_network_reaches_us_there():
    assert websub.reachable("http://10.1.2.3", allowed=networks(["10.1.0.0/16"]))
    assert not websub.reachable("http://10.2.2.3", allowed=networks(["10.1.0.0/16"]))


def test_a_hub_out_in_the_world_cannot_call_back_into_an_allowed_network():
    inside = {"base_url": "http://10.1.2.3", "allowed": ["10.1.0.0/16"]}
    assert websub.calls_back("http://10.1.9.9/hub", **inside)
    assert not websub.calls_back("https://hub.example.org/", **inside)
    assert websub.calls_back("https://hub.example.org/", base_url="https://hindcast.example.org")


def test_a_question_carries_secret_and_lease_and_a_goodbye_neither():
    form = dict(websub.question("subscribe", topic="t", callback="c", secret="s"))
    assert form == {
        "hub.mode": "subscribe",
        "hub.topic": "t",
        "hub.callback": "c",
        "hub.secret": "s",
        "hub.lease_seconds": "864000",
    }
    assert "hub.secret" not in dict(websub.question("unsubscribe", topic="t", callback="c", secret="s"))


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_a_signature_by_each_method_of_the_recommendation_is_known(method):
    digest = hmac.new(SECRET.encode(), BODY, getattr(hashlib, method)).hexdigest()
    assert websub.is_signed(BODY, header=f"{method}={digest}", secret=SECRET)
    assert websub.is_signed(BODY, header=f"{method.upper()}={digest.upper()}", secret=SECRET)
    assert not websub.is_signed(BODY + b" ", header=f"{method}={digest}", secret=SECRET)
    assert not websub.is_signed(BODY, header=f"{method}={digest[:-1]}", secret=SECRET)


@pytest.mark.parametrize("header", ["", "sha256", "sha256=", "md5=00", "sha256=é", "=", "sha256=00\n"])
def test_a_signature_that_is_none_is_wrong(header):
    assert not websub.is_signed(BODY, header=header, secret=SECRET)


def said(**fields):
    return websub.verification({f"hub.{name}": value for name, value in fields.items()})


@pytest.mark.parametrize(
    ("seconds", "lease"),
    [("86400", timedelta(days=1)), ("1", timedelta(hours=1)), ("999999999999", timedelta(days=30))]
    + [(text, websub.LEASE_ASKED) for text in ("", "-5", "1e9", "²", "9" * 40)],
)
def test_a_lease_is_believed_within_bounds(seconds, lease):
    assert said(mode="subscribe", topic="t", challenge="c", lease_seconds=seconds).lease == lease


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"mode": "subscribe", "topic": "t"},
        {"mode": "subscribe", "challenge": "c"},
        {"mode": "publish", "topic": "t", "challenge": "c"},
        {"mode": "subscribe", "topic": "t", "challenge": "c" * 1001},
        {"mode": "denied"},
    ],
)
def test_what_is_no_question_is_not_answered(fields):
    assert said(**fields) is None


def test_a_denial_needs_no_challenge():
    assert said(mode="denied", topic="t", reason="no such topic").reason == "no such topic"


def test_a_promise_is_renewed_well_before_it_lapses():
    assert websub.renewed_at(NOW, lease=timedelta(days=10)) == NOW + timedelta(days=8)


def test_a_hub_that_fails_is_left_alone_for_longer_each_time():
    waits = [websub.wait(failures) for failures in range(12)]
    assert waits[:4] == [timedelta(hours=hours) for hours in (1, 1, 2, 4)]
    assert waits[-1] == websub.wait(10**9) == timedelta(days=7)


@pytest.mark.parametrize(("minutes", "slowed"), [(10, 40), (60, 240), (600, 1440), (1440, 1440), (3000, 3000)])
def test_a_feed_whose_news_is_pushed_is_polled_a_fourth_as_often_but_once_a_day(minutes, slowed):
    assert websub.slowed(timedelta(minutes=minutes)) == timedelta(minutes=slowed)
