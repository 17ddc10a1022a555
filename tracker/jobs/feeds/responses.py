"""Responses: what feeds answered, and what their documents say where they are not those that were read last."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from news.fetch.connections import Fetched
from news.formats.confined import Document, parse_all
from news.formats.documents import Parsed
from tracker.models import Feed

PORTION = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedResponse:
    """The answer to one poll, and what its document said; None where it is the one that was read before.

    `token` is the lease under which it was read; without one the feed is leased to nobody (its hub sent the document).
    """

    feed: Feed
    answer: Fetched
    parsed: Parsed | None = None
    document_sha256: str = ""
    token: str = ""

    @property
    def is_first(self) -> bool:
        """Whether nothing of this feed can be stored yet."""
        return self.feed.last_success_at is None and bool(self.token)

    @property
    def is_read(self) -> bool:
        """Whether it brought a document that could be read."""
        return self.parsed is not None and not self.error

    @property
    def error(self) -> str:
        return self.answer.error or (self.parsed.error if self.parsed else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedResult:
    """The rows that one response brought; `lease_lost` if somebody else had taken the feed over: nothing was stored."""

    new_entries: int = 0
    new_revisions: int = 0
    error: str = ""
    lease_lost: bool = False


def parse_responses(
    answers: Iterable[tuple[Feed, Fetched]], *, token: str, now: datetime
) -> Iterator[list[FeedResponse]]:
    """First what brings nothing to read, then the documents by PORTION, so that few are in memory at a time."""
    unread: list[tuple[Feed, Fetched, str]] = []
    quiet: list[FeedResponse] = []
    for feed, answer in answers:
        if digest := _digest(feed, answer):
            unread.append((feed, answer, digest))
        else:
            parsed = Parsed(error=answer.error) if answer.error else None
            quiet.append(FeedResponse(feed=feed, answer=answer, parsed=parsed, token=token))
    if quiet:
        yield quiet
    for start in range(0, len(unread), PORTION):
        portion = unread[start : start + PORTION]
        documents = parse_all([as_document(answer, now) for _, answer, _ in portion])
        yield [
            FeedResponse(feed=feed, answer=answer, parsed=parsed, document_sha256=digest, token=token)
            for (feed, answer, digest), parsed in zip(portion, documents, strict=True)
        ]


def as_document(answer: Fetched, now: datetime) -> Document:
    return Document(body=answer.body, address=answer.final_address, content_type=answer.content_type, now=now)


def _digest(feed: Feed, answer: Fetched) -> str:
    """SHA-256 (hex) of a document that must be read; "" where there is none, or the one that was read last."""
    if answer.error or answer.status == HTTPStatus.NOT_MODIFIED:
        return ""
    digest = hashlib.sha256(answer.body).hexdigest()
    return "" if digest == feed.document_sha256 else digest
