from datetime import date

import pytest

from news.formats.page import NoArticle
from news.formats.page_child import extract

PARAGRAPH = "Xi Jinping arrived in Moscow on Thursday for talks that both governments had prepared for weeks. "
ARTICLE = f"""<!DOCTYPE html><html><head><title>Xi in Moscow - The World</title><meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2026-02-05T08:00:00Z"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Xi in Moscow</h1><p>{PARAGRAPH * 3}</p><p>He is “not expected” to make concessions &amp; left early.</p>
<p>{PARAGRAPH * 2}</p><script>track()</script></article><footer>All rights reserved</footer></body></html>"""


def test_an_article_comes_off_its_page_with_author_and_date():
    page = extract(ARTICLE.encode(), address="https://world.example/xi")
    assert (page.title, page.author, page.published) == ("Xi in Moscow", "Ann Lee", date(2026, 2, 5))
    assert "He is “not expected” to make concessions & left early." in page.text.split("\n\n")
    assert "track()" not in page.text
    assert "Home" not in page.text


def test_the_sentences_around_a_sign_in_form_are_no_article():
    around = "<p>Sign in to your account to go on. By signing in you accept our terms and our privacy policy.</p>"
    form = "<form><input name=p type='password'></form>"
    with pytest.raises(NoArticle, match="sign in"):
        extract(f"<html><body><main>{around * 4}{form}</main></body></html>".encode(), address="https://world.example/")


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<html><body><h1>Please log in</h1><form><input type='password'></form></body></html>", "sign in"),
        ("<html><body><p>We use cookies. Accept all?</p></body></html>", "consent"),
        ("<html><body><p>Subscribe to go on reading.</p></body></html>", "subscribe"),
        ("<html><body><p>Please enable JavaScript.</p></body></html>", "browser"),
        ("<html><body></body></html>", "No article"),
        ("", "No article"),
        ("\0\0\0", "No article"),
        ("<div>" * 50_000 + "x", "No article"),
    ],
)
def test_a_page_without_an_article_is_refused_with_what_it_is(markup, reason):
    with pytest.raises(NoArticle, match=reason):
        extract(markup.encode(), address="https://world.example/")
