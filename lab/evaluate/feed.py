"""`./hindcast evaluate feed`: the contents of one feed, for people."""

import argparse
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from forecasts.refused import Refused
from lab.evaluate.feeds import unpacked
from lab.evaluate.subjects import Subject
from news.fetch.connections import Request
from news.fetch.inflate import BodyTooLarge, Damaged
from news.formats.confined import Document, parse_all
from news.formats.documents import FeedItem, Parsed
from news.polling.discovery import CandidateSource, read_page
from tracker.jobs.network import fetcher

SHOWN = 20
_DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="FILE|URL", help="A document on this machine, or a feed's address.")
    parser.add_argument("--all", action="store_true", help=f"Show all entries, not only the first {SHOWN}.")


def run(options: Mapping[str, Any], out: TextIO) -> None:
    source: str = options["source"]
    is_address = source.lower().startswith(("http://", "https://"))
    document = _fetched(source) if is_address else _read(Path(source))
    parsed = parse_all([document])[0]
    console = Console(file=out, width=None if out.isatty() else 120, highlight=False)
    if parsed.error:
        console.print(Text(f"Refused: {parsed.error}"))
        _print_named(document, console)
        return
    console.print(_facts(parsed))
    console.print()
    console.print(_entries(parsed.entries, most=len(parsed.entries) if options["all"] else SHOWN))
    if len(parsed.entries) > SHOWN and not options["all"]:
        console.print(f"... and {len(parsed.entries) - SHOWN:,} more; --all shows them.")


def _read(file: Path) -> Document:
    try:
        body = file.read_bytes()
        body = unpacked(body, "gzip") if body.startswith(b"\x1f\x8b") else body
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.") from error
    except Damaged as error:
        raise Refused(f"{file} cannot be read: {error}") from error
    except BodyTooLarge as error:
        raise Refused(f"{file} is larger than a feed may be.") from error
    return Document(body=body, address=f"https://corpus.example/{file.name}", now=datetime.now(UTC))


def _fetched(address: str) -> Document:
    (answer,) = fetcher()([Request(address=address)])
    if answer.error:
        raise Refused(f"{address} cannot be read: {answer.error}")
    return Document(
        body=answer.body,
        address=answer.final_address,
        content_type=answer.headers.get("content-type", ""),
        now=datetime.now(UTC),
    )


def _print_named(document: Document, console: Console) -> None:
    """The feeds that a web page names, for it may be the page of one."""
    feeds = [
        place
        for place in read_page(document.body, base=document.address).candidates
        if place.source != CandidateSource.GUESSED
    ]
    if feeds:
        console.print("It names these, which may be feeds:")
    for place in feeds[:SHOWN]:
        console.print(Text(f"  {place.address}" + (f"  {place.title}" if place.title else "")))


def _facts(parsed: Parsed) -> Table:
    facts = {
        "Kind": parsed.kind,
        "Title": parsed.title,
        "Home page": parsed.homepage,
        "Language": parsed.language,
        "Warning": parsed.warning,
        "Asks to wait": f"{parsed.asked_minutes:,} minutes" if parsed.asked_minutes else "",
        "Not in hours": ", ".join(f"{hour:02}" for hour in range(24) if parsed.skip_hours >> hour & 1),
        "Not on": ", ".join(name for day, name in enumerate(_DAYS) if parsed.skip_days >> day & 1),
        "Hub": parsed.hub,
        "Topic": parsed.topic,
        "Entries": f"{len(parsed.entries):,}" + (f"; {parsed.skipped:,} more said nothing" if parsed.skipped else ""),
        "Taken back": ", ".join(parsed.withdrawn[:SHOWN]),
    }
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, fact in facts.items():
        if fact:
            table.add_row(name, Text(fact))
    return table


def _entries(entries: tuple[FeedItem, ...], *, most: int) -> Table:
    table = Table("Date (UTC)", "Title", "Link", box=None, pad_edge=False, header_style="bold")
    table.columns[0].no_wrap = True
    table.columns[2].overflow = "fold"
    for item in entries[:most]:
        date = f"{item.published_at:%Y-%m-%d %H:%M}" if item.published_at else item.published_raw and "not believed"
        table.add_row(date or "none", Text(item.title or item.body[:80] or "(no words)"), Text(item.link or "none"))
    return table


SUBJECT = Subject("What one feed says: a file, or an address.", add_arguments, run)
