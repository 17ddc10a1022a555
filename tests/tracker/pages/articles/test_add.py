import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.loopback import Site, reply
from tests.makers import make_curator, make_user
from tracker.models import Article, Claim, Outlet

pytestmark = pytest.mark.django_db
TEXT = (
    "Xi Jinping came to Moscow for the parade, and the talks went on for two days.\n\n"
    "Xi is not expected to make concessions to Putin before the end of 2025.\n\n"
    "Analysts say that China will gain from the disorder in Washington.\n\n"
    "The parade itself lasted for about two hours and was watched by many guests from abroad."
)
PAGE = "<html><head><title>Xi in Moscow</title></head><body><article><h1>Xi in Moscow</h1>{}</article></body></html>"
FACTS = {
    "title": "Xi in Moscow",
    "authors": "Ryan Hass; Ada Analyst",
    "outlet": "Brookings",
    "published_on": "2025-05-09",
}


@pytest.fixture
def curator(client):
    curator = make_curator("carla")
    client.force_login(curator)
    return curator


def told(answer, field: str) -> str:
    """The error beside a field."""
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page, page
    return page.split(f'id="id_{field}_error">')[1].split("</p>")[0]


def test_a_pasted_text_becomes_an_article_with_proposed_claims(client, curator):
    answer = client.post("/articles/add/", FACTS | {"text": TEXT}, follow=True)
    article = Article.objects.get()
    assert article.text == TEXT
    assert [signature.author.name for signature in article.authorship_set.all()] == ["Ryan Hass", "Ada Analyst"]
    assert (article.outlet.name, article.imported_by) == ("Brookings", "carla")
    claims = list(Claim.objects.all())
    assert claims
    assert all(article.text[claim.start : claim.end] == claim.quote for claim in claims)
    assert "Proposed claims" in answer.content.decode()


def test_the_same_text_leads_to_the_article_that_is_here(client, curator):
    client.post("/articles/add/", FACTS | {"text": TEXT})
    pasted = TEXT.replace("\n", "\r\n") + "\r\n"
    answer = client.post("/articles/add/", FACTS | {"title": "Another", "text": pasted}, follow=True)
    assert answer.redirect_chain == [("/articles/xi-in-moscow/", 302)]
    assert "This text is here already." in answer.content.decode()
    assert Article.objects.count() == 1


def test_a_text_file_is_taken_as_it_stands(client, curator):
    text = "\ufeff" + TEXT.replace("\n", "\r\n")
    client.post("/articles/add/", FACTS | {"file": SimpleUploadedFile("a.txt", text.encode())})
    assert Article.objects.get().text == TEXT


def test_a_saved_page_is_cleaned_and_gives_its_title(client, curator):
    body = "".join(f"<p>{line}</p>" for line in TEXT.split("\n\n"))
    page = SimpleUploadedFile("a.html", PAGE.format(body).encode())
    client.post("/articles/add/", {"file": page, "published_on": "2025-05-09"})
    article = Article.objects.get()
    assert article.title == "Xi in Moscow"
    assert "<p>" not in article.text
    assert "Xi is not expected to make concessions" in article.text


def test_a_page_is_fetched_from_its_address(client, curator, settings):
    settings.HINDCAST_ALLOWED_NETWORKS = ("127.0.0.0/8",)
    body = PAGE.format("".join(f"<p>{line}</p>" for line in TEXT.split("\n\n")))
    with Site() as site:
        site.answers["/a"] = reply(body.encode(), Content_Type="text/html")
        client.post("/articles/add/", {"address": site.url("/a"), "published_on": "2025-05-09"})
        assert Article.objects.get().address == site.url("/a")


def test_a_private_address_is_refused_in_words(client, curator):
    with Site() as site:
        answer = client.post("/articles/add/", FACTS | {"address": site.url("/a")})
        assert site.asked == []
    assert "leads to this machine" in told(answer, "address")


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (b"<html><form>Sign in<input type='password'></form></html>", "text/html", "asks to sign in"),
        (b"%PDF-1.7 \x00\x01", "application/pdf", "leads to application/pdf"),
        (b"", "text/plain", "empty"),
    ],
)
def test_an_address_without_an_article_is_told_beside_it(client, curator, settings, body, kind, words):
    settings.HINDCAST_ALLOWED_NETWORKS = ("127.0.0.0/8",)
    with Site() as site:
        site.answers["/a"] = reply(body, Content_Type=kind)
        answer = client.post("/articles/add/", FACTS | {"address": site.url("/a")})
    assert words in told(answer, "address")
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200), "not text"),
        (b"\x81\x8d\x8f\x90\x9d" * 50, "cannot be read"),
        (b"word " * 1_100_000, "larger than 5 MB"),
        (b"word " * 500_000, "2,500,000 characters"),
    ],
    ids=["empty", "picture", "undecodable", "over five megabytes", "too many characters"],
)
def test_a_file_that_is_no_article_is_told_in_words(client, curator, data, words):
    answer = client.post("/articles/add/", FACTS | {"file": SimpleUploadedFile("a.txt", data)})
    assert words in answer.content.decode()
    assert answer.status_code == 422
    assert not Article.objects.exists()


def test_a_pasted_text_that_is_too_long_is_told_in_words(client, curator):
    assert "larger than 5 MB" in told(client.post("/articles/add/", FACTS | {"text": "word " * 1_100_000}), "text")


def test_nothing_given_and_two_things_given_are_told_beside_the_field(client, curator):
    assert "Paste the text, upload a file or give an address." in told(client.post("/articles/add/", FACTS), "text")
    both = FACTS | {"text": TEXT, "file": SimpleUploadedFile("a.txt", TEXT.encode())}
    assert "not both" in told(client.post("/articles/add/", both), "file")


def test_title_and_day_are_asked_for_where_nothing_gives_them(client, curator):
    answer = client.post("/articles/add/", {"text": TEXT})
    assert "Give the article" in told(answer, "title")
    assert "Give the day" in told(answer, "published_on")
    assert not Outlet.objects.exists()


def test_a_day_to_come_is_refused(client, curator):
    day = f"{timezone.now().year + 1}-01-01"
    assert "has not come yet" in told(
        client.post("/articles/add/", FACTS | {"text": TEXT, "published_on": day}), "published_on"
    )


def test_what_was_typed_stays_in_the_form(client, curator):
    assert "Ryan Hass; Ada Analyst" in client.post("/articles/add/", FACTS).content.decode()


def test_only_curators_add_articles(client):
    assert client.get("/articles/add/").url.startswith("/account/sign-in/")
    client.force_login(make_user())
    assert client.post("/articles/add/", FACTS | {"text": TEXT}).status_code == 403
    assert not Article.objects.exists()


def test_an_article_for_the_language_model_waits_for_the_job(client, curator, settings):
    settings.HINDCAST_LLM_READS = frozenset({"claims"})
    answer = client.post("/articles/add/", {**FACTS, "text": TEXT}, follow=True)
    assert "The language model reads it within a few minutes." in answer.content.decode()
    assert (Article.objects.get().extracted_at, Claim.objects.count()) == (None, 0)


def test_an_article_keeps_the_language_that_its_text_shows(client, curator):
    german = "Der Hafen ist alt, und der neue Kai wird im März nicht von der Stadt eröffnet."
    answer = client.post("/articles/add/", {**FACTS, "text": german}, follow=True)
    assert Article.objects.get().language == "de"
    assert '<div class="read" lang="de">' in answer.content.decode()
