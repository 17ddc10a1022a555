"""Asking a question without an article: type it, have the rest drafted from its wording, edit that, open it."""

from datetime import UTC, date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from language.questions import drafts
from language.questions.statements import statement_of
from language.time import deadlines
from tracker.curation.question_form import QuestionForm
from tracker.pages.access import curator_of, curators_only

TO_CHECK = "Drafted from the question: check it, then open the question."


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
    form = QuestionForm(sent | unseen, at=now)
    for name in unseen:
        form.add_error(name, TO_CHECK)
    opened = form.opened(by=curator_of(request))
    if opened is None:
        return _page(request, form, status=422)
    messages.success(request, "The question is open: members can forecast it, and news is held against it.")
    return redirect("question", opened.key)


def _page(request: HttpRequest, form: QuestionForm, *, drafted: bool = False, status: int = 200) -> HttpResponse:
    form.fields["statement"].help_text += " Left empty, it is drafted from the question for you to check."
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
    found = drafts.draft(statement, published=today, deadline=deadline, kind="", is_asked=True)
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
