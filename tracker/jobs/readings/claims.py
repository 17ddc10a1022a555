"""Claims of an article: by the language model where the operator says so, else by the built-in classifier.

What the model leaves open the built-in classifier reads, where it can, and a note on the article says so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from language.claims import extraction
from language.claims.extraction import ArticleReading, ProposedClaim
from language.readings import claims as prompts
from language.readings import conversation
from language.readings.claims import FoundClaims
from language.readings.conversation import Answer
from language.readings.spans import TextPiece
from language.sentences import english, languages
from language.weights import ModelUnavailable
from tracker.jobs.readings import asking
from tracker.models import Article, ReadingAnswer
from tracker.wording import capitalised, counted

MOST_PIECES = 40
TOO_LONG = f"It is longer than {MOST_PIECES * prompts.PIECE:,} characters."
READERS = ("built-in", conversation.NAME)
BuiltIn = Callable[[], ArticleReading]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleClaims:
    """Claims, those most worth tracking first, each with its proposer.

    `not_read` and `note` are sentences for the article's page; `unread` counts its sentences whose reading failed.
    """

    claims: tuple[tuple[ProposedClaim, str], ...]
    not_read: str = ""
    note: str = ""
    unread: int = 0


def wanted(text: str) -> bool:
    """Whether the model is to read the article: every one, or those in other languages, as the operator says."""
    if not languages.LETTER.search(text[: languages.SAMPLE]):
        return False
    return asking.reads("claims") or (asking.reads("foreign") and bool(english.not_english(text)))


def is_left(article: Article) -> bool:
    """Whether the model is to read the article and has not read any of it: it did not answer, or came later."""
    if article.extracted_at is None or not wanted(article.text):
        return False
    answers = article.reading_answers.usable().filter(kind=ReadingAnswer.Kind.CLAIMS, prompt=prompts.VERSION)
    return not answers.filter(model=settings.HINDCAST_LLM_MODEL).exists()


def read(article: Article, *, now: datetime, built_in: BuiltIn, built_in_name: str) -> ArticleClaims | None:
    """The claims of the article; None where the model has not come to an end yet, and the next run goes on."""
    not_read = english.not_english(article.text)
    if not wanted(article.text):
        found = built_in()
        claims = tuple((claim, built_in_name) for claim in found.claims)
        return ArticleClaims(claims=claims, not_read=not_read, unread=found.unread)
    pieces = prompts.pieces(article.text)
    answers = asking.ask(
        _prompts(pieces[:MOST_PIECES], article.text, published=article.published_on, title=article.title),
        kind=ReadingAnswer.Kind.CLAIMS,
        now=now,
        article=article,
    )
    if is_underway(answers):
        return None
    answers += [Answer(problem=TOO_LONG)] * (len(pieces) - len(answers))
    instead = built_in() if any(not answer.value for answer in answers) else None
    is_unread = not any(answer.value for answer in answers)
    return ArticleClaims(
        claims=_claims(pieces, answers, instead=instead, built_in_name=built_in_name),
        not_read=not_read if is_unread else "",
        note=_note(answers, is_foreign=bool(not_read)),
        unread=instead.unread if instead else 0,
    )


def proposer(name: str, *, now: datetime) -> Callable[..., tuple[ProposedClaim, ...]]:
    """`propose(text, *, published, title="")` of one of READERS for a single use; raises ModelUnavailable.

    Nothing of it is stored; a language model may be called as often as in a day, beside what the jobs call.
    """
    if name == READERS[0]:
        return extraction.propose
    if not settings.HINDCAST_LLM_URL or not settings.HINDCAST_LLM_MODEL:
        raise ModelUnavailable("HINDCAST_LLM_URL and HINDCAST_LLM_MODEL must say where it is and which.")
    return prompts.ModelProposer(asking.connection(now, calls=settings.HINDCAST_LLM_CALLS_A_DAY))


def _prompts(
    pieces: Sequence[TextPiece], text: str, *, published: date, title: str
) -> list[conversation.Prompt[FoundClaims]]:
    return [prompts.prompt(piece, text=text, published=published, title=title) for piece in pieces]


def is_underway(answers: Sequence[Answer[FoundClaims]]) -> bool:
    """Whether only the time of this run was too short, and something came of it."""
    is_short = any(answer.problem == conversation.TIME_IS_UP for answer in answers)
    return is_short and any(answer.value and answer.calls for answer in answers)


def _claims(
    pieces: Sequence[TextPiece],
    answers: Sequence[Answer[FoundClaims]],
    *,
    instead: ArticleReading | None,
    built_in_name: str,
) -> tuple[tuple[ProposedClaim, str], ...]:
    """The model's claims, and the built-in classifier's where the model left a piece open, in reading order."""
    name = asking.said_by(prompts.VERSION)
    found = [(claim, name) for answer in answers if answer.value for claim in answer.value.claims]
    if instead:
        left = [piece for piece, answer in zip(pieces, answers, strict=True) if not answer.value]
        spans = [(piece.start, piece.start + len(piece.text)) for piece in left]
        found += [
            (claim, built_in_name)
            for claim in instead.claims
            if any(start <= claim.start < end for start, end in spans)
        ]
    return tuple(sorted(found, key=lambda pair: (-pair[0].forecastable, pair[0].start)))


def _note(answers: Sequence[Answer[FoundClaims]], *, is_foreign: bool) -> str:
    missed = [answer.problem for answer in answers if not answer.value]
    problems = " ".join(sorted(set(missed)))[:200]
    instead = "Nothing else here reads its language" if is_foreign else "The built-in classifier read {} instead"
    if len(missed) == len(answers):
        return f"{asking.model_in_words(opens=True)} did not read it. {problems} {instead.format('it')}."
    note = f"Read by {asking.model_in_words()}."
    if missed:
        parts = f"{len(missed)} of its {len(answers)} parts"
        note += f" It left {parts} open. {problems} {instead.format('them' if len(missed) > 1 else 'that')}."
    if dropped := sum(answer.value.dropped for answer in answers if answer.value):
        were = "was" if dropped == 1 else "were"
        gave = f"{capitalised(counted(dropped, 'claim'))} that it gave"
        note += f" {gave} {were} dropped: the words do not stand in the text."
    return note
