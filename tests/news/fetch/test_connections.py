import asyncio
import gzip
import socket
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import brotli
import pytest
from aiohttp.abc import AbstractResolver
from backports import zstd

from news.fetch.connections import Limits, Request, fetch_many
from tests.loopback import Site, redirect, reply

LOOPBACK = ("127.0.0.0/8",)
QUICK = Limits(total_seconds=2, connect_seconds=1, idle_seconds=0.5, allowed_networks=LOOPBACK)
BOMB = b"\0" * 30_000_000


@pytest.fixture
def site():
    with Site() as running:
        yield running


def get(address, *, limits=QUICK, resolver=None, **validators):
    requests = [Request(address=address, **validators)]
    return fetch_many(requests, limits=limits, user_agent="Test/1", resolver=resolver)[0]


def raw(*pieces, then=lambda asked: None):
    """The pieces as they are, then whatever the server does before it closes."""

    def answer(asked, write):
        for piece in pieces:
            write(piece)
        then(asked)

    return answer


def endless(asked, write):
    write(b"HTTP/1.1 200 OK\r\n\r\n")
    while not asked.stop.is_set():
        write(b"x" * 65536)


def drip(asked, write):
    write(b"HTTP/1.1 200 OK\r\n\r\n")
    while not asked.stop.wait(0.1):
        write(b"x")


def until_stopped(asked):
    asked.stop.wait(30)


def test_a_document_comes_with_its_headers_in_lower_case(site):
    got = get(site.at("/feed", reply(b"<rss/>", ETag='"1"', Content_Type="text/xml")))
    assert (got.status, got.body, got.error, got.moved_permanently_to) == (200, b"<rss/>", "", "")
    assert (got.headers["etag"], got.headers["content-type"]) == ('"1"', "text/xml")
    assert got.final_address == got.address


def test_the_server_is_told_who_asks_and_what_is_known(site):
    got = get(site.at("/feed", reply(b"", status=304)), etag='W/"1"', last_modified="Mon, 01 Jun 2026 10:00:00 GMT")
    headers = site.asked[0].headers
    assert (got.status, got.body, got.error) == (304, b"", "")
    assert (headers["user-agent"], headers["if-none-match"]) == ("Test/1", 'W/"1"')
    assert headers["if-modified-since"] == "Mon, 01 Jun 2026 10:00:00 GMT"


def test_answers_stand_in_the_order_of_the_requests(site):
    addresses = [site.at(f"/{n}", reply(str(n).encode())) for n in range(20)]
    got = fetch_many([Request(address=address) for address in addresses], limits=QUICK, user_agent="Test/1")
    assert [answer.body for answer in got] == [str(n).encode() for n in range(20)]


def test_nothing_asked_is_nothing_fetched():
    assert fetch_many([], limits=QUICK, user_agent="Test/1") == []


def test_a_host_sees_at_most_two_connections(site):
    def slowly(asked, write):
        asked.stop.wait(0.05)
        reply(b"x")(asked, write)

    addresses = [site.at(f"/{n}", slowly) for n in range(12)]
    got = fetch_many([Request(address=address) for address in addresses], limits=QUICK, user_agent="Test/1")
    assert [answer.error for answer in got] == [""] * 12
    assert site.most_at_once <= 2


def test_one_bad_server_leaves_the_others_alone(site):
    site.answers = {"/bad": raw(b"rubbish\r\n\r\n"), "/good": reply(b"x")}
    requests = [Request(address=site.url("/bad")), Request(address="nonsense"), Request(address=site.url("/good"))]
    bad, nonsense, good = fetch_many(requests, limits=QUICK, user_agent="Test/1")
    assert bad.error == "The server's answer is not proper HTTP."
    assert nonsense.error == "The address must begin with http:// or https://."
    assert good.body == b"x"


def test_a_caller_inside_an_event_loop_is_answered_too(site):
    address = site.at("/", reply(b"x"))

    async def ask():
        return get(address)

    with ThreadPoolExecutor(1) as elsewhere:  # a browser test may have left its loop in this thread
        assert elsewhere.submit(asyncio.run, ask()).result(timeout=30).body == b"x"


