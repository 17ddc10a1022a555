"""Deciding on outside forecasts: link a question on another site to one of ours, take a link away, poll it now."""

from datetime import datetime

from django.db import transaction

from forecasts import estimates
from forecasts.models import Forecaster, Proposition
from forecasts.outside import sources
from forecasts.refused import Refused
from news.fetch import addresses
from tracker.curation.decisions import Verb, deciding, note
from tracker.models import OutsideLink, User


def link(
    proposition: Proposition,
    *,
    address: str,
    by: User | str,
    at: datetime,
    is_inverted: bool = False,
    reason: str = "",
) -> OutsideLink:
    """Follow a question on another site from now on; what its site says of it shows at the first poll, due at once."""
    try:
        place = sources.find(address)
        document = addresses.check_address(place.document)
        page = addresses.check_address(place.page)
    except addresses.AddressRefused as refused:
        raise Refused(str(refused)) from refused
    with transaction.atomic():
        # The row is held, so that two who link at once do not both find no link.
        row = Proposition.objects.select_for_update().get(pk=proposition.pk)
        if row.state == Proposition.State.RESOLVED:
            raise Refused("This question has been ruled on, so its forecasts are closed.")
        forecaster = _forecaster(place.forecaster)
        known = OutsideLink.objects.linked().filter(proposition=row, forecaster=forecaster).first()
        if known is not None:
            raise Refused(f"{forecaster} is linked here already, by {known.page}: unlink that one first.")
        linked = OutsideLink.objects.create(
            proposition=row,
            forecaster=forecaster,
            source=place.source,
            address=address.strip()[:2000],
            page=page,
            document=document,
            question_id=place.question_id,
            is_inverted=is_inverted,
            linked_at=at,
            next_poll_at=at,
        )
        facts = {"question": row.key, "page": page}
        note(Verb.LINK_OUTSIDE, subject=linked, by=by, at=at, reason=reason, after=facts)
    return linked


def unlink(linked: OutsideLink, *, by: User | str, at: datetime, reason: str) -> OutsideLink:
    """Follow it no more. Its site's standing forecast is withdrawn and stays on record, where it still may be."""
    if not reason.strip():
        raise Refused("Say why the link is taken away: its forecasts stay on record.")
    with deciding(linked, Verb.UNLINK_OUTSIDE, by=by, at=at, reason=reason) as row:
        if row.state == OutsideLink.State.UNLINKED:
            raise Refused("This link has been taken away already.")
        row.state = OutsideLink.State.UNLINKED
        _withdraw(row, at=at)
    return row


def poll_now(linked: OutsideLink, *, by: User | str, at: datetime, reason: str = "") -> OutsideLink:
    """Make it due at once; one that its site has ruled on is asked again as well, since sites take rulings back."""
    with deciding(linked, Verb.POLL_OUTSIDE_NOW, by=by, at=at, reason=reason) as row:
        if row.state == OutsideLink.State.UNLINKED:
            raise Refused("This link has been taken away, so it is not polled: link the question anew.")
        row.state, row.next_poll_at = OutsideLink.State.POLLED, at
    return row


def _forecaster(name: str) -> Forecaster:
    """The site as a forecaster; the one that a curator has entered under its name, if there is one."""
    known = Forecaster.objects.filter(kind=Forecaster.Kind.SITE, name=name).order_by("pk").first()
    return known or Forecaster.objects.create(kind=Forecaster.Kind.SITE, name=name)


def _withdraw(row: OutsideLink, *, at: datetime) -> None:
    try:
        estimates.withdraw(row.proposition, forecaster=row.forecaster, at=at)
    except Refused:
        return  # none stands, or the question is closed and its forecasts with it
