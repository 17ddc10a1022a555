"""Asking a question that no article has raised, as a class or a newsroom does for its own sake."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from django.db import IntegrityError, transaction

from forecasts.models import Proposition
from forecasts.refused import Refused
from tracker.curation.claims import Question, free_key, open_question
from tracker.models import User

MOST_CRITERIA: Final = 4000
LONGEST: Final = {
    "question": 400,
    "statement": 400,
    "resolution_criteria": MOST_CRITERIA,
    "topic": 80,
    "prior_reason": 300,
}
MOST_WORDS: Final = 30
LONGEST_WORD: Final = 100


class QuestionRefused(Refused):
    """A question that cannot be asked so; `field` names what to mend, and is empty where it is the whole."""

    def __init__(self, words: str, *, field: str = "") -> None:
        super().__init__(words)
        self.field = field


def ask(question: Question, *, by: User, at: datetime, reason: str = "") -> Proposition:
    """Publish a question for everybody to forecast; its key is made free if another has it. Raises QuestionRefused.

    It is asked before the answer can be known: a deadline that has passed is refused. A base rate comes with the
    reference class that it was counted in. Sent twice, it is asked once.
    """
    if not by.is_curator:
        raise QuestionRefused("Only a curator opens questions: ask one to open yours.")
    _check(question, at=at)
    for _ in range(3):
        # In this order: whoever opens the same question meanwhile is seen, or has taken the name.
        named = replace(question, key=free_key(question.key or question.question))
        _refuse_double(question)
        try:
            with transaction.atomic():
                return open_question(named, by=by, at=at, reason=reason)
        except IntegrityError:
            continue
        except QuestionRefused:
            raise
        except Refused as refused:
            raise QuestionRefused(str(refused)) from refused
    raise QuestionRefused("Others are opening questions at this moment: send yours again.")


def _check(question: Question, *, at: datetime) -> None:
    today = at.astimezone(UTC).date()
    if question.deadline < today:
        raise QuestionRefused("This day has passed: a question is asked before it is settled.", field="deadline")
    if question.deadline < question.opens_on:
        raise QuestionRefused("The deadline lies before the opening: choose a later one.", field="deadline")
    if question.process not in ("", *Proposition.Process.values):
        raise QuestionRefused("Choose a kind from the list, or none.", field="process")
    for name, most in LONGEST.items():
        _check_length(str(getattr(question, name)), field=name, most=most)
    for name in ("sources", "keywords", "actors"):
        _check_list(getattr(question, name), field=name)
    if question.prior is None and question.prior_reason:
        raise QuestionRefused("Say how often it came true in this reference class, in per cent.", field="prior")
    if question.prior is not None and not question.prior_reason.strip():
        words = "Say what the base rate was counted in, such as: of 20 such bills since 2000, four passed."
        raise QuestionRefused(words, field="prior_reason")
    if question.prior is not None and not 0.01 <= question.prior <= 0.99:
        raise QuestionRefused("Give the base rate in per cent, from 1 to 99: nothing is certain.", field="prior")


def _check_length(words: str, *, field: str, most: int) -> None:
    if len(words) > most:
        raise QuestionRefused(f"This has {len(words)} characters; at most {most} are kept. Shorten it.", field=field)


def _check_list(words: Sequence[str], *, field: str) -> None:
    if len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
        raise QuestionRefused(f"Give at most {MOST_WORDS}, of at most {LONGEST_WORD} characters each.", field=field)


def _refuse_double(question: Question) -> None:
    same = Proposition.objects.published().filter(outcome="", deadline=question.deadline)
    if same.filter(question__iexact=question.question.strip()).exists():
        raise QuestionRefused("This question is open already, with the same deadline.", field="question")