# Where an address leads


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "127.1", "0x7f.0.0.1"])
def test_a_loopback_address_is_refused_however_it_is_written(site, host):
    address = site.at("/", reply(b"secret")).replace("127.0.0.1", host)
    got = get(address, limits=Limits(total_seconds=5, connect_seconds=2))
    assert (got.status, got.body, site.asked) == (0, b"", [])
    assert got.error


def test_the_refusal_says_where_the_address_leads_and_how_to_allow_it(site):
    got = get(site.at("/", reply(b"secret")), limits=Limits())
    assert got.error == (
        "This address leads to this machine (127.0.0.1); allow it with HINDCAST_ALLOWED_NETWORKS if it is meant."
    )


def test_a_redirect_into_a_private_network_is_refused(site):
    got = get(site.at("/", redirect("http://169.254.169.254/latest/meta-data/")))
    assert (got.status, got.body) == (302, b"")
    assert got.error.startswith("This address leads to a link-local network (169.254.169.254)")


def test_a_redirect_to_a_file_is_refused(site):
    got = get(site.at("/", redirect("file:///etc/passwd")))
    assert got.error.startswith("The address redirects to one that is not opened. The address must begin with http")


class Fickle(AbstractResolver):
    """A name server that gives another answer each time it is asked."""

    def __init__(self, *answers):
        self.answers = list(answers)

    async def resolve(self, host, port=0, family=socket.AF_INET):
        ip = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        base = {"hostname": host, "port": port, "family": socket.AF_INET, "proto": 0, "flags": 0}
        return [{**base, "host": ip}]

    async def close(self):
        pass


def test_a_name_that_leads_to_a_private_network_is_refused(site):
    address = site.at("/", reply(b"secret")).replace("127.0.0.1", "rebind.example")
    got = get(address, limits=Limits(), resolver=Fickle("127.0.0.1"))
    assert (got.status, site.asked) == (0, [])
    assert "leads to this machine (127.0.0.1)" in got.error


def test_a_name_that_changes_its_answer_between_two_hops_is_refused(site):
    # The first hop, 127.0.0.1, is allowed; by the second the name leads elsewhere.
    site.at("/", redirect(site.url("/next").replace("127.0.0.1", "second.example")))
    first = site.url("/").replace("127.0.0.1", "first.example")
    limits = Limits(allowed_networks=("127.0.0.1/32",))
    got = get(first, limits=limits, resolver=Fickle("127.0.0.1", "127.0.0.9"))
    assert "leads to this machine (127.0.0.9)" in got.error
    assert len(site.asked) == 1


class Several(AbstractResolver):
    """A name server that knows several addresses of each host."""

    def __init__(self, *ips):
        self.ips = ips

    async def resolve(self, host, port=0, family=socket.AF_INET):
        base = {"hostname": host, "port": port, "family": socket.AF_INET, "proto": 0, "flags": 0}
        return [{**base, "host": ip} for ip in self.ips]

    async def close(self):
        pass


def test_the_next_address_of_a_name_is_tried_where_the_first_does_not_answer(site):
    address = site.at("/", reply(b"x")).replace("127.0.0.1", "several.example")
    got = get(address, resolver=Several("127.0.0.77", "127.0.0.1"))
    assert (got.error, got.body) == ("", b"x")


def test_each_address_of_a_name_is_judged(site):
    address = site.at("/", reply(b"secret")).replace("127.0.0.1", "several.example")
    got = get(address, limits=Limits(allowed_networks=("127.0.0.9/32",)), resolver=Several("127.0.0.9", "127.0.0.1"))
    assert "leads to this machine (127.0.0.1)" in got.error
    assert site.asked == []


# Redirects


def test_a_chain_of_permanent_redirects_is_reported(site):
    site.at("/a", redirect("/b", status=301))
    end = site.at("/c", reply(b"x"))
    site.at("/b", redirect(end, status=308))
    got = get(site.url("/a"))
    assert (got.status, got.body, got.final_address, got.moved_permanently_to) == (200, b"x", end, end)


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_chain_with_a_temporary_hop_moves_nothing(site, status):
    site.at("/a", redirect("/b", status=301))
    site.at("/b", redirect("/c", status=status))
    site.at("/c", reply(b"x"))
    got = get(site.url("/a"))
    assert (got.body, got.moved_permanently_to) == (b"x", "")


