import io
import json
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.loopback import Site, reply
from tracker.models import Article, Claim

pytestmark = pytest.mark.django_db
TEXT = """\
Xi Jinping came to Moscow for the parade, and “talks” went on for two days. 😀

Analysts say that China will gain from the disorder in Washington.

Xi is not expected to make concessions to Putin before the end of 2025.
"""
SHARED = Path(__file__).resolve().parents[4] / "shared" / "seed" / "article.txt"


def imported(source: str, *options: str) -> dict:
    """What --json prints: one line, last on standard output."""
    out = io.StringIO()
    call_command("import_article", source, "--json", *options, stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue().splitlines()[-1])


@pytest.fixture
def article(tmp_path) -> str:
    path = tmp_path / "xi-in-moscow.txt"
    path.write_text(TEXT)
    return str(path)


def refused(source: str) -> str:
    with pytest.raises(CommandError) as error:
        imported(source)
    assert error.value.returncode == 2
    assert "\n" not in str(error.value)
    assert not Article.objects.exists()
    return str(error.value)


def test_a_file_becomes_an_article_whose_claims_quote_it_exactly(article):
    found = imported(
        article, "--author", "Ryan Hass", "--author", "Ada", "--outlet", "Brookings", "--published", "2025-05-09"
    )
    stored = Article.objects.get(pk=found["article"])
    assert (stored.title, found["slug"], found["new"]) == ("Xi in moscow", stored.slug, True)
    assert stored.authors.count() == 2
    assert all(TEXT[claim["start"] : claim["end"]] == claim["text"] for claim in found["claims"])
    (xi,) = [claim for claim in found["claims"] if "concessions" in claim["text"]]
    assert (xi["kind"], xi["speaker_kind"], xi["probability"], xi["deadline"]) == (
        "forecastable",
        "author",
        0.85,
        "2025-12-31",
    )
    (analysts,) = [claim for claim in found["claims"] if "Washington" in claim["text"]]
    assert (analysts["speaker_kind"], analysts["speaker"]) == ("unnamed", "Analysts")


def test_the_same_text_is_recognised_and_its_claims_are_given_again(article, tmp_path):
    first = imported(article)
    copy = tmp_path / "copy.txt"
    copy.write_bytes(b"\xef\xbb\xbf" + TEXT.strip().replace("\n", "\r\n").encode())
    second = imported(str(copy), "--title", "Another title")
    assert (first["new"], second["new"], first["article"]) == (True, False, second["article"])
    assert first["claims"] == second["claims"]
    assert Claim.objects.count() == len(first["claims"])


def test_standard_input_is_read(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    found = imported("-", "--title", "Piped")
    assert found["slug"] == "piped"


def test_a_page_is_fetched_and_cleaned(settings):
    settings.HINDCAST_ALLOWED_NETWORKS = ("127.0.0.0/8",)
    lines = "".join(
        f"<p>{line} It was a long day for everybody who took part in it.</p>" for line in TEXT.split("\n\n")
    )
    page = f"<html><head><title>Xi in Moscow</title></head><body><article>{lines}</article></body></html>"
    with Site() as site:
        found = imported(site.at("/a", reply(page.encode(), Content_Type="text/html")))
    stored = Article.objects.get(pk=found["article"])
    assert stored.title == "Xi in Moscow"
    assert all(stored.text[claim["start"] : claim["end"]] == claim["text"] for claim in found["claims"])


def test_without_json_people_can_read_it(article):
    out = io.StringIO()
    call_command("import_article", article, stdout=out)
    assert "“Xi in moscow” is in: /articles/xi-in-moscow/" in out.getvalue()
    assert "(said by Analysts)" in out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(300), "not text"),
        (b"\x81\x8d\x8f\x90\x9d" * 50, "cannot be read"),
        (b"word " * 1_100_000, "larger than 5 MB"),
    ],
    ids=["empty", "picture", "undecodable", "too large"],
)
def test_a_file_without_an_article_is_refused_in_one_line(tmp_path, data, words):
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert words in refused(str(path))


def test_an_unknown_file_and_a_folder_are_refused_in_one_line(tmp_path):
    assert "No such file" in refused(str(tmp_path / "none.txt"))
    assert "Is a directory" in refused(str(tmp_path))


def test_a_private_address_is_never_asked():
    with Site() as site:
        assert "leads to this machine" in refused(site.url("/a"))
        assert site.asked == []


def test_a_page_that_asks_to_sign_in_is_told_as_such(settings):
    settings.HINDCAST_ALLOWED_NETWORKS = ("127.0.0.0/8",)
    page = b"<html><body><form>Sign in<input type='password'></form></body></html>"
    with Site() as site:
        assert "asks to sign in" in refused(site.at("/a", reply(page, Content_Type="text/html")))


@pytest.mark.parametrize("day", ["2025-13-01", "yesterday", "9 May 2025"])
def test_a_day_must_be_one(article, day):
    with pytest.raises(CommandError, match="is no day"):
        imported(article, "--published", day)


def test_a_day_to_come_is_refused(article):
    with pytest.raises(CommandError, match="has not come"):
        imported(article, "--published", "2999-01-01")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the original article does not lie beside the checkout")
def test_the_original_article_gives_its_best_known_claims():
    found = imported(str(SHARED), "--published", "2025-05-09")
    text = SHARED.read_text()
    assert all(text[claim["start"] : claim["end"]] == claim["text"] for claim in found["claims"])
    xi = next(claim for claim in found["claims"] if "Xi is not expected to make concessions to Putin" in claim["text"])
    assert xi["kind"] == "forecastable"
    analysts = next(claim for claim in found["claims"] if claim["text"].startswith("China could leverage"))
    assert analysts["speaker_kind"] != "author"
