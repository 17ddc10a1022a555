"""Classifiers: whom the operator has chosen to judge which way news points, with the built-in classifier behind them.

What a chosen classifier does not answer, the built-in one does, and each judgement says whose it is.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from forecasts.models import Proposition
from language.classifiers import builtin, onnx, openai, taught
from language.classifiers.protocol import Classifier, Judgement, Pair
from language.readings.conversation import Answer
from language.stance import entries, others
from language.weights import ModelUnavailable
from tracker.jobs import encoder
from tracker.jobs.readings import asking
from tracker.models import ClassifierAnswer, Revision

log = logging.getLogger(__name__)

FIGURES = ("relevance", "supports", "contradicts", "mentions", "passage")  # of an answer, as it is stored
READERS = (builtin.NAME, onnx.NAME, openai.NAME)
NOTHING = Judgement(relevance=0.0, attach=False, supports=0.0, contradicts=0.0, mentions=0.0, passage="")
BUILT_IN = f"{builtin.NAME} {builtin.VERSION}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A proposition and a revision that may bear on it: how likely, and by which passage, the ranking says."""

    proposition: Proposition
    revision: Revision
    relevance: float
    passage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A judgement, and the classifier (backend and version) that gave it."""

    judgement: Judgement
    classifier: str


def by_name(name: str, *, now: datetime) -> Classifier:
    """One of READERS for a single use, as the settings describe it; raises ModelUnavailable.

    Nothing of it is stored; a language model may be called as often as in a day, beside what the jobs call.
    """
    if name == onnx.NAME:
        nli = onnx.NLIClassifier(onnx.load(Path(settings.HINDCAST_NLI_FOLDER)), base=builtin.load())
        return taught.load(nli)
    if name != openai.NAME:
        return taught.load(builtin.load())
    if not settings.HINDCAST_LLM_URL or not settings.HINDCAST_LLM_MODEL:
        raise ModelUnavailable("HINDCAST_LLM_URL and HINDCAST_LLM_MODEL must say where it is and which.")
    line = asking.connection(now, calls=settings.HINDCAST_LLM_CALLS_A_DAY)
    return taught.load(openai.LanguageModel(line, base=builtin.load()))


def judge(candidates: Sequence[Candidate], *, now: datetime, threads: int = 1) -> list[Judged]:
    """Judgements of the candidates in their order, by the classifier that HINDCAST_READER names."""
    pairs = [_pair(each) for each in candidates]
    found = [Judged(judgement=said, classifier=BUILT_IN) for said in _built_in(candidates, pairs, threads=threads)]
    if not candidates or settings.HINDCAST_READER == "built-in":
        return found
    if settings.HINDCAST_READER == "onnx":
        return _by_onnx(pairs, found, threads=threads)
    return _by_language_model(candidates, pairs, found, now=now)


def _pair(each: Candidate) -> Pair:
    proposition, revision = each.proposition, each.revision
    return Pair(
        claim=proposition.statement,
        question=proposition.question,
        keywords=tuple(proposition.keywords),
        actors=tuple(proposition.actors),
        title=revision.title,
        body=revision.body,
        published=revision.entry.published_at.date(),
        opens=proposition.opens_on,
        deadline=proposition.deadline,
    )


def _built_in(candidates: Sequence[Candidate], pairs: Sequence[Pair], *, threads: int) -> list[Judgement]:
    found = encoder.load(threads=threads, without="Stances are read from words alone") if pairs else None
    judged = entries.judge(pairs, encoder=found)
    return [
        builtin.of_entry(said, relevance=each.relevance, attach=not others.is_of_another(pair))
        for each, pair, said in zip(candidates, pairs, judged, strict=True)
    ]


@lru_cache(maxsize=1)
def _nli(folder: str, *, threads: int) -> onnx.NLIModel:
    return onnx.load(Path(folder), threads=threads)


def _by_onnx(pairs: Sequence[Pair], found: Sequence[Judged], *, threads: int) -> list[Judged]:
    try:
        model = _nli(settings.HINDCAST_NLI_FOLDER, threads=threads)
        rows = model.stances(pairs)
    except ModelUnavailable as missing:
        log.warning("The built-in classifier judges instead: %s", missing)
        return list(found)
    classifier = f"{onnx.NAME} {model.version}"
    return [
        Judged(judgement=onnx.with_stance(each.judgement, row), classifier=classifier)
        for each, row in zip(found, rows, strict=True)
    ]


def _by_language_model(
    candidates: Sequence[Candidate], pairs: Sequence[Pair], found: Sequence[Judged], *, now: datetime
) -> list[Judged]:
    """The most relevant are asked about first. What was answered before is used again."""
    known = _known(candidates)
    order = sorted(range(len(pairs)), key=lambda place: -candidates[place].relevance)
    new = [place for place in order if _key(candidates[place]) not in known]
    line = asking.connection(now, calls=asking.calls_left(now))
    answers = openai.ask([pairs[place] for place in new], connection=line) if new else []
    told = [(candidates[place], answer) for place, answer in zip(new, answers, strict=True)]
    ClassifierAnswer.objects.bulk_create(_row(each, answer, now) for each, answer in told if answer.calls)
    known |= {_key(each): answer.value for each, answer in told if answer.value}
    if problems := sorted({answer.problem for _, answer in told if answer.problem}):
        missed = sum(bool(answer.problem) for _, answer in told)
        log.warning("The built-in classifier judges %s of %s instead: %s", missed, len(pairs), " ".join(problems))
    classifier = asking.said_by(openai.PROMPT_VERSION)
    return [
        Judged(judgement=openai.with_passage(said, each.judgement), classifier=classifier)
        if (said := known.get(_key(candidate)))
        else each
        for candidate, each in zip(candidates, found, strict=True)
    ]


def _key(each: Candidate) -> tuple[int, int]:
    return each.proposition.pk, each.revision.pk


def _known(candidates: Sequence[Candidate]) -> dict[tuple[int, int], Judgement]:
    """Answers of this model on these pairs from before, under this version of the prompt."""
    asked = Q(
        proposition__in={each.proposition.pk for each in candidates},
        revision__in={each.revision.pk for each in candidates},
    )
    rows = ClassifierAnswer.objects.given(model=settings.HINDCAST_LLM_MODEL, prompt=openai.PROMPT_VERSION).filter(asked)
    return {
        (row.pop("proposition_id"), row.pop("revision_id")): Judgement(
            attach=row["relevance"] >= openai.ATTACHED_FROM, **row
        )
        for row in rows.values("proposition_id", "revision_id", *FIGURES)
    }


def _row(each: Candidate, answer: Answer[Judgement], now: datetime) -> ClassifierAnswer:
    said = answer.value or NOTHING
    return ClassifierAnswer(
        proposition=each.proposition,
        revision=each.revision,
        model=settings.HINDCAST_LLM_MODEL,
        prompt=openai.PROMPT_VERSION,
        at=now,
        **{name: getattr(said, name) for name in FIGURES},
        problem=answer.problem[:300],
        raw=answer.raw.replace("\x00", ""),
        calls=answer.calls,
        tokens=answer.tokens,
    )
