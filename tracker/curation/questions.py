"""Opening a question: every rule of it, for whatever door it comes by."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import transaction

from forecasts.models import LAST_DEADLINE, TAKEN_KEYS, Proposition
from forecasts.refused import Refused
from language.questions.circularity import only_repeats
from tracker.curation.decisions import Verb, note
from tracker.curation.slugs import free_name
from tracker.models import Claim, Entry, Position, User, turns

LOOK_BACK: Final = timedelta(days=30)  # how much earlier news a new question is held against
LONGEST: Final = {
    "question": 400,
    "statement": 400,
    "resolution_criteria": 4000,
    "topic": 80,
    "prior_reason": 300,
}
NEEDED: Final = ("question", "statement", "resolution_criteria")
LISTS: Final = ("sources", "keywords", "actors")
MOST_WORDS: Final = 30
LONGEST_WORD: Final = 100
EVEN: Final = 0.5
UNKNOWN: Final[str] = Proposition._meta.get_field("prior_reason").get_default()


@transaction.atomic
def open_question(draft: Proposition, *, by: User | str, at: datetime, reason: str = "") -> Proposition:
    """Publish a question that is not stored yet, and hold the news of the last weeks against it. Raises Refused.

    The one place where a question comes to be. Its key is made of its words where it has none, and free where another
    question has it. Without a `prior` the chances are even until a claim that is put to it says otherwise.
    """
    if isinstance(by, User) and not by.is_curator:
        raise Refused("Only a curator opens questions: ask one to open yours.")
    turns.wait_for(turns.DatabaseTurn.OPENING)  # from here on whoever opened the same question at this instant is seen
    draft.key = free_key(draft.key or draft.question)
    for refusal in refusals(draft, at=at):
        raise refusal
    draft.prior = EVEN if draft.prior is None else draft.prior
    draft.prior_reason = draft.prior_reason or UNKNOWN
    draft.created_at = draft.unsettled_at = at
    draft.save(force_insert=True)
    Position.objects.create_bare(draft, at=at)
    look_back(draft, at=at)
    note(Verb.OPEN_QUESTION, subject=draft, by=by, at=at, reason=reason)
    return draft


def refusals(draft: Proposition, *, at: datetime, claim: Claim | None = None) -> Iterator[Refused]:
    """All that stands in the way of opening it, each with the field to change; the question of a `claim` is no twin."""
    for name in NEEDED:
        if not getattr(draft, name).strip():
            yield Refused(f"The {name.replace('_', ' ')} is empty: nobody could rule on it.", field=name)
    for name, most in LONGEST.items():
        length = len(getattr(draft, name))
        if length > most:
            yield Refused(f"This has {length} characters; at most {most} are kept. Shorten it.", field=name)
    for name in LISTS:
        words: Sequence[str] = getattr(draft, name)
        if len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
            yield Refused(f"Give at most {MOST_WORDS}, of at most {LONGEST_WORD} characters each.", field=name)
    if draft.process not in ("", *Proposition.Process.values):
        yield Refused("Choose a kind from the list, or none.", field="process")
    if draft.resolution_criteria.strip() and only_repeats(draft.resolution_criteria, draft.question, draft.statement):
        words = "These criteria only say the question again. Say which source must report it, by when, and what counts."
        yield Refused(words, field="resolution_criteria")
    yield from _refused_days(draft, at=at)
    yield from _refused_prior(draft)
    if _has_twin(draft, claim):
        yield Refused("This question is open already, with the same deadline.", field="question")


def _refused_days(draft: Proposition, *, at: datetime) -> Iterator[Refused]:
    if draft.deadline is None or draft.opens_on is None:
        yield Refused("Give the day.", field="opens_on" if draft.opens_on is None else "deadline")
    elif draft.deadline < draft.opens_on:
        yield Refused("The deadline lies before the opening: choose a later one.", field="deadline")
    elif draft.deadline > LAST_DEADLINE:
        yield Refused(f"The deadline lies too far off: choose one up to {LAST_DEADLINE}.", field="deadline")
    elif draft.deadline < at.astimezone(UTC).date() and not draft.written_with_hindsight:
        words = "This day has passed: choose a later one, or mark the question as written with hindsight."
        yield Refused(words, field="deadline")


def _refused_prior(draft: Proposition) -> Iterator[Refused]:
    is_counted = draft.prior_reason.strip() not in ("", UNKNOWN)
    if draft.prior is None:
        if is_counted:
            yield Refused("Say how often it came true in this reference class, in per cent.", field="prior")
    elif not 0.01 <= draft.prior <= 0.99:
        yield Refused("Give the base rate in per cent, from 1 to 99: nothing is certain.", field="prior")
    elif not is_counted and (draft.prior != EVEN or not draft.prior_reason):
        words = "Say what the base rate was counted in, such as: of 20 such bills since 2000, four passed."
        yield Refused(words, field="prior_reason")


def _has_twin(draft: Proposition, claim: Claim | None) -> bool:
    same = Proposition.objects.published().filter(
        outcome="", deadline=draft.deadline, question__iexact=draft.question.strip()
    )
    return (same.exclude(positions__claim=claim) if claim else same).exists()


def free_key(words: str) -> str:
    """A short name for a question that no other has."""
    return free_name(words, among=Proposition.objects.all(), field="key", default="question", kept=TAKEN_KEYS)


def look_back(proposition: Proposition, *, at: datetime) -> None:
    """Have the news of the last weeks held against a question that opens, or opens again."""
    Entry.objects.match_again(max(proposition.opens_at, at - LOOK_BACK))
