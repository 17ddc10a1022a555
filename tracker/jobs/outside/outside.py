"""Outside: ask other sites what they say of linked questions, and record it as their forecasts.

1. Due links are chosen, few of a host, and claimed with their hosts. 2. Their documents are asked for. 3. For each link
one transaction stores what was said, with a forecast where that is new, and gives the lease back. Whoever is killed in
between has stored nothing, and the next one asks again.
"""

import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.db import transaction
from django.db.models import Q

from forecasts import estimates
from forecasts.models import Forecast
from forecasts.outside import metaculus, sources
from forecasts.outside.answers import OutsideAnswer, OutsideState
from forecasts.refused import Refused
from news.fetch.addresses import host_of
from news.fetch.connections import Fetch, Fetched, Request
from news.polling.schedule import Look, asked_wait, demanded_wait, next_poll
from tracker.jobs.feeds import leases
from tracker.models import OutsideLink

BATCH = 50
EVERY = timedelta(minutes=30)
EVERY_WHEN_CLOSED = timedelta(hours=12)
SOON = timedelta(minutes=1)
LOOKED_THROUGH = 20  # so many times the limit
NONE = timedelta(0)
# A forecast is new when it moved by half a point (less the rounding of floats) or the last one is a day old.
MOVED = 0.005 - 1e-9
REPEATED = timedelta(days=1)
SILENT = "The site shows no forecast on this question yet, or only to those whom it knows."
ELSEWHERE = "The site sends on to another one, where it was not followed."

