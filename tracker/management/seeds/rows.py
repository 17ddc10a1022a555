"""Puts the seeds into the database, once: what is there already stays as a curator has edited it."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from forecasts.models import Proposition, start_of
from forecasts.refused import Refused
from tracker.curation import articles
from tracker.curation import claims as claiming
from tracker.curation.positions import take_position
from tracker.curation.questions import LISTS, open_question
from tracker.management.seeds.files import SeedClaim, SeedQuestion, Seeds
from tracker.models import Article, Author, Claim, Decision, Feed, Outlet

CHRONOLOGY = "urn:hindcast:chronology"
AS_THEY_STAND = (
    *("question", "statement", "resolution_criteria", "opens_on", "deadline", "process"),
    *("written_with_hindsight", "note"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedReport:
    """Counts of what came in just now; zero throughout when all was there."""

    articles: int = 0
    claims: int = 0
    questions: int = 0
    feeds: int = 0


def load(seeds: Seeds, *, now: datetime) -> SeedReport:
    """Store what is missing, in one transaction, as if the seed curator had done so when the article came out."""
    opened = start_of(seeds.article.published_on)
    with transaction.atomic():
        article, is_new = _article(seeds, opened)
        claims = [claim for claim in seeds.claims if _claim(article, claim, by=seeds.curator, at=opened)]
        questions = [each for each in seeds.questions if _question(each, seeds)]
        feeds = _feeds(seeds, now)
    return SeedReport(articles=int(is_new), claims=len(claims), questions=len(questions), feeds=feeds)


def _article(seeds: Seeds, opened: datetime) -> tuple[Article, bool]:
    seed = seeds.article
    known = Article.objects.filter(slug=seed.slug).first()
    if known is not None:
        return known, False
    added = articles.add_article(
        seed.text,
        title=seed.title,
        published_on=seed.published_on,
        by=seeds.curator,
        at=opened,
        authors=[author.name for author in seed.authors],
        outlet=seed.outlet,
        address=seed.address,
        language=seed.language,
        source_note=seed.source_note,
    )
    # Its claims were chosen by hand, so no reader need propose any.
    Article.objects.filter(pk=added.article.pk, extracted_at=None).update(extracted_at=opened)
    Outlet.objects.filter(articles=added.article, homepage="").update(homepage=seed.homepage)
    for author in seed.authors:
        Author.objects.filter(articles=added.article, name=author.name, about="").update(about=author.about)
    return added.article, added.is_new


def _claim(article: Article, seed: SeedClaim, *, by: str, at: datetime) -> bool:
    """Whether the claim came in just now."""
    if Claim.objects.filter(slug=seed.slug).exists():
        return False
    if article.text.count(seed.quote) != 1:
        raise Refused(f"The quote of claim {seed.key} must stand in the article exactly once: “{seed.quote}”")
    start = article.text.index(seed.quote)
    facts = {name: getattr(seed, name) for name in SeedClaim.__slots__ if name != "key"}
    claim = Claim(article=article, start=start, end=start + len(seed.quote), **facts)
    claiming.accept(claiming.mark(claim, by=by, at=at), by=by, at=at)
    return True


def _question(seed: SeedQuestion, seeds: Seeds) -> bool:
    """Whether the question came in just now, its claim put to it."""
    if Proposition.objects.filter(key=seed.slug).exists():
        return False
    at = start_of(seed.opens_on)
    proposition = open_question(
        Proposition(
            key=seed.slug,
            **{name: getattr(seed, name) for name in AS_THEY_STAND},
            **{name: list(getattr(seed, name)) for name in LISTS},
            **({} if seed.prior is None else {"prior": seed.prior, "prior_reason": seed.prior_reason}),
        ),
        by=seeds.curator,
        at=at,
    )
    slug = next(claim.slug for claim in seeds.claims if claim.key == seed.claim)
    take_position(
        Claim.objects.get(slug=slug),
        proposition=proposition,
        side=seed.side,
        title=seed.title,
        by=seeds.curator,
        at=at,
        implied_probability=seed.implied_probability,
    )
    return True


def _addresses_of_old() -> set[str]:
    """Addresses under which feeds were known before they moved."""
    moves = Decision.objects.filter(subject_type=ContentType.objects.get_for_model(Feed), before__has_key="address")
    return {before["address"] for before in moves.values_list("before", flat=True)}


def _feeds(seeds: Seeds, now: datetime) -> int:
    """The number of feeds that came in just now, the chronology among them."""
    known = set(Feed.objects.values_list("address", flat=True)) | _addresses_of_old()
    feeds = [
        Feed(title=feed.title, address=feed.address, homepage=feed.homepage, next_poll_at=now, added_at=now)
        for feed in seeds.feeds
        if feed.address not in known
    ]
    if CHRONOLOGY not in known:
        opened = start_of(seeds.article.published_on)
        feeds.append(
            Feed(
                title=seeds.chronology_title,
                address=CHRONOLOGY,
                state=Feed.State.ARCHIVE,
                next_poll_at=opened,
                added_at=opened,
            )
        )
    return len(Feed.objects.bulk_create(feeds))
