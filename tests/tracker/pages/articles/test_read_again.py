"""Articles that a language model has left: a curator has them read again."""

import pytest

from tests.language_model import serving
from tests.loopback import reply
from tests.makers import NOW, make_article, make_curator, make_user
from tests.tracker.jobs.readings.test_claims import GERMAN, claims
from tracker.jobs.claims.extract import extract

pytestmark = pytest.mark.django_db
BUTTON = "Have the language model read it"


@pytest.fixture
def model(settings, monkeypatch):
    with serving(settings, monkeypatch, reads="foreign") as server:
        server.says(reply(b"", status=400), claims("Der neue Kai wird im März 2027 eröffnet"))
        yield server


@pytest.fixture
def article(model):
    article = make_article(text=GERMAN, language="de")
    extract(NOW)
    return article


def page_of(client, article):
    return client.get(f"/articles/{article.slug}/").content.decode()


def test_what_it_did_not_answer_on_is_read_when_a_curator_says_so(client, article):
    client.force_login(make_curator())
    assert BUTTON in page_of(client, article)
    client.post(f"/articles/{article.slug}/read/")
    extract(NOW)
    assert article.claims.get().proposed_by == "openai small prompt 1"
    page = page_of(client, article)
    assert BUTTON not in page
    assert "Read by the language model small." in page


def test_it_is_not_offered_without_a_model_nor_for_what_it_does_not_read(client, article, settings):
    client.force_login(make_curator())
    assert BUTTON not in page_of(client, make_article(extracted_at=NOW))
    settings.HINDCAST_LLM_READS = frozenset()
    assert BUTTON not in page_of(client, article)


def test_an_article_that_waits_is_not_left_twice(client, article):
    client.force_login(make_curator())
    client.post(f"/articles/{article.slug}/read/")
    answer = client.post(f"/articles/{article.slug}/read/", follow=True)
    assert "This article waits to be read already." in answer.content.decode()


def test_only_a_curator_does_so(client, article):
    client.force_login(make_user())
    assert client.post(f"/articles/{article.slug}/read/").status_code == 403
    assert BUTTON not in page_of(client, article)
