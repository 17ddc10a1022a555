"""Asking the language model: which readings it has, its connection, the day's budget, and answers known from before."""

import logging
import time
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from django.conf import settings

from forecasts.models import Proposition
from language.readings import conversation
from language.readings.conversation import Answer, ModelConnection, Prompt
from language.readings.forms import InvalidAnswer
from tracker.jobs.network import language_model
from tracker.models import Article, ClassifierAnswer, ReadingAnswer

log = logging.getLogger(__name__)
wait = time.sleep
refused_words: set[str] = set()  # of the schema, by the address; kept while the process lives
T = TypeVar("T")
MOST_SECONDS = 300.0  # for the prompts of one article or question together


def reads(name: str) -> bool:
    """Whether the operator has given it this reading, by its name in HINDCAST_LLM_READS."""
    return name in settings.HINDCAST_LLM_READS


def said_by(prompt: str) -> str:
    """The name that stands beside what the model said, such as "openai small prompt 1"."""
    return f"{conversation.NAME} {conversation.version(settings.HINDCAST_LLM_MODEL, prompt)}"[:80]


def model_in_words(*, opens: bool = False) -> str:
    """The model as a sentence names it, at its head or within."""
    return f"{'The' if opens else 'the'} language model {settings.HINDCAST_LLM_MODEL[:100]}"


def calls_left(now: datetime) -> int:
    """Calls of the day (UTC) that no reading has used yet."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    used = ClassifierAnswer.objects.calls_since(midnight) + ReadingAnswer.objects.calls_since(midnight)
    return max(0, settings.HINDCAST_LLM_CALLS_A_DAY - used)


def connection(now: datetime, *, calls: int, most_seconds: float = 600.0, seconds: float = 0) -> ModelConnection:
    """The model's connection; `seconds` for each answer, with no second try, where a person waits for it."""
    limit = float(settings.HINDCAST_LLM_TIMEOUT_SECONDS)
    return ModelConnection(
        model=settings.HINDCAST_LLM_MODEL,
        send=partial(language_model, now=now, seconds=min(seconds or limit, limit)),
        wait=wait,
        clock=time.monotonic,
        most_calls=calls,
        most_seconds=most_seconds,
        retries=0 if seconds else settings.HINDCAST_LLM_RETRIES,
        refused=refused_words,
    )


def ask(
    prompts: Sequence[Prompt[T]],
    *,
    kind: ReadingAnswer.Kind,
    now: datetime,
    article: Article | None = None,
    proposition: Proposition | None = None,
    seconds: float = 0,
) -> list[Answer[T]]:
    """Answers in order of the prompts, those known from before first of all; the others are asked for and kept."""
    found = [known(prompt) for prompt in prompts]
    new = [prompt for prompt, answer in zip(prompts, found, strict=True) if answer is None]
    if new:
        line = connection(now, calls=calls_left(now), most_seconds=MOST_SECONDS, seconds=seconds)
        answers = conversation.ask(new, connection=line)
        ReadingAnswer.objects.bulk_create(
            _row(prompt, answer, kind=kind, now=now, article=article, proposition=proposition)
            for prompt, answer in zip(new, answers, strict=True)
            if answer.calls
        )
        if problems := sorted({answer.problem for answer in answers if answer.problem}):
            missed = sum(bool(answer.problem) for answer in answers)
            log.warning("The language model left %s of %s %s open: %s", missed, len(prompts), kind, " ".join(problems))
        fresh = iter(answers)
        return [answer or next(fresh) for answer in found]
    return [answer for answer in found if answer]


def known(prompt: Prompt[T]) -> Answer[T] | None:
    """The answer that this model gave to the prompt before, read anew; None where there is none to use."""
    rows = ReadingAnswer.objects.usable().filter(key=prompt.key(settings.HINDCAST_LLM_MODEL))
    for raw in rows.values_list("raw", flat=True)[:1]:
        try:
            return Answer(value=conversation.parse(raw, prompt), raw=raw)
        except InvalidAnswer:
            return None
    return None


def _row(
    prompt: Prompt[T],
    answer: Answer[T],
    *,
    kind: ReadingAnswer.Kind,
    now: datetime,
    article: Article | None,
    proposition: Proposition | None,
) -> ReadingAnswer:
    return ReadingAnswer(
        kind=kind,
        key=prompt.key(settings.HINDCAST_LLM_MODEL),
        article=article,
        proposition=proposition,
        model=settings.HINDCAST_LLM_MODEL,
        prompt=prompt.version,
        at=now,
        problem=answer.problem[:300],
        raw=answer.raw.replace("\x00", ""),
        calls=answer.calls,
        tokens=answer.tokens,
    )
