"""Forecast of an open question from its ledger by a language model: several draws, of which the median counts."""

from datetime import date
from typing import Any

from language.readings import forms
from language.readings.conversation import DATA, Prompt
from language.readings.ledger import QuestionLedger

VERSION = "1"
DRAWS = 5
FEWEST_DRAWS = 3  # of them that must be answered
TEMPERATURE = 0.8
LEAST, MOST = 0.01, 0.99
MOST_TOKENS = 800

SYSTEM = (
    "You are a careful forecaster. `question` is open until the end of `deadline`; `stories` are what news has said"
    " that bears on it, each with who judged how it bears, and they may be wrong or out of date. Start from the base"
    " rate, weigh the stories and the days that are left, and answer with: `reason`, why in two or three sentences;"
    " `probability`, the chance of Yes, 0 to 1." + DATA
)
SCHEMA = forms.record(reason=forms.text(2_000), probability=forms.CHANCE)


def prompts(ledger: QuestionLedger, *, today: date) -> list[Prompt[float]]:
    """One for each draw. The day passes without making new ones of them: what is asked again is a changed ledger."""
    return [
        Prompt(
            name="forecast",
            version=VERSION,
            system=SYSTEM,
            material=ledger.material(),
            passing={"today": today.isoformat()},
            schema=SCHEMA,
            read=_chance,
            most_tokens=MOST_TOKENS,
            temperature=TEMPERATURE,
            draw=draw,
        )
        for draw in range(1, DRAWS + 1)
    ]


def _chance(stored: dict[str, Any]) -> float:
    return min(max(float(stored["probability"]), LEAST), MOST)
