"""`./hindcast import_article`: take in an article from a file, an address or standard input, and propose its claims."""

import getpass
import json
import sys
from argparse import ArgumentTypeError
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from forecasts.refused import Refused
from news.formats.plain_text import MAX_FILE_BYTES
from tracker.curation import article_texts
from tracker.curation.articles import Added, add_article
from tracker.jobs.claims.extract import extract_one
from tracker.jobs.network import fetcher
from tracker.management.commands.prepare import migrate
from tracker.models import Article, Claim

WORDS_OF_A_TITLE = 12


def a_day(words: str) -> date:
    try:
        return datetime.strptime(words, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise ArgumentTypeError(f"“{words}” is no day: write it as 2026-01-31.") from error


class Command(BaseCommand):
    help = (
        "Store an article and propose its claims, each tied to its exact characters (code points of the stored text)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", help="a file (plain text or a saved page), an address, or - for standard input")
        parser.add_argument("--title", default="", help="by default the page's own, or the file's name")
        parser.add_argument("--author", action="append", default=[], help="may be given several times")
        parser.add_argument("--outlet", default="", help="who published it")
        parser.add_argument("--published", type=a_day, help="YYYY-MM-DD; by default as the page says, or today")
        parser.add_argument("--json", action="store_true", help="print the article and its claims as one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        now = datetime.now(UTC)
        try:
            read = _read(options["source"])
            if migrate():
                self.stderr.write("Brought the database up to date.")
            added = _add(read, options=options, now=now)
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from refused
        extract_one(added.article, now)
        claims = added.article.claims.exclude(state=Claim.State.REJECTED).order_by("start", "end")
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(added, list(claims)), ensure_ascii=False, default=str))
        else:
            self._tell(added, list(claims))

    def _tell(self, added: Added, claims: list[Claim]) -> None:
        state = "is in" if added.is_new else "was here already"
        self.stdout.write(f"“{added.article.title}” {state}: /articles/{added.article.slug}/")
        for claim in sorted(claims, key=lambda claim: -claim.forecastable):
            said = f" (said by {claim.speaker or 'somebody unnamed'})" if claim.speaker_kind != "author" else ""
            self.stdout.write(f"  {claim.forecastable:.2f} {claim.kind:12} {claim.quote}{said}")
        self.stdout.write(f"{len(claims)} claim{'' if len(claims) == 1 else 's'}, with how forecastable each is.")


def _read(source: str) -> article_texts.ArticleText:
    if source == "-":
        return article_texts.from_file(sys.stdin.buffer.read(MAX_FILE_BYTES + 1))
    if "://" in source:
        return article_texts.from_address(source, fetch=fetcher())
    try:
        with Path(source).open("rb") as file:
            return article_texts.from_file(file.read(MAX_FILE_BYTES + 1))
    except OSError as error:
        raise Refused(f"{source} cannot be read ({error.strerror}): name a file, an address or -.") from error


def _add(read: article_texts.ArticleText, *, options: dict[str, Any], now: datetime) -> Added:
    return add_article(
        read.text,
        title=options["title"].strip() or read.title or _named(options["source"], text=read.text),
        published_on=options["published"] or read.published_on or now.date(),
        by=f"{getpass.getuser()} at the console",
        at=now,
        authors=options["author"] or read.authors,
        outlet=options["outlet"],
        address=read.address,
    )


def _named(source: str, *, text: str) -> str:
    """The file's name as words; the first words of what came in through a pipe or from a page without a title."""
    if source == "-" or "://" in source:
        words = text.split()
        return " ".join(words[:WORDS_OF_A_TITLE]) + ("…" if len(words) > WORDS_OF_A_TITLE else "")
    stem = Path(source).stem.replace("-", " ").replace("_", " ").strip()
    return stem[:1].upper() + stem[1:]


def _as_json(added: Added, claims: list[Claim]) -> dict[str, object]:
    article: Article = added.article
    own = ("start", "end", "kind", "speaker_kind", "speaker", "hedge", "deadline", "checkworthy", "forecastable")
    rows = [
        {name: getattr(claim, name) for name in own} | {"text": claim.quote, "probability": claim.implied_probability}
        for claim in claims
    ]
    return {"article": article.pk, "slug": article.slug, "new": added.is_new, "claims": rows}
