"""Evidence on a position's page: its filters, and a curator's decision on one story."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from language.classifiers.reliability import Reliability, together
from tracker.curation import evidence as curation
from tracker.models import Evidence, Position
from tracker.models.evidence import RecordKey
from tracker.pages.access import curator_of, curators_only, reason_of, return_address, said
from tracker.pages.chips import Chip
from tracker.pages.formats import EFFECT, stance_for
from tracker.pages.questions import ledger
from tracker.pages.questions.detail import PositionDetail
from tracker.wording import capitalised

FEWEST: Final = 10  # decisions; below them nothing is said of a classifier
FILTERS: Final = {
    "": "All",
    "supports": "Supports",
    "contradicts": "Contradicts",
    "mentions": "Mentions",
    "suggested": "To confirm",
}
# Options of a curator's forms.
STANCES: Final = tuple((value, capitalised(value)) for value in Evidence.Stance.values)
STRENGTHS: Final = tuple((value, capitalised(str(words))) for value, words in Evidence.Strength.choices)


def stance_chips(detail: PositionDetail, current: str) -> tuple[Chip, ...]:
    """The filters of its ledger that would show something."""
    chips = (
        Chip(
            address=f"?stance={stance}#ledger" if stance else "?#ledger",
            words=words,
            count=len(ledger.only(detail.rows, stance)),
            is_current=stance == current,
            mark=EFFECT.get(stance, ""),
            is_confirmed=any(row.is_confirmed for row in ledger.only(detail.rows, stance)),
        )
        for stance, words in FILTERS.items()
    )
    return tuple(chip for chip in chips if chip.count or chip.is_current)


@require_POST
@curators_only
def decide(request: HttpRequest, position: int, pk: int) -> HttpResponse:
    """Decide on a story, or take that back, from a position's page: the form's stance is seen from its side."""
    seen_from = get_object_or_404(Position.objects.select_related("claim", "proposition"), pk=position)
    evidence = get_object_or_404(Evidence, pk=pk, proposition=seen_from.proposition_id)
    by, at, reason = curator_of(request), timezone.now(), reason_of(request)
    stance, strength = request.POST.get("stance", ""), request.POST.get("strength", "")
    if request.POST.get("verb") == "reject":
        with said(request, "Rejected: the story counts for nothing, and stays on record in the administration."):
            curation.reject(evidence, by=by, reason=reason, at=at)
    elif request.POST.get("verb") == "take back":
        with said(request, "Taken back: the story waits for a decision again."):
            curation.take_back(evidence, by=by, reason=reason, at=at)
    else:
        towards_yes = stance_for(seen_from.side, stance) if stance in EFFECT else stance
        with said(request, "Confirmed: it counts from the next revision of the estimate on."):
            curation.confirm(evidence, stance=towards_yes, strength=strength, by=by, reason=reason, at=at)
    return redirect(return_address(request, default=f"{seen_from.get_absolute_url()}#evidence-{evidence.pk}"))


def worth() -> dict[RecordKey, str]:
    """One line on each classifier and footing that people have decided about, for those who decide on."""
    counts = Evidence.objects.by_classifier()
    return {key: _in_short(Reliability(together(kinds.values()))) for key, kinds in counts.items()}


def _in_short(reliability: Reliability) -> str:
    if reliability.decided < FEWEST:
        return "too few decisions to tell how far to believe it"
    return f"right in {reliability.right} of the {reliability.decided} that people decided"
