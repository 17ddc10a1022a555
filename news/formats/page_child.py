"""Child of `page`: the article in a page's markup, without what stands around it."""

import json
import logging
import re
import sys
from dataclasses import asdict
from datetime import date

import trafilatura

from news.formats.markup import body_text, plain
from news.formats.page import NoArticle, PageArticle
from sandbox.child import serve

MAX_DATA = 400 * 1024 * 1024
MIN_ARTICLE_CHARACTERS = 250
# Sign-in pages surround the form with a few sentences of their own.
MIN_BESIDE_PASSWORD = 1_000

# NoArticle says all there is to say.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def extract(page: bytes, *, address: str) -> PageArticle:
    """Title, author, date and text of the article on a page; raises NoArticle."""
    raw = page.replace(b"\0", b"")
    facts = _extracted(raw, address)
    text = body_text((facts.get("text") or "").replace("\n", "\n\n"))
    least = MIN_BESIDE_PASSWORD if _asks_password(raw) else MIN_ARTICLE_CHARACTERS
    if len(text) < least:
        raise NoArticle(_what_it_is_instead(raw))
    return PageArticle(
        title=plain(facts.get("title") or "")[:300],
        author=plain(facts.get("author") or "")[:200],
        published=_day(facts.get("date") or ""),
        text=text,
    )


def _extracted(page: bytes, address: str) -> dict[str, str | None]:
    try:
        extract_json = trafilatura.extract(
            page,
            url=address or None,
            output_format="json",
            with_metadata=True,
            include_comments=False,
            include_tables=False,
        )
        facts: dict[str, str | None] = json.loads(extract_json) if extract_json else {}
    except Exception as error:  # hostile markup brings out nearly anything
        raise NoArticle(f"The page could not be read ({type(error).__name__}).") from error
    return facts


def _asks_password(page: bytes) -> bool:
    markup = page.decode("utf-8", "replace")
    return re.search(r"<input\b[^<>]*\btype\s*=\s*[\"']?password", markup, re.I) is not None


def _what_it_is_instead(page: bytes) -> str:
    markup = page.decode("utf-8", "replace")
    words = body_text(markup).lower()[:20_000]
    if _asks_password(page) or re.search(r"\b(?:log ?in|sign ?in)\b", words[:2000]):
        return "The page asks to sign in and shows no article."
    if re.search(r"\b(?:cookies?|consent)\b", words):
        return "The page asks for consent to cookies and shows no article."
    if re.search(r"\b(?:subscribe|subscription)\b", words):
        return "The page asks to subscribe and shows no article."
    if re.search(r"enable javascript|are you (?:a )?(?:human|robot)|checking your browser|captcha", words):
        return "The page wants a browser before it shows anything."
    return "No article was found on the page."


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def main(cpu_seconds: str, address: str) -> None:
    serve(lambda body: _answer(body, address), max_data=MAX_DATA, cpu_seconds=float(cpu_seconds))


def _answer(body: bytes, address: str) -> bytes:
    try:
        answer = asdict(extract(body, address=address))
    except NoArticle as none:
        answer = {"reason": str(none)}
    return json.dumps(answer, default=str).encode()


if __name__ == "__main__":
    main(*sys.argv[1:])
