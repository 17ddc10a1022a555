"""Reading the text of an article from where it lies: a file, or the page behind an address."""

from dataclasses import dataclass
from datetime import date

from forecasts.refused import Refused
from news.fetch import addresses
from news.fetch.connections import Fetch, Request
from news.formats import plain_text
from news.formats.page import NoArticle, read_page

MARKUP = (b"<!doctype html", b"<html", b"<?xml")
PAGES = ("text/html", "application/xhtml+xml", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """A text, and what its page says of itself; empty where it says nothing."""

    text: str
    title: str = ""
    authors: tuple[str, ...] = ()
    published_on: date | None = None
    address: str = ""


def from_file(data: bytes) -> ArticleText:
    """Plain text as it stands, or the article of a saved page; refuses what nobody could read."""
    try:
        if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:20].lower().startswith(MARKUP):
            return _from_page(data, address="")
        return ArticleText(text=plain_text.decode_text(data))
    except (plain_text.Unreadable, NoArticle) as unreadable:
        raise Refused(str(unreadable)) from unreadable


def from_address(address: str, *, fetch: Fetch) -> ArticleText:
    """The article behind a public address, fetched past the guard that `fetch` brings."""
    try:
        (answer,) = fetch([Request(address=addresses.check_address(address))])
    except addresses.AddressRefused as refused:
        raise Refused(str(refused)) from refused
    if answer.error:
        raise Refused(answer.error)
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if kind == "text/plain":
            return ArticleText(text=plain_text.decode_text(answer.body), address=answer.final_address)
        if kind in PAGES:
            return _from_page(answer.body, address=answer.final_address)
    except (plain_text.Unreadable, NoArticle) as unreadable:
        raise Refused(str(unreadable)) from unreadable
    raise Refused(f"The address leads to {kind}, not to a page: save its text to a file and upload that.")


def _from_page(body: bytes, *, address: str) -> ArticleText:
    page = read_page(body, address=address)
    names = tuple(name.strip() for name in page.author.split(";") if name.strip())
    return ArticleText(text=page.text, title=page.title, authors=names, published_on=page.published, address=address)
