"""Plain text out of hostile markup and unknown bytes."""

import html
import json
import logging
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

import nh3
import trafilatura

MAX_FILE_BYTES = 5 * 1024 * 1024
MAX_BODY_CHARACTERS = 200_000
MIN_ARTICLE_CHARACTERS = 250
# Sign-in pages surround the form with a few sentences of their own.
MIN_BESIDE_PASSWORD = 1_000
MAX_PARSED_TAGS = 3_000
_ROUNDS = 3  # markup escaped more often than this is removed bracket by bracket

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2"}
    | {"h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul"}
)
_HIDDEN = {"script", "style", "iframe", "object", "noscript", "template", "title", "textarea", "select", "button"}
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]*|![^<>]*|\?[^<>]*)>?")
_HIDDEN_FLAT = re.compile(r"<(script|style|noscript|template|textarea)\b.*?(?:</\1\s*>|$)", re.S | re.I)
_BREAK = re.compile(r"<br\b[^<>]*>", re.I)
_BLOCK = re.compile(r"</?(?:" + "|".join(sorted(_BLOCKS)) + r")\b[^<>]*>", re.I)
# Invisible, or able to turn the direction of what stands around them; the joiners of emoji and scripts stay.
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0e\ufeff\ufff9-\ufffb]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


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


def plain(text: str) -> str:
    """One line of plain text: no markup, entities decoded, nothing unseen, white space folded."""
    return " ".join(_unmarked(text).split())


def body_text(text: str) -> str:
    """Readable plain text of an HTML fragment (or of plain text), paragraphs parted by an empty line."""
    unmarked = _unmarked(text[: 4 * MAX_BODY_CHARACTERS])
    paragraphs = (
        "\n".join(" ".join(line.split()) for line in paragraph.split("\n") if line.strip())
        for paragraph in re.split(r"\n\s*\n", unmarked)
    )
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)[:MAX_BODY_CHARACTERS]


def _unmarked(text: str) -> str:
    """Without markup, also where feeds have escaped it twice."""
    for _ in range(_ROUNDS):
        if not _TAG.search(text):
            decoded = html.unescape(text)
            if decoded == text:
                break
            text = decoded
            continue
        text = _stripped(text)
    if _TAG.search(text):
        text = text.replace("<", " ").replace(">", " ")
    return _visible(text)


def _stripped(markup: str) -> str:
    # An HTML parser takes time by the square of the depth, so what may be nested too deeply is stripped flat.
    if markup.count("<") > MAX_PARSED_TAGS:
        cleaned = _HIDDEN_FLAT.sub(" ", markup)
    else:
        cleaned = nh3.clean(markup, tags=set(_BLOCKS) | {"br"}, attributes={}, clean_content_tags=_HIDDEN)
    # Line ends inside a paragraph are only white space; those of blocks and breaks are not.
    flowing = re.sub(r"\s+", " ", cleaned)
    return html.unescape(_TAG.sub(" ", _BLOCK.sub("\n\n", _BREAK.sub("\n", flowing))))


def _visible(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _CONTROL.sub("", text)))


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
    return _CONTROL.sub("", text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


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
