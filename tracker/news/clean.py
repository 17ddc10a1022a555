"""Plain text out of unknown files and pages."""

import json
import logging
import re
from dataclasses import dataclass
from datetime import date

import trafilatura

from tracker.news.markup import CONTROL, body_text, plain

MAX_FILE_BYTES = 5 * 1024 * 1024
MIN_ARTICLE_CHARACTERS = 250
# Sign-in pages surround the form with a few sentences of their own.
MIN_BESIDE_PASSWORD = 1_000

# What it has to say is said by NoArticle.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


class Unreadable(Exception):
    """A file that no text can be had from; the message is for people."""


class Empty(Unreadable): ...


class TooLarge(Unreadable): ...


class Binary(Unreadable): ...


class Undecodable(Unreadable): ...


class NoArticle(Exception):
    """A page without an article; `reason` says what it is instead, for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article as its page tells it; `author` and `title` are empty where it does not say."""

    title: str
    author: str
    published: date | None
    text: str


def decode_text(data: bytes) -> str:
    """The text of an imported file: UTF-8 or UTF-16 by its mark, else UTF-8, else cp1252 where that is plausible.

    Raises Empty, TooLarge, Binary or Undecodable, each with a message for people.
    """
    if len(data) > MAX_FILE_BYTES:
        raise TooLarge(f"The file is larger than {MAX_FILE_BYTES // 1024**2} MB.")
    if not data.strip():
        raise Empty("The file is empty.")
    text = _decoded(data)
    if not text.strip("\ufeff \t\r\n"):
        raise Empty("The file is empty.")
    # Nothing else is touched, so that offsets into a clean file are offsets into the article.
    return CONTROL.sub("", text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise Undecodable("The file begins like UTF-16 but is damaged.") from error
    head = data[:10_000]
    controls = sum(byte < 32 and byte not in b"\t\n\f\r" for byte in head)
    if controls > max(3, len(head) // 100) or data.startswith(b"%PDF-"):
        raise Binary("The file is not text (a picture, a PDF or a word processor's file cannot be read here).")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _windows(data)


def _windows(data: bytes) -> str:
    """Western text of old Windows programs; raises Undecodable where it does not read like any."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Undecodable("The file's characters cannot be read; save it as UTF-8.") from error
    foreign = [character for character in text if ord(character) > 127]
    usual = sum(character.isalpha() or character in "–—‘’“”„…•€£§°«»\u00a0" for character in foreign)
    if len(foreign) > len(text) * 0.3 or usual < len(foreign) * 0.9:
        raise Undecodable("The file's characters cannot be read; save it as UTF-8.")
    return text


def page_text(page: bytes | str, address: str) -> Page:
    """Title, author, date and text of the article on a page; raises NoArticle."""
    if len(page) > MAX_FILE_BYTES:
        raise NoArticle(f"The page is larger than {MAX_FILE_BYTES // 1024**2} MB.")
    raw = page if isinstance(page, str) else page.replace(b"\0", b"")
    facts = _extracted(raw, address)
    text = body_text((facts.get("text") or "").replace("\n", "\n\n"))
    least = MIN_BESIDE_PASSWORD if _asks_password(raw) else MIN_ARTICLE_CHARACTERS
    if len(text) < least:
        raise NoArticle(_what_it_is_instead(raw))
    return Page(
        title=plain(facts.get("title") or "")[:300],
        author=plain(facts.get("author") or "")[:200],
        published=_day(facts.get("date") or ""),
        text=text,
    )


def _extracted(page: bytes | str, address: str) -> dict[str, str | None]:
    try:
        found = trafilatura.extract(
            page,
            url=address or None,
            output_format="json",
            with_metadata=True,
            include_comments=False,
            include_tables=False,
        )
        facts: dict[str, str | None] = json.loads(found) if found else {}
    except Exception as error:  # hostile markup brings out nearly anything
        raise NoArticle(f"The page could not be read ({type(error).__name__}).") from error
    return facts


def _asks_password(page: bytes | str) -> bool:
    markup = page if isinstance(page, str) else page.decode("utf-8", "replace")
    return re.search(r"<input\b[^<>]*\btype\s*=\s*[\"']?password", markup, re.I) is not None


def _what_it_is_instead(page: bytes | str) -> str:
    markup = page if isinstance(page, str) else page.decode("utf-8", "replace")
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
