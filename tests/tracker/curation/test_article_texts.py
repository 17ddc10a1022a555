from datetime import date

import pytest

from forecasts.refused import Refused
from news.fetch.connections import Fetched
from tracker.curation import article_texts

LINE = "Xi Jinping came to Moscow for talks that both governments had prepared for weeks. "
PAGE = f"""<!doctype html><html><head><title>Xi in Moscow</title><meta name="author" content="Ann Lee; Bo Lim">
<meta property="article:published_time" content="2026-02-05T08:00:00Z"></head>
<body><article><h1>Xi in Moscow</h1><p>{LINE * 3}</p><p>{LINE * 2}</p></article></body></html>"""


def answering(body: bytes = b"", **facts):
    """A fetch function that gives one answer, as the network's would."""
    return lambda requests: [Fetched(address=r.address, final_address=r.address, body=body, **facts) for r in requests]


def html(body: str, **facts):
    return answering(body.encode(), headers={"content-type": "text/html; charset=utf-8"}, **facts)


def test_plain_text_stays_as_it_is():
    assert article_texts.from_file("  Größe < 3.\n\tEnde \n".encode()).text == "  Größe < 3.\n\tEnde \n"


@pytest.mark.parametrize("start", ["", "\n ", "\ufeff"])
def test_a_saved_page_is_known_by_its_beginning(start):
    read = article_texts.from_file(f"{start}{PAGE}".encode())
    assert (read.title, read.authors, read.published_on) == ("Xi in Moscow", ("Ann Lee", "Bo Lim"), date(2026, 2, 5))
    assert "<p>" not in read.text


def test_a_page_gives_its_final_address():
    assert (
        article_texts.from_address(" HTTPS://World.Example/a#top ", fetch=html(PAGE)).address
        == "https://world.example/a"
    )


@pytest.mark.parametrize(
    ("address", "fetch", "words"),
    [
        ("", html(PAGE), "The address is empty."),
        ("file:///etc/passwd", html(PAGE), "must begin with http"),
        ("https://a.example/", answering(error="The server went silent for 20 s."), "went silent"),
        ("https://a.example/", html("<p>Short.</p>"), "No article was found"),
        ("https://a.example/", html("<p>We use cookies. Consent?</p>"), "consent to cookies"),
        ("https://a.example/", html(" " * 5_300_000), "larger than 5 MB"),
        ("https://a.example/", answering(b"%PDF", headers={"content-type": "application/pdf"}), "application/pdf"),
        ("https://a.example/", answering(bytes(300), headers={"content-type": "text/plain"}), "not text"),
    ],
)
def test_what_gives_no_text_is_refused_in_words(address, fetch, words):
    with pytest.raises(Refused, match=words):
        article_texts.from_address(address, fetch=fetch)


@pytest.mark.slow
def test_a_page_made_to_be_read_for_minutes_is_refused_in_words():
    attributes = " ".join(f"a{number}=1" for number in range(200_000))
    with pytest.raises(Refused, match="more time or memory than a page may take"):
        article_texts.from_address("https://a.example/", fetch=html(f"<!doctype html><div {attributes}>{LINE * 9}"))
