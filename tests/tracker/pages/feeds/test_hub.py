"""What the address that hubs call answers, and what it does not."""

import hashlib
import hmac

import pytest
from django.utils import timezone

from news.polling.websub import MAX_PUSHED_BYTES
from tests.makers import make_feed
from tracker.models import Push, PushedDocument

pytestmark = pytest.mark.django_db
TOPIC = "https://news.example/world.xml?a=1&b=2"


@pytest.fixture
def row():
    feed = make_feed(hub="https://hub.example/", topic=TOPIC)
    now = timezone.now()
    return Push.objects.create(
        feed=feed, hub=feed.hub, topic=TOPIC, path="abc", secret="s", state=Push.State.ASKED, asked_at=now
    )


def ask(client, path="abc", **said):
    said = {"mode": "subscribe", "topic": TOPIC, "challenge": "42", "lease_seconds": "86400", **said}
    return client.get(f"/hub/{path}/", {f"hub.{name}": value for name, value in said.items()})


def send(client, body=b"<rss/>", **headers):
    digest = hmac.new(b"s", body, hashlib.sha256).hexdigest()
    headers = {"x-hub-signature": f"sha256={digest}", **headers}
    return client.post("/hub/abc/", body, content_type="application/rss+xml", headers=headers)


def test_a_challenge_is_plain_text_that_no_browser_takes_for_markup(client, row):
    answer = ask(client, challenge="<script>alert(1)</script>")
    assert (answer.status_code, answer.text) == (200, "<script>alert(1)</script>")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies


@pytest.mark.parametrize(
    "said",
    [
        {"topic": TOPIC + "&c=3"},
        {"topic": TOPIC.upper()},
        {"mode": "unsubscribe"},
        {"mode": "denied", "topic": "https://other.example/"},
        {"challenge": ""},
        {"path": "abcd"},
    ],
)
def test_what_was_not_asked_for_is_not_confirmed(client, row, said):
    assert ask(client, **said).status_code == 404
    row.refresh_from_db()
    assert row.state == Push.State.ASKED


@pytest.mark.parametrize("state", [Push.State.WANTED, Push.State.DENIED, Push.State.ENDED])
def test_nothing_is_confirmed_while_nothing_is_asked(client, row, state):
    Push.objects.update(state=state)
    assert ask(client).status_code == 404


def test_what_is_sent_is_kept_as_it_came(client, row):
    assert send(client, b"<rss>\xff</rss>").status_code == 202
    document = PushedDocument.objects.get()
    assert (bytes(document.body), document.content_type) == (b"<rss>\xff</rss>", "application/rss+xml")
    row.refresh_from_db()
    assert row.last_push_at == document.received_at


def test_a_document_that_is_too_large_is_refused(client, row):
    assert send(client, b"x" * MAX_PUSHED_BYTES).status_code == 202
    assert send(client, b"x" * (MAX_PUSHED_BYTES + 1)).status_code == 413
    assert PushedDocument.objects.count() == 1


def test_nobody_learns_whether_a_signature_was_right(client, row):
    right, wrong = send(client), send(client, **{"x-hub-signature": "sha256=0"})
    assert (right.status_code, right.content) == (wrong.status_code, wrong.content)


def test_what_is_sent_for_a_paused_feed_is_dropped(client, row):
    row.feed.state = "paused"
    row.feed.save()
    assert send(client).status_code == 202
    assert not PushedDocument.objects.exists()


def test_an_unknown_address_takes_nothing(client):
    assert send(client).status_code == 404


def test_other_methods_are_refused(client, row):
    assert client.put("/hub/abc/").status_code == 405
