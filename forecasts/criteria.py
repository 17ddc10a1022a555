"""Versions of a question's words: from the first forecast on, a change needs a reason and the old words are kept."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Min

from forecasts.models import LAST_DEADLINE, CriteriaVersion, Proposition
from forecasts.refused import Refused

WORDS = ("question", "statement", "resolution_criteria", "deadline")
DAYS = ("opens_on", "deadline")


def amend(
    proposition: Proposition,
    *,
    question: str,
    statement: str,
    resolution_criteria: str,
    deadline: date,
    reason: str,
    by: str,
    at: datetime,
    opens_on: date | None = None,
) -> CriteriaVersion | None:
    """Ask the question in these words from `at` on; returns the new version where versions are kept, else None.

    Before anybody of the crowd has forecast nobody is misled, so that the words are only mended. From then on the words
    as they were become version 1, the new ones the next, and a reason is required. Words that change nothing do
    nothing. `opens_on` moves the opening along with the deadline, as far as no person's forecast is older.

    `Refused` for a question ruled on, empty or overlong words, a missing reason, a time before the last change,
    and a deadline before the opening, out of the calendar, before a forecast, or, once people forecast, before `at`.
    """
    with transaction.atomic():
        before = Proposition.objects.locked(proposition.pk)
        after = Proposition.objects.get(pk=before.pk)
        after.question, after.statement, after.deadline = question.strip(), statement.strip(), deadline
        after.resolution_criteria, after.opens_on = resolution_criteria.strip(), opens_on or before.opens_on
        if not _differ(before, after, (*WORDS, *DAYS)):
            return None
        refuse_unless_sound(before, after=after, reason=reason, at=at)
        version = _versioned(before, after, reason=reason.strip(), by=by, at=at)
        after.save(update_fields=[*WORDS, "opens_on"])
        row = Proposition.objects.filter(pk=before.pk)
        row.mark_changed(at)
        if _differ(before, after, DAYS):
            row.filter(state=Proposition.State.OPEN).mark_unsettled(at)
    return version


def refuse_unless_sound(before: Proposition, *, after: Proposition, reason: str, at: datetime) -> None:
    """Refuse what `amend` would refuse at `at`, from `before` to `after`: for a form to ask before it is saved."""
    words_differ = _differ(before, after, WORDS)
    days_differ = _differ(before, after, DAYS)
    if not words_differ and not days_differ:
        return
    if before.state == Proposition.State.RESOLVED:
        raise Refused("This question has been ruled on: take the ruling back before you change its words.")
    _refuse_faulty_words(after)
    if days_differ:
        _refuse_faulty_days(before, after, at=at)
    if words_differ and keeps_versions(before):
        _refuse_without_reason(reason.strip())
        _refuse_unless_latest(before, at=at)


def keeps_versions(proposition: Proposition) -> bool:
    """Whether somebody of the crowd has ever forecast it, withdrawn or not, or its words have versions already."""
    return proposition.forecasts.of_crowd().exists() or proposition.criteria_versions.exists()


def version_at(versions: Iterable[CriteriaVersion], at: datetime) -> CriteriaVersion | None:
    """The version that was in force at a time, of those of a question in order; the later of two of one instant.

    The first also counts before its opening; None where there are no versions.
    """
    rows = list(versions)
    return next((row for row in reversed(rows) if row.since <= at), rows[0] if rows else None)


def _differ(before: Proposition, after: Proposition, names: Iterable[str]) -> bool:
    return any(_plain(getattr(before, name)) != _plain(getattr(after, name)) for name in names)


def _plain(value: str | date) -> str | date:
    """Without what forms and editors do to the ends of lines, which is no change of words."""
    return "\n".join(line.rstrip() for line in value.strip().splitlines()) if isinstance(value, str) else value


def _refuse_faulty_words(after: Proposition) -> None:
    try:
        after.clean_fields(exclude={field.name for field in Proposition._meta.fields} - set(WORDS))
    except ValidationError as error:
        complaints = (f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items())
        raise Refused("; ".join(complaints), next(iter(error.message_dict))) from error


def _refuse_faulty_days(before: Proposition, after: Proposition, *, at: datetime) -> None:
    if after.deadline < after.opens_on:
        raise Refused(f"The deadline ({after.deadline}) lies before the opening ({after.opens_on}).", "deadline")
    if after.deadline > LAST_DEADLINE:
        words = f"The deadline ({after.deadline}) lies too far off: choose one up to {LAST_DEADLINE}."
        raise Refused(words, "deadline")
    last = before.forecasts.aggregate(last=Max("made_at"))["last"]
    if last is not None and last >= after.closes_at:
        raise Refused(
            f"A forecast was given on {last:%d %b %Y}, when the question would have been closed: "
            "choose a deadline on that day or later.",
            "deadline",
        )
    # What an author's wording said before an opening counts from there on; a person can only forecast what is open.
    first = before.forecasts.of_crowd().aggregate(first=Min("made_at"))["first"]
    if first is not None and first < after.opens_at and before.opens_on < after.opens_on:
        raise Refused(f"A forecast was given on {first:%d %b %Y}: the question must have been open then.", "opens_on")
    passed = after.deadline < at.astimezone(UTC).date()
    if passed and after.deadline != before.deadline and keeps_versions(before):
        raise Refused(
            f"{after.deadline} has passed, and people forecast for another deadline: choose today or a later day.",
            "deadline",
        )


def _refuse_without_reason(reason: str) -> None:
    if not reason:
        raise Refused("People have forecast on these words: say why they change, for everybody to read.", "reason")
    limit = CriteriaVersion._meta.get_field("reason").max_length or 0
    if len(reason) > limit:
        raise Refused(f"The reason has {len(reason)} characters; at most {limit} are kept. Shorten it.", "reason")


def _refuse_unless_latest(before: Proposition, *, at: datetime) -> None:
    version = before.criteria_versions.last()
    forecast = before.forecasts.of_crowd().aggregate(last=Max("made_at"))["last"]
    if (version is not None and at < version.since) or (forecast is not None and at < forecast):
        raise Refused("The change would come before the last change or forecast: check the clock.")


def _versioned(
    before: Proposition, after: Proposition, *, reason: str, by: str, at: datetime
) -> CriteriaVersion | None:
    if not _differ(before, after, WORDS) or not keeps_versions(before):
        return None
    last = before.criteria_versions.last()
    if last is None:
        last = _stored(before, number=1, since=min(before.opens_at, at))
    return _stored(after, number=last.number + 1, since=at, reason=reason, by=by)


def _stored(words: Proposition, *, number: int, since: datetime, reason: str = "", by: str = "") -> CriteriaVersion:
    return CriteriaVersion.objects.create(
        proposition=words,
        number=number,
        since=since,
        reason=reason,
        by=by,
        **{name: getattr(words, name) for name in WORDS},
    )
