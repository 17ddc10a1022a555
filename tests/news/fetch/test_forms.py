"""What is sent, rather than fetched: a form, as hubs take it."""

import pytest

from news.fetch.connections import Limits, Request, fetch_many
from tests.hub_site import HubSite

LIMITS = Limits(total_seconds=5, connect_seconds=2, idle_seconds=2, allowed_networks=("127.0.0.0/8",))
FORM = (("hub.mode", "subscribe"), ("hub.topic", "https://n.example/?a=1&b=ü"))


@pytest.fixture
def hub():
    with HubSite() as running:
        yield running


def send(address, **options):
    return fetch_many([Request(address=address, form=FORM)], limits=LIMITS, user_agent="Test/1", **options)[0]


@pytest.mark.parametrize("status", [200, 202, 204])
def test_a_form_arrives_as_it_was_and_any_2xx_is_well(hub, status):
    hub.status = status
    answer = send(hub.address)
    assert (answer.status, answer.error, answer.body) == (status, "", b"")
    assert hub.asked == [dict(FORM)]


@pytest.mark.parametrize("status", [400, 404, 500])
def test_a_form_that_is_not_taken_is_an_error_in_words(hub, status):
    hub.status = status
    assert send(hub.address).error.startswith(f"The server answered {status} ")


@pytest.mark.parametrize("status", [307, 308])
def test_a_form_follows_a_redirect_that_keeps_it(hub, status):
    with HubSite(status=status, headers={"Location": hub.address}) as old:
        assert send(old.address).error == ""
    assert hub.asked == [dict(FORM)]


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_redirect_that_would_lose_the_form_is_not_followed(hub, status):
    with HubSite(status=status, headers={"Location": hub.address}) as old:
        assert send(old.address).error.endswith(f"in a way that would lose it ({status}).")
    assert hub.asked == []


def test_a_form_is_not_sent_past_the_guard(hub):
    answer = fetch_many([Request(address=hub.address, form=FORM)], limits=Limits(), user_agent="Test/1")[0]
    assert answer.error.startswith("This address leads to this machine")
    assert hub.asked == []
