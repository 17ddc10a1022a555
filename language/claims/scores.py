"""Scores of a sentence: worth checking, and testable by a later date; by trained models and by rules of wording."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from language import weights
from language.claims import futures
from language.claims.kernels import SentenceModel
from language.sentences import actors
from language.sentences.embeddings import Encoder, load_minilm
from language.sentences.languages import INVISIBLE
from language.weights import ModelUnavailable

CHECKWORTHY_FILE, FORECASTABLE_FILE = "checkworthy.npz", "forecastable.npz"
MOST_ENCODED = 2_000  # texts of one call; those after them are read by their words, in a fortieth of the time
LONGEST = 2_000  # characters of a text that are looked at

NUMBER = re.compile(
    r"\b\d[\d,.]*\b|\b(?:hundred|thousand|million|billion|trillion|percent|per\scent|half|third|quarter|double[sd]?|twice)\b|[%$€£]",
    re.IGNORECASE,
)
COMPARISON = re.compile(
    r"\b(?:more|less|fewer|higher|lower|largest|biggest|highest|lowest|most|least|first|only|record|than)\b",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:was|were|had|did|has|have|been|voted|\w{3,}ed|said|made|took|came|went|fell|rose|won|lost|became|began|held|cut|spent|gave|got)\b",
    re.IGNORECASE,
)
OPINION = re.compile(
    r"\b(?:think|believe|feel|hope|wish|agree|opinion|should|must|ought|need\sto|want|love|hate|great|good|bad|terrible|wrong|right"
    r"|best|worst|important|beautiful|disgrace|proud|happy|sad)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"\b(?:i|me|my|mine|you|your|yours|let['’]?s|thank|thanks|please|sir|ladies|gentlemen)\b|\bi['’](?:m|ve|ll|d)\b",
    re.IGNORECASE,
)
EVALUATIVE = re.compile(
    r"\b(?:should|must|ought|tenuous|ideal|best|worst|better|worse|dangerous|wise|unwise|wrong|right|fair|unfair|important|crucial"
    r"|vital|essential|delicate|credib(?:le|ility)|highlights?|underscores?|contradictions?|complex|notion|sensible|foolish"
    r"|remarkable|disastrous|tragic|welcome|troubling|worrying|alarming|impressive|failure|success|opportunity|poses?"
    r"|challenges?|presents|image|risks?|contrast|dynamic)\b",
    re.IGNORECASE,
)
FUTURE = re.compile(
    r"\b(?:will|won['’]t|shall|going\sto|(?:not\s)?(?:expected|set|scheduled|slated|projected|forecast|predicted|poised|likely"
    r"|unlikely|certain|bound|planned|about|anticipated)\sto|plan(?:s|ned|ning)?\s(?:to|for|on)|intend(?:s|ed)?\sto|aim(?:s|ed|ing)?\sto"
    r"|vow(?:s|ed)?\sto|pledge[sd]?\sto|promise[sd]?\sto|expects?|predicts?|forecasts?|anticipates?|to\sbe\s\w+ed\b|on\strack"
    r"|upcoming|forthcoming)\b|['’]ll\b",
    re.IGNORECASE,
)
POSSIBLE = re.compile(
    r"\b(?:(?-i:may)|might|could|would(?!\shave)|potential(?:ly)?|possibly|perhaps|risks?|threatens?|likely|unlikely|probably)\b",
    re.IGNORECASE,
)
TREND = re.compile(
    r"\b(?:remains?|continues?|persists?|keeps?|stays?|still|increasingly|(?:is|are|has\sbeen|have\sbeen)\s(?:\w+ly\s)?\w{3,}ing"
    r"|deepening|growing|expanding|has\s(?:\w+ly\s)?(?:expanded|deepened|grown|strengthened|weakened|begun|started))\b",
    re.IGNORECASE,
)
# Narrower than TREND: what is only under way, such as "is asking", ends by itself.
LASTING = re.compile(
    r"\b(?:remains?|continues?|persists?|stays?|increasingly|(?:is|are|has\sbeen|have\sbeen)\s(?:\w+ly\s|still\s|now\s)?"
    r"(?:deepen|grow|expand|strengthen|weaken|worsen|improv|deteriorat|ris|fall|declin|increas|decreas|shrink|widen|narrow|shift"
    r"|becom|los|gain|spread|accelerat|slow|eas|tighten|seek|try)ing"
    r"|has\s(?:\w+ly\s)?(?:expanded|deepened|grown|strengthened|weakened|become|begun|started))\b",
    re.IGNORECASE,
)
UNREAL = re.compile(
    r"\b(?:(?:would|could|might|should)(?:n['’]t|\snot)?\shave|had\s(?:been|it)|used\sto|if\s(?:i|we|you)\s(?:were|had))\b",
    re.IGNORECASE,
)

# The verb of the clause tells what was; no help for "has been growing", which still goes on.
TOLD = re.compile(
    r"(?<!\bto\s)(?<!\bbe\s)(?<!\bis\s)(?<!\bare\s)(?<!\bbeen\s)"
    r"\b(?:was|were|did|had|said|told|made|took|came|went|fell|rose|won|lost|became|began|bought|sold|held|killed|announced"
    r"|committed|described|stood|expanded|raised|funded|reported|arrested|passed)\b",
    re.IGNORECASE,
)

# What is said where no model can be read. Fitted on ClaimBuster's sentences by logistic regression, average precision
# .65 over five folds; the bias is moved so that .5 is where precision and recall balance.
CHECKWORTHY = {
    "bias": -2.3, "number": 3.7, "comparison": 0.9, "past": 1.1, "names": 1.0, "opinion": -1.0, "address": -0.9,
    "question": -1.9, "evaluative": -0.6, "future": -1.2, "possible": -0.4, "long": 0.6, "short": -1.5,
}  # fmt: skip
# Set by hand, so that a present trend or state counts too, which the trained model does not look for.
FORECASTABLE = {
    "bias": -2.3, "future": 2.6, "possible": 1.8, "deadline": 1.5, "trend": 1.7, "actor": 0.7, "number": 0.2,
    "opinion": -0.3, "address": -0.8, "question": -2.5, "evaluative": -0.9, "unreal": -2.5, "told": -1.2, "short": -1.0,
}  # fmt: skip


def features(text: str, *, has_deadline: bool) -> dict[str, float]:
    """Features of the wording of one clause, by name, each 0 to 1."""
    length = len(text.split())
    named = len(actors.known(text)) + len(actors.named(text))
    return {
        "bias": 1.0,
        "number": min(1.0, len(NUMBER.findall(text)) / 2),
        "comparison": float(bool(COMPARISON.search(text))),
        "past": float(bool(PAST.search(text))),
        "told": float(bool(TOLD.search(text))),
        "names": min(1.0, named / 2),
        "actor": float(named > 0),
        "opinion": float(bool(OPINION.search(text))),
        "address": float(bool(ADDRESS.search(text))),
        "question": float(text.rstrip("\"'”’ ").endswith("?")),
        "evaluative": min(1.0, len(EVALUATIVE.findall(text)) / 2),
        "future": float(bool(FUTURE.search(text))),
        "possible": float(bool(POSSIBLE.search(text))),
        "deadline": float(has_deadline),
        "trend": float(bool(TREND.search(text))),
        "unreal": float(bool(UNREAL.search(text))),
        "long": float(length >= 15),
        "short": float(length < 5),
    }


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """Probabilities, one a text in the order given. `missing` says in words which model could not be read, or is empty.

    `forecastable` is about the future alone; see `testable` for what lasts, such as a trend.
    """

    checkworthy: tuple[float, ...]
    forecastable: tuple[float, ...]
    missing: str


def read(texts: Sequence[str], *, encoder: Callable[[], Encoder] = load_minilm) -> SentenceScores:
    """Scores sentences or clauses, best many at once; by their words without the encoder, by rules without models."""
    texts = [_readable(text) for text in texts]
    rows = [scalars(text) for text in texts]
    try:
        models = load_models()
    except ModelUnavailable as missing:
        wordings = [features(text, has_deadline=False) for text in texts]
        return SentenceScores(tuple(map(checkworthy, wordings)), tuple(map(forecastable, wordings)), str(missing))
    names = models[0].names
    table = np.array([[row[name] for name in names] for row in rows], dtype=np.float32).reshape(len(rows), len(names))
    try:
        embedded = encoder().encode(texts[:MOST_ENCODED])
    except ModelUnavailable as missing:
        first, second = (model.without_encoder(texts, table).tolist() for model in models)
        return SentenceScores(tuple(first), tuple(second), str(missing))
    few, many = texts[:MOST_ENCODED], texts[MOST_ENCODED:]
    first, second = (
        model.with_encoder(few, table[: len(few)], embedded).tolist()
        + model.without_encoder(many, table[len(few) :]).tolist()
        for model in models
    )
    return SentenceScores(tuple(first), tuple(second), "")


def _readable(text: str) -> str:
    """The text without invisible characters and halves of characters, which no encoder takes."""
    return INVISIBLE.sub("", text[:LONGEST]).encode("utf-8", "replace").decode("utf-8")


def scalars(text: str) -> dict[str, float]:
    """The models' scalars of a text beside its words: `features` and the cues of the future."""
    return features(text, has_deadline=False) | {f"cue {name}": value for name, value in futures.cues(text).items()}


@cache
def load_models() -> tuple[SentenceModel, SentenceModel]:
    """Check-worthiness and forecastable sentences, read once a process; raises ModelUnavailable."""
    files = (CHECKWORTHY_FILE, FORECASTABLE_FILE)
    first, second = (SentenceModel.decoded(weights.read(file)) for file in files)
    return first, second


def checkworthy(wording: dict[str, float]) -> float:
    """A rule's score that a fact-checker would want to check the clause, from its features."""
    return _logistic(CHECKWORTHY, wording)


def forecastable(wording: dict[str, float]) -> float:
    """A rule's score that the clause says something about what is to come, or lasts, that a later date can test."""
    return _logistic(FORECASTABLE, wording)


def testable(text: str, wording: dict[str, float], *, future: float) -> float:
    """The score of a clause of an article, where what lasts and what an author thinks possible count, too.

    `wording` are its features, `future` what `read` says of it. The rule is less exact, and a curator looks at each.
    """
    counts = wording["possible"] or LASTING.search(text[:LONGEST])
    return max(future, forecastable(wording)) if counts else future


def _logistic(weights: dict[str, float], wording: dict[str, float]) -> float:
    return 1 / (1 + math.exp(-sum(weight * wording[name] for name, weight in weights.items())))
