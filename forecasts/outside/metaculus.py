"""Metaculus: posts with one binary question; its community's forecast is the recency-weighted aggregation."""

import re
from typing import Any, Final

from forecasts.outside import answers
from forecasts.outside.answers import OutsideAnswer, OutsideQuestion, OutsideState
from forecasts.refused import Refused

SITE: Final = "Metaculus"
SOURCE: Final = "metaculus"
HOSTS: Final = ("metaculus.com", "www.metaculus.com")
_PATH = re.compile(r"/(?:questions|api/posts|api2/questions)/(\d{1,9})(?:/|$)", re.ASCII)
_STATES: Final = {"open": OutsideState.OPEN, "closed": OutsideState.CLOSED, "resolved": OutsideState.RESOLVED}
_OUTCOMES: Final = {"yes": "yes", "no": "no", "ambiguous": "void", "annulled": "void"}


def find(path: str, query: str) -> OutsideQuestion:
    """The question that a page such as /questions/123/some-name/ shows."""
    if "sub-question" in query:
        raise Refused("This is one of a group of questions: link a Metaculus page that has a single question.")
    match = _PATH.match(path)
    if not match:
        raise Refused("This Metaculus page shows no question: its address should hold /questions/ and a number.")
    number = str(int(match[1]))
    return OutsideQuestion(
        source=SOURCE,
        forecaster=SITE,
        question_id=number,
        page=f"https://www.metaculus.com/questions/{number}/",
        document=f"https://www.metaculus.com/api/posts/{number}/",
    )


def parse(body: bytes) -> OutsideAnswer:
    """The answer of GET /api/posts/ID/."""
    post = answers.an_object(answers.read_json(body, site=SITE), "question", site=SITE)
    if post.get("group_of_questions") or post.get("conditional"):
        raise Refused("This is a group of questions: link a Metaculus page that has a single question.")
    question = answers.an_object(post.get("question"), "question", site=SITE)
    kind = question.get("type")
    if kind != "binary":
        raise Refused(f"This question is of the kind {answers.shown(kind)}; only yes-or-no questions can be linked.")
    state = _STATES.get(answers.words(question.get("status") or post.get("status")))
    if state is None:
        raise Refused("Metaculus does not say whether this question is open, closed or resolved.")
    return OutsideAnswer(
        title=answers.words(post.get("title") or question.get("title")),
        probability=_chance(question),
        state=state,
        outcome=_outcome(question) if state == OutsideState.RESOLVED else "",
    )


def _outcome(question: dict[str, Any]) -> str:
    outcome = _OUTCOMES.get(answers.words(question.get("resolution")))
    if outcome is None:
        raise Refused(f"Metaculus gave {answers.shown(question.get('resolution'))} as the outcome.")
    return outcome


def _chance(question: dict[str, Any]) -> float | None:
    """None where nobody has forecast, or the community's forecast is still hidden."""
    by_rule = answers.an_object(question.get("aggregations"), "aggregations", site=SITE)
    aggregation = answers.an_object(by_rule.get("recency_weighted"), "recency_weighted", site=SITE)
    latest = aggregation.get("latest")
    if latest is None:
        history = aggregation.get("history")
        if not isinstance(history, list) or not history:
            return None
        latest = history[-1]
    latest = answers.an_object(latest, "latest", site=SITE)
    centers, values = latest.get("centers"), latest.get("forecast_values")
    if isinstance(centers, list) and len(centers) == 1:
        return answers.chance(centers[0], site=SITE)
    if isinstance(values, list) and len(values) == 2:  # of No and of Yes
        return answers.chance(values[1], site=SITE)
    if centers is None and values is None:
        return None
    raise Refused("Metaculus answered without a forecast in the form it is known to have.")
