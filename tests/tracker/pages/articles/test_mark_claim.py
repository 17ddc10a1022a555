"""Claims marked by hand, in any language, from the text to an open question."""

import pytest

from tests.makers import NOW, make_article, make_curator, make_user
from tracker.jobs.claims.extract import extract
from tracker.models import Claim, Position

pytestmark = pytest.mark.django_db

GERMAN = "Der Hafen ist alt.\nDer neue Kai wird im März 2099 eröffnet, und die Stadt wird die Straße nicht ändern."
WORDS = "Der neue Kai wird im März 2099 eröffnet"


@pytest.fixture
def article():
    article = make_article("Ein Kai", text=GERMAN, language="de")
    extract(NOW)
    return article


def mark(client, article, **fields):
    return client.post(f"/articles/{article.slug}/mark/", {"words": WORDS, **fields})


def test_an_article_in_another_language_says_how_it_is_worked(client, article):
    client.force_login(make_curator())
    page = client.get(f"/articles/{article.slug}/").content.decode()
    assert '<div class="read" lang="de">' in page
    assert "It is written in German; only English is read." in page
    assert "mark its claims yourself" in page
    assert f'href="/articles/{article.slug}/mark/"' in page


def test_words_copied_from_the_text_become_a_claim_and_then_a_question(client, article):
    client.force_login(make_curator("ada"))
    sent = mark(client, article, speaker="Der Bürgermeister", deadline="31.03.2099")
    sent = (
        mark(client, article, speaker="Der Bürgermeister", deadline="2099-03-31") if sent.status_code == 422 else sent
    )
    claim = Claim.objects.get()
    assert sent.url == f"/proposals/{claim.pk}/accept/"
    assert (claim.quote, claim.speaker, claim.proposed_by) == (WORDS, "Der Bürgermeister", "ada")
    question = {
        "new-question": "Wird der neue Kai bis zum 31. März 2099 eröffnet?",
        "new-statement": "Der neue Kai wird bis zum 31. März 2099 eröffnet.",
        "new-resolution_criteria": "Ja, wenn die Hafenverwaltung die Eröffnung meldet.",
        "new-opens_on": "2025-05-09",
        "new-deadline": "2099-03-31",
        "new-title": "Der Kai wird eröffnet",
        "new-side": "yes",
    }
    opened = client.post(sent.url, question)
    assert opened.status_code == 302
    assert Position.objects.of_claims().get().proposition.question.startswith("Wird der neue Kai")


@pytest.mark.parametrize("words", ["Der neue Kai wird nie eröffnet", "", "x" * 1_501])
def test_words_that_are_not_in_the_text_are_refused(client, article, words):
    client.force_login(make_curator())
    answer = mark(client, article, words=words)
    assert answer.status_code == 422
    assert not Claim.objects.exists()


def test_the_same_words_are_one_claim(client, article):
    client.force_login(make_curator())
    mark(client, article)
    assert "These very words are a claim already." in mark(client, article).content.decode()


def test_only_a_curator_marks(client, article):
    assert mark(client, article).status_code == 302
    client.force_login(make_user())
    assert mark(client, article).status_code == 403
    assert not Claim.objects.exists()


def test_an_article_that_a_model_read_says_so(client):
    article = make_article(reading_note="Read by the language model small.")
    assert "Read by the language model small." in client.get(f"/articles/{article.slug}/").content.decode()
