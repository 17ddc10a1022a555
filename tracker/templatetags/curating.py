"""Rows that wait for a curator, for the first page of the administration."""

from dataclasses import dataclass

from django import template
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
    found = [
        _waiting(
            due.count(), "question to rule on", "questions to rule on", "forecasts_proposition", "state__exact=open&o=5"
        ),
        _appeals(),
        _waiting(
            Evidence.objects.to_confirm().count(),
            "suggested story to confirm",
            "suggested stories to confirm",
            "tracker_evidence",
            "state__exact=suggested",
        ),
        _waiting(
            Claim.objects.proposed().count(),
            "claim to accept or reject",
            "claims to accept or reject",
            "tracker_claim",
            "state__exact=proposed",
        ),
        _waiting(
            Feed.objects.exclude(last_error="").count(),
            "feed that fails",
            "feeds that fail",
            "tracker_feed",
            "last_error__isempty=0",
        ),
        _waiting(
            Letter.objects.given_up().count(),
            "letter given up",
            "letters given up",
            "tracker_letter",
            "given_up_at__isempty=0",
        ),
    ]
    return [line for line in found if line.count]


def _appeals() -> WaitingRows:
    """They are answered on a page of their own."""
    count = Appeal.objects.waiting().count()
    return WaitingRows("appeal to answer" if count == 1 else "appeals to answer", count, reverse("appeals"))


def _waiting(count: int, one: str, many: str, screen: str, query: str) -> WaitingRows:
    words = one if count == 1 else many
    return WaitingRows(words, count, f"{reverse(f'admin:{screen}_changelist')}?{query}")
