"""JSON that is sent, and whose answer is read whatever it says."""

import json

from news.fetch.connections import Limits, Request, fetch_many
from tests.loopback import Site, redirect, reply

LIMITS = Limits(allowed_networks=("127.0.0.0/8",), redirects=0)
SENT = Request(address="", content=b'{"a": 1}', headers=(("Authorization", "Bearer secret"),))


def post(address):
    request = Request(address=address, content=SENT.content, headers=SENT.headers)
    return fetch_many([request], limits=LIMITS, user_agent="Test/1")[0]


def test_content_is_sent_as_json_with_its_headers_and_the_answer_is_read():
    with Site() as site:
        got = post(site.at("/v1", reply(b'{"b": 2}')))
    (asked,) = site.asked
    assert (asked.headers["content-type"], asked.headers["authorization"]) == ("application/json", "Bearer secret")
    assert json.loads(asked.body) == {"a": 1}
    assert (got.error, got.body) == ("", b'{"b": 2}')


def test_a_refusal_is_read_for_its_reason():
    with Site() as site:
        got = post(site.at("/v1", reply(b"no such model", status=400)))
    assert (got.status, got.body) == (400, b"no such model")
    assert got.error == "The server answered 400 Bad Request."


def test_content_and_its_key_follow_no_redirect():
    with Site() as site, Site("127.0.0.9") as other:
        got = post(site.at("/v1", redirect(other.at("/v1", reply(b"{}")), status=307)))
    assert got.error == "The address redirects elsewhere."
    assert other.asked == []