_STORED = str.split(
    "title probability is_closed outcome state etag last_modified last_polled_at last_success_at next_poll_at failures "
    "last_error lease_until lease_token"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideReport:
    """Links asked, forecasts recorded, polls that failed, and links whose sites have ruled."""

    asked: int = 0
    forecasts: int = 0
    failed: int = 0
    ruled: int = 0


@dataclass(frozen=True, slots=True)
class _Poll:
    """Answer of a document; None where it has not changed, or where `error` says why there is nothing."""

    answer: Fetched
    said: OutsideAnswer | None = None
    error: str = ""


def outside(
    now: datetime, *, fetch: Fetch, limit: int = BATCH, gap: timedelta = NONE, metaculus_token: str = ""
) -> OutsideReport:
    """Ask up to `limit` due links; their hosts are asked again no sooner than `gap` after the last answer."""
    token = secrets.token_hex(16)
    rows = _claim(now, token=token, limit=limit)
    if not rows:
        return OutsideReport()
    asked = fetch([_request(row, metaculus_token=metaculus_token) for row in rows])
    counted: Counter[str] = Counter()
    for row, answer in zip(rows, asked, strict=True):
        if answer.is_put_off or (answer.onward and host_of(answer.onward) == host_of(row.document)):
            _put_off(row, now)
        else:
            counted.update(_store(row, _read(row, answer, now), now))
    leases.freeze_hosts(asked, now=now)
    longest = max(answer.ended_after for answer in asked)
    leases.let_go(token, free_at=now + timedelta(seconds=longest) + gap)
    return OutsideReport(**counted)


def _claim(now: datetime, *, token: str, limit: int) -> list[OutsideLink]:
    """Links under the token's lease, as their hosts are."""
    due = OutsideLink.objects.due(now).values_list("pk", "document")[: LOOKED_THROUGH * limit]
    chosen = leases.hold_hosts_of(due, limit=limit, token=token, now=now, of_a_host=leases.FEEDS_OF_A_HOST)
    OutsideLink.objects.due(now).filter(pk__in=chosen).order_by().lease(token, until=now + leases.LEASE)
    rows = list(
        OutsideLink.objects.filter(lease_token=token).select_related("proposition", "forecaster").order_by("pk")
    )
    if not rows:
        leases.let_go(token, free_at=now)
    return rows


def _request(row: OutsideLink, *, metaculus_token: str) -> Request:
    """Kept to its own host, so that no redirect carries a token elsewhere."""
    headers = [("Accept", "application/json, text/csv, */*;q=0.5")]
    if metaculus_token and row.source == metaculus.SOURCE:
        headers.append(("Authorization", f"Token {metaculus_token}"))
    return Request(
        address=row.document,
        etag=row.etag,
        last_modified=row.last_modified,
        headers=tuple(headers),
        hosts=frozenset({host_of(row.document)}),
    )


def _put_off(row: OutsideLink, now: datetime) -> None:
    """Its host has just refused another request, or the batch had no room for it: it failed in nothing."""
    OutsideLink.objects.filter(pk=row.pk, lease_token=row.lease_token).let_go(next_poll_at=now + SOON)


def _read(row: OutsideLink, answer: Fetched, now: datetime) -> _Poll:
    if answer.error or answer.onward:
        return _Poll(answer, error=answer.error or ELSEWHERE)
    if answer.status == HTTPStatus.NOT_MODIFIED:
        return _Poll(answer)
    try:
        return _Poll(answer, sources.parse(row.source, answer.body, question_id=row.question_id, now=now))
    except Refused as refused:
        return _Poll(answer, error=str(refused))


def _store(row: OutsideLink, poll: _Poll, now: datetime) -> dict[str, int]:
    """Counts for the report; nothing is written once the lease ran out, nor on a link that was taken away meanwhile."""
    with transaction.atomic():
        held = Q(pk=row.pk, lease_token=row.lease_token, state=OutsideLink.State.POLLED)
        if not OutsideLink.objects.select_for_update(of=("self",)).filter(held).exists():
            return {}
        row.last_polled_at, row.last_error = now, poll.error[:500]
        row.failures = row.failures + 1 if poll.error else 0
        if poll.said is not None:
            _take(row, poll.said, poll.answer, now)
        is_new = not poll.error and _record(row, now)
        row.last_success_at = row.last_success_at if poll.error else now
        row.next_poll_at = _next(row, poll, now)
        row.lease_until, row.lease_token = None, ""
        row.save(update_fields=_STORED)
    is_ruled = row.state == OutsideLink.State.RULED
    return {"asked": 1, "forecasts": int(is_new), "failed": int(bool(poll.error)), "ruled": int(is_ruled)}


def _take(row: OutsideLink, said: OutsideAnswer, answer: Fetched, now: datetime) -> None:
    turned = {"yes": "no", "no": "yes"} if row.is_inverted else {}
    row.title = said.title or row.title
    row.probability = 1 - said.probability if row.is_inverted and said.probability is not None else said.probability
    row.is_closed = not said.is_open(now)
    row.outcome = turned.get(said.outcome, said.outcome)
    if said.state == OutsideState.RESOLVED:
        row.state = OutsideLink.State.RULED
    row.etag = answer.headers.get("etag", "").replace("\x00", "")[:500]
    row.last_modified = answer.headers.get("last-modified", "").replace("\x00", "")[:200]


def _record(row: OutsideLink, now: datetime) -> bool:
    """Whether a forecast was recorded: not once the site takes none any more, nor where nothing is new."""
    if row.is_closed:
        return False
    if row.probability is None:
        row.last_error = SILENT
        return False
    own = Forecast.objects.filter(proposition=row.proposition_id, forecaster=row.forecaster_id)
    last = own.in_force(now).first()
    if last and abs(last.probability - row.probability) < MOVED and now - last.made_at < REPEATED:
        return False
    try:
        estimates.record(row.proposition, forecaster=row.forecaster, probability=row.probability, at=now)
    except Refused as refused:  # ruled on meanwhile, or a clock that went back
        row.last_error = str(refused)[:500]
        return False
    return True


def _next(row: OutsideLink, poll: _Poll, now: datetime) -> datetime:
    """As for feeds: no sooner than the site asks, and ever later after errors."""
    every = EVERY_WHEN_CLOSED if row.is_closed else EVERY
    headers = poll.answer.headers
    look = Look(
        address=row.document,
        interval_minutes=every // timedelta(minutes=1),
        failures=row.failures,
        asked=asked_wait(headers, ttl_minutes=0, now=now),
        retry_after=demanded_wait(headers, now=now),
    )
    return next_poll(now, look).at
