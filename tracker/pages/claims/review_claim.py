"""Deciding on a proposed claim: accept it and put it to a question, new or known; or reject it."""

from datetime import UTC, datetime, timedelta
from textwrap import shorten
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from forecasts.models import Proposition
from forecasts.refused import Refused
from language.questions import drafts, similar
from tracker.curation import claims as curation
from tracker.curation.positions import accept_and_position
from tracker.curation.question_form import QuestionForm
from tracker.jobs import encoder
from tracker.jobs.readings import drafts as readings
from tracker.models import Claim, Position, User
from tracker.pages.access import curator_of, curators_only, reason_of, said
from tracker.pages.claims.duplicates import same_as
from tracker.pages.formats import day

FRESH = timedelta(days=7)  # a question written later than this after publication may know the outcome
MOST_COMPARED = 500  # open questions, the newest, among which one like the claim is looked for
NOT_A_CLAIM = "Not something the world can settle."


class SideForm(forms.Form):
    """Side that a claim takes on a question, and how sure its wording is."""

    title = forms.CharField(
        max_length=300,
        label="What the claim says",
        help_text="As a headline in your own words; it stands on every page.",
    )
    side = forms.ChoiceField(choices=Position.Side.choices, label="Side it takes on the question")
    sureness = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=99,
        label="How sure the wording is, in per cent",
        help_text="Of the side it takes, from 1 to 99. Left empty, the claim is not scored.",
    )

    restatement = forms.CharField(
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Restatement",
        help_text="The claim in one sentence that stands by itself; it is shown beside the quotation.",
    )

    @property
    def implied(self) -> float | None:
        sureness = self.cleaned_data["sureness"]
        return None if sureness is None else sureness / 100


class QuestionField(forms.ModelChoiceField[Proposition]):
    def label_from_instance(self, obj: Proposition) -> str:
        return f"{obj.question} (to {day(obj.deadline)})"


class KnownQuestionForm(SideForm):
    proposition = QuestionField(queryset=Proposition.objects.none(), label="Question")

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["proposition"]
        assert isinstance(field, QuestionField)
        # A claim made after the deadline says nothing about the question.
        open_then = Proposition.objects.published().filter(outcome="", deadline__gte=claim.article.published_on)
        field.queryset = open_then.exclude(positions__claim=claim)
        self.order_fields(["proposition"])


@curators_only
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Two forms on one page: `known` says which one was sent."""
    claim = get_object_or_404(Claim.objects.select_related("article"), pk=pk)
    now, is_known = timezone.now(), "known" in request.POST
    chosen = request.GET.get("question", "")
    sent = request.POST or None
    by_whom = readings.of(claim, now=now, may_ask=request.method != "POST")
    draft = by_whom.draft
    initial = drafted(claim, draft=draft, now=now)
    question = QuestionForm(None if is_known else sent, initial=initial, prefix="new", at=now, claim=claim)
    new = SideForm(None if is_known else sent, initial=initial, prefix="new")
    known = KnownQuestionForm(
        sent if is_known else None, initial=initial | {"proposition": chosen}, prefix="known", claim=claim
    )
    if _is_carried_out(claim, known if is_known else new, None if is_known else question, by=curator_of(request)):
        messages.success(request, "The claim is accepted and put to its question.")
        return redirect(claim)
    context = {
        "claim": claim,
        "question": question,
        "new": new,
        "known": known,
        "is_known": is_known or bool(chosen),
        "similar": similar_to(claim, draft=draft, known=known),
        "draft": draft,
        "draft_note": by_whom.note,
        "refusal": claim.refusal or draft.refusal,
        "same": same_as(claim, is_curator=True),
    }
    return render(request, "articles/accept.html", context, status=422 if sent else 200)


def _is_carried_out(claim: Claim, side: SideForm, question: QuestionForm | None, *, by: User) -> bool:
    """Put the claim to its question, a known one without `question`; False where the forms say why not."""
    faults = [form.errors for form in (side, question) if form]  # of both, so that both say at once what to change
    if not side.is_bound or any(faults):
        return False
    chosen = side.cleaned_data
    try:
        accept_and_position(
            claim,
            question=question.instance if question else chosen["proposition"],
            side=chosen["side"],
            title=chosen["title"],
            by=by,
            at=timezone.now(),
            implied_probability=side.implied,
            restatement=chosen["restatement"],
        )
    except Refused as refused:
        question.refuse(refused) if question else side.add_error(None, str(refused))
        return False
    return True


@curators_only
@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim.objects.select_related("article"), pk=pk)
    with said(request, "The claim is rejected; it stays on record."):
        reason = reason_of(request) or NOT_A_CLAIM
        curation.reject(claim, by=curator_of(request), at=timezone.now(), reason=reason)
    return redirect(f"{claim.article.get_absolute_url()}#proposed")


def similar_to(claim: Claim, *, draft: drafts.DraftQuestion, known: KnownQuestionForm) -> list[Proposition]:
    """The open questions most like the one that the claim would open, the likest first."""
    field = known.fields["proposition"]
    assert isinstance(field, QuestionField)
    assert field.queryset is not None
    open_now = list(field.queryset.order_by("-pk")[:MOST_COMPARED])
    text = draft.question or claim.restatement or claim.quote
    minilm = encoder.load(without="Similar questions are told by their words alone") if open_now else None
    places = similar.rank(text, [row.question for row in open_now], encoder=minilm)
    return [open_now[place] for place in places]


def drafted(claim: Claim, *, draft: drafts.DraftQuestion, now: datetime) -> dict[str, object]:
    """Initial values of the forms: the question that the wording suggests, for a person to edit.

    Where the claim cannot be settled, or something is missing, there is none to suggest, and whoever sees one words it.
    """
    published, implied = claim.article.published_on, claim.implied_probability
    headline = shorten(draft.headline, 300, placeholder="…") or claim.title
    has_wording = not (claim.refusal or draft.refusal or draft.missing)
    return {
        "question": draft.question if has_wording else "",
        "statement": draft.statement if has_wording else "",
        "resolution_criteria": draft.resolution_criteria if has_wording else "",
        "opens_on": published,
        "deadline": draft.deadline,
        "process": draft.process if has_wording else "",
        "title": claim.title if claim.state == Claim.State.ACCEPTED else headline,  # a person's choice is kept
        "restatement": claim.restatement,
        "side": draft.side,
        "sureness": None if implied is None else round(implied * 100),
        "keywords": draft.keywords,
        "actors": draft.actors,
        "sources": draft.sources,
        "written_with_hindsight": now.astimezone(UTC).date() - published > FRESH,
    }
