"""Extract: propose the claims of articles that came in, each tied to its exact characters."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from tracker.language import claims as reading
from tracker.models import Article, Claim

log = logging.getLogger(__name__)
READER = "built-in 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractReport:
    """Articles read, claims proposed, articles that failed (each is in the log by number)."""

    articles: int = 0
    proposed: int = 0
    failed: int = 0


def extract(now: datetime, *, limit: int = 20) -> ExtractReport:
    """Read up to `limit` articles that nobody has read; each is marked in the transaction that stores its claims.

    The newest come first, so that some which fail at each run keep no other waiting.
    """
    proposed = failed = 0
    waiting = list(Article.objects.filter(extracted_at__isnull=True).order_by("-pk")[:limit])
    for article in waiting:
        try:
            proposed += extract_one(article, now)
        except Exception:
            log.exception("No claims read from article %s", article.pk)
            failed += 1
    return ExtractReport(articles=len(waiting), proposed=proposed, failed=failed)


def extract_one(article: Article, now: datetime) -> int:
    """Propose the claims of one article and return how many are new; nothing where somebody has read it before."""
    found = reading.propose(article.text, published=article.published_on)
    with transaction.atomic():
        if not Article.objects.filter(pk=article.pk, extracted_at__isnull=True).update(extracted_at=now):
            return 0
        taken = set(article.claims.values_list("start", "end"))
        fresh = [(n, c) for n, c in enumerate(found, start=1) if (c.start, c.end) not in taken]
        Claim.objects.bulk_create(_claim(article, n, c, now) for n, c in fresh)
    return len(fresh)


def _claim(article: Article, number: int, found: reading.ProposedClaim, now: datetime) -> Claim:
    return Claim(
        article=article,
        slug=f"{_short(slugify(found.text)) or 'claim'}-{article.pk}-{number}",
        title=found.text if len(found.text) <= 300 else f"{found.text[:297].rsplit(' ', 1)[0]}…",
        start=found.start,
        end=found.end,
        quote=found.text,
        kind=found.kind,
        speaker_kind=found.speaker_kind,
        speaker=found.speaker[:200],
        hedge=found.hedge[:120],
        implied_probability=found.probability,
        deadline=found.deadline,
        deadline_words=found.deadline_words[:120],
        checkworthy=found.checkworthy,
        forecastable=found.forecastable,
        proposed_by=READER,
        created_at=now,
    )


def _short(slug: str) -> str:
    """The whole words of it that fit into 50 characters."""
    return (slug if len(slug) <= 50 else slug[:51].rpartition("-")[0] or slug[:50]).strip("-")
