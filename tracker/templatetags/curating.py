"""Rows that wait for a curator, for the first page of the administration."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import QuerySet
from django.urls import reverse

from forecasts.models import Appeal
from tracker.models import Claim, Evidence, Feed, Letter, Position, Status

register = template.Library()


@dataclass(frozen=True, slots=True)
class WaitingRows:
    """So many rows wait; the address shows them."""

    words: str
    count: int
    address: str


@register.simple_tag
def waiting_for_a_curator() -> list[WaitingRows]:
    """Decisions to take, the most pressing first; empty when all is decided."""
    due = Position.objects.published().of_questions().filter(status=Status.DUE)
    suggested, proposed = Evidence.objects.to_confirm(), Claim.objects.proposed()
    failing, given_up = Feed.objects.exclude(last_error=""), Letter.objects.given_up()
    questions = _screen("forecasts_proposition", "state__exact=open&o=5")
    stories = _screen("tracker_evidence", "state__exact=suggested")
    claims = _screen("tracker_claim", "state__exact=proposed")
    feeds = _screen("tracker_feed", "last_error__isempty=0")
    letters = _screen("tracker_letter", "given_up_at__isempty=0")
    found = (
        _waiting(due, "question to rule on", "questions to rule on", questions),
        _waiting(Appeal.objects.waiting(), "appeal to answer", "appeals to answer", reverse("appeals")),
        _waiting(suggested, "suggested story to confirm", "suggested stories to confirm", stories),
        _waiting(proposed, "claim to accept or reject", "claims to accept or reject", claims),
        _waiting(failing, "feed that fails", "feeds that fail", feeds),
        _waiting(given_up, "letter given up", "letters given up", letters),
    )
    return [line for line in found if line.count]


def _waiting(rows: "QuerySet[Any]", one: str, many: str, address: str) -> WaitingRows:
    count = rows.count()
    return WaitingRows(one if count == 1 else many, count, address)


def _screen(name: str, query: str) -> str:
    return f"{reverse(f'admin:{name}_changelist')}?{query}"
