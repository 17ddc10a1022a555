"""Taking in an article: the same text is recognised, authors and outlets are found or made."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from forecasts.refused import Refused
from language.sentences import languages
from tracker.curation.decisions import Verb, deciding, name_of, note
from tracker.curation.slugs import free_name
from tracker.models import Article, Author, Authorship, Outlet, User

MAX_CHARACTERS = 500_000
TAKEN = frozenset({"add"})  # addresses that pages need themselves


@dataclass(frozen=True, slots=True)
class Added:
    """The article, and whether it came in just now or was there already."""

    article: Article
    is_new: bool


def add_article(
    text: str,
    *,
    title: str,
    published_on: date,
    by: User | str,
    at: datetime,
    authors: Sequence[str] = (),
    outlet: str = "",
    address: str = "",
    language: str = "",
    source_note: str = "",
) -> Added:
    """Store a text as it was read, its language detected where it is not given.

    Its claims are proposed by the extract job, which finds it by itself.
    """
    if not text.strip():
        raise Refused("The text is empty: paste the article, or name a file or an address that holds it.")
    if "\x00" in text:
        raise Refused("The text holds NUL characters, so it is no plain text: save it as UTF-8 text first.")
    if len(text) > MAX_CHARACTERS:
        raise Refused(f"The text has {len(text):,} characters; an article may have {MAX_CHARACTERS:,}. Split it.")
    if not title.strip():
        raise Refused("The article has no title: give one.")
    if published_on > at.date():
        raise Refused(f"The article would be published on {published_on}, which has not come: correct the date.")
    # What stands behind the last word does not make another text: a file ends in a line break, its paste may not.
    sha256 = hashlib.sha256(text.rstrip().encode()).hexdigest()
    with transaction.atomic():
        article, is_new = Article.objects.get_or_create(
            text_sha256=sha256,
            defaults={
                "title": title.strip()[:300],
                "slug": free_slug(title, Article),
                "outlet": outlet_named(outlet),
                "published_on": published_on,
                "address": address,
                "text": text,
                "language": language or languages.detect(text).code,
                "source_note": source_note,
                "imported_at": at,
                "imported_by": name_of(by),
            },
        )
        if is_new:
            _sign(article, authors)
            note(Verb.ADD_ARTICLE, subject=article, by=by, at=at)
    return Added(article, is_new)


def read_again(article: Article, *, by: User | str, at: datetime) -> Article:
    """Leave the article to the extract job once more; the claims that it has stay as they are."""
    with deciding(article, Verb.TRY_AGAIN, by=by, at=at) as row:
        if row.extracted_at is None:
            raise Refused("This article waits to be read already.")
        row.extracted_at = None
    return row


def free_slug(words: str, model: type[Article] | type[Author] | type[Outlet]) -> str:
    """A short address made of the words, with a number where another row has it."""
    return free_name(words, among=model._default_manager.all(), field="slug", default="untitled", kept=TAKEN)


def outlet_named(name: str) -> Outlet | None:
    """The outlet of that name, made where there is none; None for no name."""
    name = name.strip()[:200]
    if not name:
        return None
    found = Outlet.objects.filter(name__iexact=name).first()
    return found or Outlet.objects.create(name=name, slug=free_slug(name, Outlet))


def _sign(article: Article, names: Sequence[str]) -> None:
    wanted = {name.strip().casefold(): name.strip()[:200] for name in names if name.strip()}
    for position, name in enumerate(wanted.values()):
        author = Author.objects.filter(name__iexact=name).first()
        author = author or Author.objects.create(name=name, slug=free_slug(name, Author))
        Authorship.objects.create(article=article, author=author, position=position)
