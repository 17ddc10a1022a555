"""Full text: read the pages of entries that became evidence, where their sites allow it, and look there once more.

1. Entries whose words are shown as evidence are chosen, one a host. 2. Host and page are claimed with a lease, and the
try is counted at once, so that a page which ends its reader is not tried for ever. 3. The pages are asked for as their
sites' rules for robots allow. 4. One transaction stores the text, or why there is none, and what the passages are now.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from language.classifiers.protocol import Pair
from language.stance import entries as stance
from news.fetch.addresses import host_of
from news.fetch.connections import Fetch
from news.formats.page import NoArticle, read_page
from tracker.jobs.feeds import leases
from tracker.jobs.feeds.fetching import HostSession
from tracker.jobs.feeds.robots import PageAnswer, fetch_pages
from tracker.models import Entry, Evidence, Feed, FullText, Host, SuggestionQueue
from tracker.models.leases import has_come

PAUSE = timedelta(minutes=1)  # between two pages of a host
WAITS = (timedelta(hours=1), timedelta(hours=12))  # before the second and the third try, which is the last
TRIES = len(WAITS) + 1
AT_ONCE = 5  # pages held in memory
LOOKED_THROUGH = 2_000
# A feed that gave more has shown by itself what its report says.
A_LINE_OR_TWO = 500
PAGES = ("", "text/html", "application/xhtml+xml")
PASSING = (408, 425, 429)  # what a server says no to for now only, beside its own failures


@dataclass(frozen=True, slots=True, kw_only=True)
class FullTextReport:
    """Pages whose turn it was, those that were read, those given up, and suggestions judged again by what they say."""

    pages: int = 0
    read: int = 0
    given_up: int = 0
    judged_again: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _PageResult:
    """The result of one try: the text of the page, or why there is none and when to try again (None: given up)."""

    text: str = ""
    error: str = ""
    next_try_at: datetime | None = None


def full_text(now: datetime, *, fetch: Fetch, limit: int = 20) -> FullTextReport:
    """Read up to `limit` pages, each of another host."""
    pages = read = given_up = judged_again = 0
    at = now
    while pages < limit:
        token = secrets.token_hex(16)
        rows = _claim(now, token=token, limit=min(AT_ONCE, limit - pages))
        if not rows:
            break
        links = [row.entry.link for row in rows]
        session = HostSession(token=token, now=now, fetch=fetch, hosts=frozenset(map(host_of, links)))
        answers = fetch_pages(links, session=session)
        at += timedelta(seconds=session.seconds)
        for row, page in zip(rows, answers.pages, strict=True):
            result = _read(row, page, now)
            judged_again += _store(row, result, now)
            read += bool(result.text)
            given_up += bool(result.error) and result.next_try_at is None
        leases.freeze_hosts((page.answer for page in answers.pages), now=now)
        _let_go(token, answers.delays, at)
        pages += len(rows)
    return FullTextReport(pages=pages, read=read, given_up=given_up, judged_again=judged_again)


def _claim(now: datetime, *, token: str, limit: int) -> list[FullText]:
    """Pages of hosts that may be asked now, both under the token's lease."""
    wanted = _wanted(now).values_list("pk", "link")[:LOOKED_THROUGH]
    chosen = leases.hold_hosts_of(wanted, limit=limit, token=token, now=now)
    FullText.objects.bulk_create([FullText(entry_id=pk, next_try_at=now) for pk in chosen], ignore_conflicts=True)
    due = FullText.objects.unleased(now).filter(entry__in=chosen, next_try_at__lte=now)
    due.lease(token, until=now + leases.LEASE, tries=F("tries") + 1)
    rows = list(FullText.objects.filter(lease_token=token).select_related("entry").order_by("pk"))
    if not rows:
        leases.let_go(token, free_at=now)
    return rows


def _wanted(now: datetime) -> QuerySet[Entry]:
    """Entries of real feeds that shown evidence cites, and whose page has been neither read nor given up."""
    cited = Evidence.objects.shown().values("revision__entry")
    is_web = Q(link__startswith="http://") | Q(link__startswith="https://")
    is_due = Q(full_text__next_try_at__lte=now, full_text__tries__lt=TRIES) & has_come(
        "full_text__lease_until", now=now
    )
    entries = Entry.objects.filter(is_web, Q(full_text__isnull=True) | is_due, pk__in=cited)
    return entries.exclude(feed__state=Feed.State.ARCHIVE).order_by("-published_at", "-pk")


def _read(row: FullText, page: PageAnswer, now: datetime) -> _PageResult:
    again = now + WAITS[row.tries - 1] if row.tries < TRIES else None
    answer = page.answer
    if page.refusal:
        return _PageResult(error=page.refusal, next_try_at=None if page.is_final else again)
    if answer.error:
        is_final = 400 <= answer.status < 500 and answer.status not in PASSING
        return _PageResult(error=answer.error, next_try_at=None if is_final else again)
    if answer.media_type not in PAGES:
        return _PageResult(error=f"The address leads to a file ({answer.media_type[:100]}), not to a page.")
    try:
        return _PageResult(text=read_page(answer.body, address=answer.final_address).text)
    except NoArticle as none:
        return _PageResult(error=str(none))


def _store(row: FullText, result: _PageResult, now: datetime) -> int:
    """Store the result; count the suggestions judged again. A lease that ran out stores nothing."""
    with transaction.atomic():
        kept = FullText.objects.filter(pk=row.pk, lease_token=row.lease_token).let_go(
            text=result.text,
            error=result.error[:500],
            next_try_at=result.next_try_at,
            read_at=now if result.text else None,
        )
        return _judge_again(row, result.text) if kept and result.text else 0


def _judge_again(row: FullText, text: str) -> int:
    """Passage and stance of suggestions whose feed gave only a line or two; what a person decided meanwhile stays."""
    suggestions = Evidence.objects.to_confirm().filter(revision__entry=row.entry_id)
    judged = 0
    for evidence in suggestions.select_related("proposition", "revision"):
        if len(evidence.revision.body) > A_LINE_OR_TWO:
            continue
        pair = Pair(claim=evidence.proposition.statement, title=evidence.revision.title, body=text)
        (judgement,) = stance.judge([pair], encoder=None)  # by words alone: this job waits for sites, holds no model
        judged += Evidence.objects.filter(pk=evidence.pk, state=Evidence.State.SUGGESTED).update(
            passage=judgement.passage or evidence.passage,
            suggested_stance=judgement.stance,
            confidence=judgement.confidence,
            supports=judgement.supports,
            contradicts=judgement.contradicts,
            untaught_supports=None,
            untaught_contradicts=None,
            decisions_known=0,
            weighed=None,
            classifier=f"{stance.NAME} {stance.VERSION}, full text",
        )
        SuggestionQueue.objects.mark_stale([evidence.proposition_id])
    return judged


def _let_go(token: str, delays: Mapping[str, timedelta], at: datetime) -> None:
    for name, delay in delays.items():
        if delay > PAUSE:
            Host.objects.filter(name=name, lease_token=token).let_go(free_at=at + delay)
    leases.let_go(token, free_at=at + PAUSE)
