"""Extract: propose the claims of articles that came in, each tied to its exact characters."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.text import slugify

from language.claims import duplicates
from language.claims import extraction as reading
from language.questions import drafts
from tracker.jobs import encoder
from tracker.jobs.readings import asking
from tracker.jobs.readings import claims as readings
from tracker.jobs.runs import RowsReport, each
from tracker.models import Article, Claim, DuplicateClaim

log = logging.getLogger(__name__)
READER = "built-in 3"
AS_FOUND = (
    "kind",
    "speaker_kind",
    "restatement",
    "deadline",
    "checkworthy",
    "forecastable",
    "verifiable",
    "evaluative",
)
MOST_BY_MODEL = 2  # articles a run, where a language model reads, which takes minutes
REMEMBERED = 2_000  # claims, the newest, that those of an article are held against


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractReport(RowsReport):
    """Articles looked at, the number of claims made of them, articles that failed, and sentences that did."""

    unread: int = 0


def extract(now: datetime, *, limit: int = 20) -> ExtractReport:
    """Read up to `limit` articles that nobody has read; each is marked in the transaction that stores its claims.

    The newest come first, so that some which fail at each run keep no other waiting.
    """
    if asking.reads("claims") or asking.reads("foreign"):
        limit = min(limit, MOST_BY_MODEL)
    waiting = list(Article.objects.filter(extracted_at__isnull=True).order_by("-pk")[:limit])
    report = each(waiting, lambda row: extract_one(row, now), log=log, failure="No claims read from article %s")
    read = Article.objects.filter(pk__in=[row.pk for row in waiting], extracted_at=now)
    unread = read.aggregate(unread=Sum("unread", default=0))["unread"]
    return ExtractReport(looked_at=report.looked_at, made=report.made, failed=report.failed, unread=unread)


def extract_one(article: Article, now: datetime) -> int:
    """Propose the claims of one article and return how many are new; nothing where somebody has read it before.

    Nor where a language model has not come to the article's end: the next run goes on from there.
    """
    found = readings.read(
        article,
        now=now,
        built_in=lambda: reading.read(article.text, published=article.published_on, title=article.title),
        built_in_name=READER,
    )
    if found is None:
        return 0
    with transaction.atomic():
        if not Article.objects.filter(pk=article.pk, extracted_at__isnull=True).update(
            extracted_at=now, not_read=found.not_read, reading_note=found.note, unread=found.unread
        ):
            return 0
        taken = set(article.claims.values_list("start", "end"))
        numbered = enumerate(found.claims, start=1)
        fresh = [(n, c, by) for n, (c, by) in numbered if (c.start, c.end) not in taken]
        rows = Claim.objects.bulk_create(_claim(article, n, c, now, by=by) for n, c, by in fresh)
        _pair(rows, now)
    return len(fresh)


def _pair(fresh: Sequence[Claim], now: datetime) -> None:
    """Note which of the new claims say what another says, in this article or among the newest of all."""
    if not fresh:
        return
    others = Claim.objects.exclude(pk__in=[row.pk for row in fresh]).exclude(state=Claim.State.REJECTED)
    known = [*others.order_by("-pk").only("pk", "restatement", "quote")[:REMEMBERED], *fresh]
    said = [duplicates.prepare(row.restatement or row.quote) for row in known]
    pairs = duplicates.pairs(said, fresh=len(known) - len(fresh), cosines=_cosines)
    DuplicateClaim.objects.bulk_create(
        (
            DuplicateClaim(
                first_id=min(known[pair.first].pk, known[pair.second].pk),
                second_id=max(known[pair.first].pk, known[pair.second].pk),
                likeness=round(pair.likeness, 3),
                found_at=now,
            )
            for pair in pairs
        ),
        ignore_conflicts=True,
    )


def _cosines(texts: Sequence[tuple[str, str]]) -> list[float]:
    """How close the two of each pair are; 0 where the model is missing, so that words alone decide."""
    minilm = encoder.load(without="Claims are compared by their words alone")
    if minilm is None:
        return [0.0] * len(texts)
    one, other = (minilm.encode([pair[side] for pair in texts]) for side in (0, 1))
    return [float(value) for value in (one * other).sum(axis=1)]


def _claim(article: Article, number: int, found: reading.ProposedClaim, now: datetime, *, by: str) -> Claim:
    drafted = drafts.draft(
        found.restatement or found.text, published=article.published_on, deadline=found.deadline, kind=found.kind
    )
    return Claim(
        article=article,
        slug=f"{_short(slugify(found.text)) or 'claim'}-{article.pk}-{number}",
        title=found.text if len(found.text) <= 300 else f"{found.text[:297].rsplit(' ', 1)[0]}…",
        start=found.start,
        end=found.end,
        quote=found.text,
        speaker=found.speaker[:200],
        hedge=found.hedge[:120],
        implied_probability=found.probability,
        implied_low=found.low,
        implied_high=found.high,
        deadline_words=found.deadline_words[:120],
        **{name: getattr(found, name) for name in AS_FOUND},
        refusal="" if article.foreign_language else drafted.refusal,
        proposed_by=by,
        created_at=now,
    )


def _short(slug: str) -> str:
    """The whole words of it that fit into 50 characters."""
    return (slug if len(slug) <= 50 else slug[:51].rpartition("-")[0] or slug[:50]).strip("-")
