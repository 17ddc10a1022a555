"""Draft of a ruling on a question whose time has come: what its ledger shows, with the passages that show it."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from language.readings import forms
from language.readings.conversation import DATA, Prompt
from language.readings.forms import InvalidAnswer
from language.readings.ledger import MOST_STORIES, QuestionLedger

VERSION = "1"
YES, NO, VOID, UNCLEAR = "yes", "no", "void", "unclear"
MOST_PASSAGES = 6
MOST_TOKENS = 1_500

SYSTEM = (
    "You prepare a ruling for a curator, who decides. The deadline of `question` has passed or its outcome is known;"
    " `stories` are what news has said that bears on it. By `criteria` and nothing else, answer with: `outcome`, yes or"
    " no where the stories show it, void where the criteria cannot be applied, unclear where the stories show neither;"
    " that no story reports an event is no proof that it did not come, but say so; `reason`, why, in one or two"
    " sentences for readers; `settled_on`, the day on which the world settled it, YYYY-MM-DD, or null; `passages`, a"
    " list of objects with `story`, its number, and `passage`, words of its title or passage that show the outcome,"
    " copied exactly, at most 300 characters." + DATA
)
SCHEMA = forms.record(
    outcome=forms.text(10, among=(YES, NO, VOID, UNCLEAR)),
    reason=forms.text(1_000),
    settled_on=forms.or_null(forms.DAY),
    passages=forms.rows(
        forms.record(story={"type": "number", "minimum": 1, "maximum": MOST_STORIES}, passage=forms.text(600)),
        most=MOST_PASSAGES,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRuling:
    """An outcome that the ledger suggests. `passages` are places in the ledger's stories, each with words of it."""

    outcome: str
    reason: str
    settled_on: date | None
    passages: tuple[tuple[int, str], ...]


def prompt(ledger: QuestionLedger) -> Prompt[DraftRuling]:
    """The question put to the model about a ledger."""
    return Prompt(
        name="ruling",
        version=VERSION,
        system=SYSTEM,
        material=ledger.material(),
        schema=SCHEMA,
        read=partial(_draft, ledger=ledger),
        most_tokens=MOST_TOKENS,
    )


def _draft(stored: dict[str, Any], *, ledger: QuestionLedger) -> DraftRuling:
    """Passages that do not stand where they are said to are dropped; a Yes without any is none."""
    passages = []
    for row in stored["passages"]:
        place = int(row["story"]) - 1
        if place == row["story"] - 1 and place < len(ledger.stories) and ledger.stories[place].holds(row["passage"]):
            passages.append((place, " ".join(row["passage"].split())))
    if stored["outcome"] == YES and not passages:
        raise InvalidAnswer("The draft names no passage that shows a Yes.")
    reason = " ".join(stored["reason"].split())
    if not reason:
        raise InvalidAnswer("The draft gives no reason.")
    return DraftRuling(
        outcome=stored["outcome"],
        reason=reason,
        settled_on=_day(stored["settled_on"], ledger=ledger),
        passages=tuple(passages),
    )


def _day(words: str | None, *, ledger: QuestionLedger) -> date | None:
    """The day, where it is one on which the question could be settled."""
    try:
        day = date.fromisoformat(words) if words else None
    except ValueError:
        return None
    return day if day and ledger.opens <= day <= ledger.deadline else None
