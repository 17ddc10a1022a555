"""Asking a question without an article: type it, have the rest drafted from its wording, mend that, open it."""

from datetime import UTC, date, datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from forecasts.models import Proposition
from language.questions import drafts
from language.questions.statements import statement_of
from language.time import deadlines
from tracker.curation.claims import Question
from tracker.curation.questions import MOST_CRITERIA, QuestionRefused, ask
from tracker.pages.curators import curator_of, curators_only
from tracker.pages.fields import DayField

TO_CHECK = "Drafted from the question: check it, then open the question."


class QuestionForm(forms.Form):
    question = forms.CharField(
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Such as “Will our town have a new bridge by 30 June 2027?”",
    )
    statement = forms.CharField(
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="What Yes means",
        help_text="One sentence that stands by itself. Left empty, it is drafted from the question for you to check.",
    )
    resolution_criteria = forms.CharField(
        max_length=MOST_CRITERIA,
        widget=forms.Textarea(attrs={"rows": 5}),
        label="Criteria",
        help_text="What must be reported, and by whom, for Yes; anything else is No. Two strangers should rule alike.",
    )
    opens_on = DayField(label="Opens on", help_text="Forecasts and news count from this day (UTC) on.")
    deadline = DayField(help_text="The last day that counts (UTC).")
    process = forms.ChoiceField(
        choices=[("", "not said"), *Proposition.Process.choices],
        required=False,
        label="Kind of process",
        help_text="While no news comes, an event grows less likely as its deadline nears, a state more likely.",
    )
    topic = forms.CharField(max_length=80, required=False, help_text="In a word or two; questions are listed by it.")
    prior = forms.FloatField(
        required=False,
        min_value=1,
        max_value=99,
        label="Base rate, in per cent",
        help_text="How often such things came true, from 1 to 99. Left empty, the chances begin even.",
    )
    prior_reason = forms.CharField(
        max_length=300,
        required=False,
        label="Counted in which reference class",
        help_text="Such as: of the last 20 bridges that were planned here, four opened on time.",
    )
    sources = forms.CharField(
        max_length=1000, required=False, help_text="Where the answer will be found, parted by commas."
    )
    keywords = forms.CharField(
        max_length=1000, required=False, help_text="Words that reports would use, parted by commas."
    )
    actors = forms.CharField(
        max_length=1000, required=False, help_text="States, people and bodies involved, parted by commas."
    )

    def as_question(self) -> Question:
        given = self.cleaned_data
        return Question(
            key="",
            question=given["question"],
            statement=given["statement"],
            resolution_criteria=given["resolution_criteria"],
            opens_on=given["opens_on"],
            deadline=given["deadline"],
            sources=_parted(given["sources"]),
            keywords=_parted(given["keywords"]),
            actors=_parted(given["actors"]),
            process=given["process"],
            prior=None if given["prior"] is None else given["prior"] / 100,
            prior_reason=given["prior_reason"],
            topic=given["topic"],
        )


@curators_only
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """`verb=draft` fills what is empty; all else opens the question, or says what stands in the way."""
    now = timezone.now()
    if request.method != "POST":
        return _page(request, QuestionForm(initial={"opens_on": now.astimezone(UTC).date()}))
    sent = {name: request.POST.get(name, "") for name in QuestionForm.base_fields}
    drafted = _drafted(sent, now=now)
    if request.POST.get("verb") == "draft":
        form = QuestionForm(initial=sent | drafted)
        return _page(request, form, drafted=bool(drafted))
    unseen: dict[str, str] = {name: drafted[name] for name in ("statement", "resolution_criteria") if name in drafted}
    form = QuestionForm(sent | unseen)
    opened = _opened(request, form, unseen=tuple(unseen), now=now)
    if opened is None:
        return _page(request, form, status=422)
    messages.success(request, "The question is open: members can forecast it, and news is held against it.")
    return redirect("question", opened.key)


def _opened(request: HttpRequest, form: QuestionForm, *, unseen: tuple[str, ...], now: datetime) -> Proposition | None:
    """The question, opened; None where the form has words for the curator, as about a draft that nobody has seen."""
    is_valid = form.is_valid()
    for name in unseen:
        form.add_error(name, TO_CHECK)
    if not is_valid or unseen:
        return None
    try:
        return ask(form.as_question(), by=curator_of(request), at=now)
    except QuestionRefused as refused:
        form.add_error(refused.field or None, str(refused))
        return None


def _page(request: HttpRequest, form: QuestionForm, *, drafted: bool = False, status: int = 200) -> HttpResponse:
    return render(request, "questions/add.html", {"form": form, "drafted": drafted}, status=status)


def _drafted(sent: dict[str, str], *, now: datetime) -> dict[str, str]:
    """For each field that was left empty what the question's wording suggests; nothing without a question."""
    asked = sent["question"].strip()[:400]
    statement = sent["statement"].strip()[:400] or statement_of(asked)
    if not asked:
        return {}
    today = now.astimezone(UTC).date()
    named = deadlines.find(asked, published=today)
    deadline = _day(sent["deadline"]) or (named.on if named else None)
    found = drafts.draft(statement, published=today, deadline=deadline, kind="")
    suggested = {
        "statement": statement,
        "resolution_criteria": found.resolution_criteria,
        "opens_on": f"{today:%Y-%m-%d}",
        "deadline": f"{found.deadline:%Y-%m-%d}",
        "process": found.process,
        "sources": ", ".join(found.sources),
        "keywords": ", ".join(found.keywords),
        "actors": ", ".join(found.actors),
    }
    return {name: words for name, words in suggested.items() if words and not sent[name].strip()}


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def _parted(words: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in words.split(",") if part.strip())
