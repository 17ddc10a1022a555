"""Deciding on a proposed claim: accept it and put it to a question, new or known; or reject it."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from textwrap import shorten
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from forecasts.models import Proposition
from forecasts.refused import Refused
from language.questions import drafts
from tracker.curation import claims as curation
from tracker.models import Claim, Position, User
from tracker.pages.claims.duplicates import same_as
from tracker.pages.curators import carried_out, curator_of, curators_only
from tracker.pages.fields import DayField
from tracker.pages.formats import day

FRESH = timedelta(days=7)  # a question written later than this after publication may know the outcome
NOT_A_CLAIM = "Not something the world can settle."


class SideForm(forms.Form):
    """What the claim says on a question, and how sure its wording is."""

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


class NewQuestionForm(SideForm):
    field_order = (
        "question",
        "statement",
        "resolution_criteria",
        "opens_on",
        "deadline",
        "process",
        "title",
        "restatement",
        "side",
        "sureness",
    )
    question = forms.CharField(max_length=400, widget=forms.Textarea(attrs={"rows": 4}))
    statement = forms.CharField(
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
        label="What Yes means",
        help_text="One sentence that stands by itself.",
    )
    resolution_criteria = forms.CharField(
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        label="Criteria",
        help_text="What must be reported, and by whom, for Yes; anything else is No.",
    )
    opens_on = DayField(label="Opens on")
    deadline = DayField(help_text="The last day that counts (UTC).")
    keywords = forms.CharField(
        max_length=1000, required=False, help_text="Words that reports would use, parted by commas."
    )
    actors = forms.CharField(
        max_length=1000, required=False, help_text="States, people and bodies involved, parted by commas."
    )
    sources = forms.CharField(
        max_length=1000, required=False, help_text="Where the answer will be found, parted by commas."
    )
    process = forms.ChoiceField(
        choices=[("", "not said"), *Proposition.Process.choices],
        required=False,
        label="Kind of process",
        help_text="While no news comes, an event grows less likely as its deadline nears, a state more likely.",
    )
    written_with_hindsight = forms.BooleanField(
        required=False,
        label="Written with hindsight",
        help_text="Tick it when the outcome can be known today: such questions show the method and rank nobody.",
    )

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        opens_on, deadline = given.get("opens_on"), given.get("deadline")
        if isinstance(opens_on, date) and isinstance(deadline, date) and deadline < opens_on:
            self.add_error("deadline", "The deadline lies before the opening: choose a later one.")
        return given

    def as_question(self) -> curation.Question:
        given = self.cleaned_data
        return curation.Question(
            key=curation.free_key(given["title"]),
            question=given["question"],
            statement=given["statement"],
            resolution_criteria=given["resolution_criteria"],
            opens_on=given["opens_on"],
            deadline=given["deadline"],
            keywords=_parted(given["keywords"]),
            actors=_parted(given["actors"]),
            sources=_parted(given["sources"]),
            process=given["process"],
            written_with_hindsight=given["written_with_hindsight"],
        )


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
    is_known = "known" in request.POST
    sent = request.POST or None
    draft = draft_of(claim)
    initial = drafted(claim, draft=draft, now=timezone.now())
    new = NewQuestionForm(None if is_known else sent, initial=initial, prefix="new")
    known = KnownQuestionForm(sent if is_known else None, initial=initial, prefix="known", claim=claim)
    form = known if is_known else new
    if form.is_valid() and _put_to_test(request, claim, form):
        messages.success(request, "The claim is accepted and put to its question.")
        return redirect("claim", claim.slug)
    context = {
        "claim": claim,
        "new": new,
        "known": known,
        "is_known": is_known,
        "draft": draft,
        "refusal": claim.refusal or draft.refusal,
        "same": same_as(claim, is_curator=True),
    }
    return render(request, "articles/accept.html", context, status=422 if form.errors else 200)


def _put_to_test(request: HttpRequest, claim: Claim, form: NewQuestionForm | KnownQuestionForm) -> bool:
    try:
        accept_and_test(claim, form=form, by=curator_of(request), at=timezone.now())
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


@transaction.atomic
def accept_and_test(claim: Claim, *, form: NewQuestionForm | KnownQuestionForm, by: User, at: datetime) -> Position:
    """All of it or nothing, so that no question stays behind without its claim; sent twice, it is done once."""
    title = form.cleaned_data["title"]
    claim = Claim.objects.select_for_update(of=("self",)).select_related("article").get(pk=claim.pk)
    if isinstance(form, NewQuestionForm):
        same = claim.positions.filter(proposition__question=form.cleaned_data["question"]).first()
        if same is not None:
            return same
    if claim.state != Claim.State.ACCEPTED:
        restatement = form.cleaned_data["restatement"]
        claim = curation.accept(claim, by=by, at=at, title=title, restatement=restatement)
    if isinstance(form, NewQuestionForm):
        proposition = curation.open_question(form.as_question(), by=by, at=at)
    else:
        proposition = form.cleaned_data["proposition"]
    return curation.take_position(
        claim,
        proposition=proposition,
        side=form.cleaned_data["side"],
        title=title,
        by=by,
        at=at,
        implied_probability=form.implied,
    )


@curators_only
@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim.objects.select_related("article"), pk=pk)
    reason = request.POST.get("reason", "").strip()[:500] or NOT_A_CLAIM
    decision = partial(curation.reject, claim, by=curator_of(request), at=timezone.now(), reason=reason)
    carried_out(request, decision, said="The claim is rejected; it stays on record.")
    return redirect(reverse("article", args=[claim.article.slug]) + "#proposed")


def draft_of(claim: Claim) -> drafts.DraftQuestion:
    return drafts.draft(
        claim.restatement or claim.quote,
        published=claim.article.published_on,
        deadline=claim.deadline,
        kind=claim.kind,
    )


def drafted(claim: Claim, *, draft: drafts.DraftQuestion, now: datetime) -> dict[str, object]:
    """What the forms hold at first: the question that the wording suggests, for a person to mend.

    Where the claim cannot be settled there is none to suggest, and whoever sees one words it.
    """
    published, implied = claim.article.published_on, claim.implied_probability
    headline = shorten(draft.headline, 300, placeholder="…") or claim.title
    has_wording = not (claim.refusal or draft.refusal)
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
        "keywords": ", ".join(draft.keywords),
        "actors": ", ".join(draft.actors),
        "sources": ", ".join(draft.sources),
        "written_with_hindsight": now.astimezone(UTC).date() - published > FRESH,
    }


def _parted(words: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in words.split(",") if part.strip())