def test_five_redirects_are_followed_and_a_loop_ends(site):
    for n in range(5):
        site.at(f"/{n}", redirect(f"/{n + 1}"))
    site.at("/5", reply(b"x"))
    assert get(site.url("/0")).body == b"x"
    looping = get(site.at("/loop", redirect("/loop")))
    assert looping.error == "The address redirects more than 5 times."
    assert sum(asked.path == "/loop" for asked in site.asked) == 6


def test_a_redirect_to_nowhere_is_named(site):
    got = get(site.at("/", reply(b"", status=302)))
    assert got.error == "The server answered 302 but did not say where to go."


# Time and size


def test_a_server_that_never_answers_is_left(site):
    got = get(site.at("/", raw(then=until_stopped)))
    assert got.error == "The server went silent for 0.5 s."
    assert got.seconds > 0


def test_a_server_that_stops_in_the_middle_is_left(site):
    got = get(site.at("/", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", then=until_stopped)))
    assert (got.body, got.error) == (b"", "The server went silent for 0.5 s.")


def test_a_server_that_drips_is_left_when_the_time_is_up(site):
    assert get(site.at("/", drip)).error == "The server did not answer within 2 s."


def test_a_server_that_closes_early_is_named(site):
    assert "closed the connection" in get(site.at("/", raw())).error
    short = get(site.at("/short", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")))
    assert short.error == "The server closed the connection before the document was complete."


def test_a_port_where_nobody_listens_is_named():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    assert get(f"http://127.0.0.1:{port}/").error == "No connection to 127.0.0.1 could be made."


def test_a_name_that_does_not_exist_is_named():
    assert get("http://nowhere.invalid/").error == "No server was found under the name nowhere.invalid."


def test_an_endless_document_is_cut_off(site):
    limits = Limits(body_bytes=1_048_576, allowed_networks=LOOPBACK)
    got = get(site.at("/", endless), limits=limits)
    assert (got.body, got.error) == (b"", "The document is larger than 1 MiB.")


def test_headers_without_end_are_cut_off(site):
    def endless_headers(asked, write):
        write(b"HTTP/1.1 200 OK\r\n")
        while not asked.stop.is_set():
            write(b"X-Long: " + b"x" * 60_000 + b"\r\n")

    assert get(site.at("/", endless_headers)).error


PACKERS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda data: brotli.compress(data, quality=4),
    "zstd": zstd.compress,
    "gzip, gzip": lambda data: gzip.compress(gzip.compress(data)),
    "gzip, br": lambda data: brotli.compress(gzip.compress(data), quality=4),
}


@pytest.mark.parametrize("encoding", PACKERS)
def test_every_compression_that_is_offered_is_understood(site, encoding):
    body = b"<rss>" + b"news " * 50_000 + b"</rss>"
    got = get(site.at("/", reply(PACKERS[encoding](body), Content_Encoding=encoding)))
    assert (got.body == body, got.error) == (True, "")
    assert all(name in site.asked[0].headers["accept-encoding"] for name in encoding.split(", "))


@pytest.mark.parametrize("encoding", PACKERS)
def test_a_bomb_is_stopped_at_the_limit(site, encoding):
    got = get(site.at("/", reply(PACKERS[encoding](BOMB), Content_Encoding=encoding)))
    assert (got.body, got.error) == (b"", "The document is larger than 16 MiB.")


@pytest.mark.parametrize("encoding", PACKERS)
def test_a_compressed_document_that_ends_early_is_no_document(site, encoding):
    packed = PACKERS[encoding](bytes(range(256)) * 400)
    got = get(site.at("/", reply(packed[: len(packed) // 2], Content_Encoding=encoding)))
    assert (got.body, got.error) == (b"", "The compressed document ended early.")


def test_compression_that_is_unknown_or_a_lie_is_named(site):
    unknown = get(site.at("/a", reply(b"x", Content_Encoding="rot13")))
    assert unknown.error == "The document is compressed in a way that cannot be read (rot13)."
    lie = get(site.at("/b", reply(b"<rss/>", Content_Encoding="gzip")))
    assert lie.error == "The compressed document is damaged."


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "The server answered 404 Not Found."),
        (500, "The server answered 500 Internal Server Error."),
        (410, "gone for good"),
        (401, "lets only those in"),
        (206, "only a part"),
        (599, "answered 599."),
    ],
)
def test_an_answer_that_is_no_document_is_named(site, status, words):
    got = get(site.at("/", reply(b"<rss/>", status=status)))
    assert (got.status, got.body) == (status, b"")
    assert words in got.error


def test_waiting_for_a_free_place_does_not_use_up_the_time(site):
    """Eight slow answers, two at a time, take longer than one of them may."""

    def slowly(asked, write):
        asked.stop.wait(0.4)
        reply(b"x")(asked, write)

    addresses = [site.at(f"/{n}", slowly) for n in range(8)]
    limits = Limits(total_seconds=1, allowed_networks=LOOPBACK)
    got = fetch_many([Request(address=address) for address in addresses], limits=limits, user_agent="Test/1")
    assert [answer.error for answer in got] == [""] * 8


def test_the_bodies_of_a_batch_have_room_for_so_much_together(site):
    addresses = [site.at(f"/{n}", reply(b"x" * 1000)) for n in range(5)]
    limits = replace(QUICK, batch_bytes=3500)
    got = fetch_many([Request(address=address) for address in addresses], limits=limits, user_agent="Test/1")
    assert sum(answer.is_put_off for answer in got) == 2
    assert {answer.error for answer in got if answer.is_put_off} == {
        "The other documents of this batch left no room for it."
    }


def test_what_was_too_large_takes_no_room_from_the_others(site):
    large, small = site.at("/large", reply(b"x" * 4000)), site.at("/small", reply(b"x" * 1000))
    limits = replace(QUICK, body_bytes=2000, batch_bytes=1000)
    first, second = fetch_many([Request(address=large), Request(address=small)], limits=limits, user_agent="Test/1")
    assert not first.is_put_off
    assert first.error.startswith("The document is larger than")
    assert (second.is_put_off, len(second.body)) == (False, 1000)


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_patience_is_not_asked_for_the_rest_of_the_batch(site, status):
    addresses = [site.at(f"/{number}", reply(b"", status=status)) for number in range(8)]
    with Site(host="127.0.0.2") as other:
        addresses.append(other.at("/f", reply(b"<rss/>")))
        mine = frozenset({"127.0.0.1", "127.0.0.2"})
        requests = [Request(address=address, hosts=mine) for address in addresses]
        *answers, last = fetch_many(requests, limits=QUICK, user_agent="Test/1")
    left = [answer.onward for answer in answers if not answer.status]
    assert (len(left), last.body) == (8 - len(site.asked), b"<rss/>")
    assert 1 <= len(site.asked) <= 3
    assert left == addresses[len(site.asked) : 8]


def test_who_names_no_hosts_gets_an_answer_of_a_host_that_refuses(site):
    requests = [Request(address=site.at(f"/{number}", reply(b"", status=429))) for number in range(5)]
    answers = fetch_many(requests, limits=QUICK, user_agent="Test/1")
    assert [(answer.status, answer.onward) for answer in answers] == [(429, "")] * 5


def test_a_request_that_follows_another_call_waits_for_the_gap_and_others_go_first(site):
    limits = Limits(gap_seconds=0.3, allowed_networks=LOOPBACK)
    with Site(host="127.0.0.2") as other:
        follows = Request(address=site.at("/page", reply(b"x")), follows=True)
        first = Request(address=other.at("/", lambda asked, write: reply(str(len(site.asked)).encode())(asked, write)))
        got = fetch_many([follows, first], limits=limits, user_agent="Test/1")
    assert [answer.body for answer in got] == [b"x", b"0"]
