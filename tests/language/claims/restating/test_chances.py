"""Chances that somebody gives an event, and the event that they claim."""

import pytest

from language.claims.restating import chances
from language.syntax import parser

GIVEN = [
    (
        "Modellers give Norvolt a 70 per cent chance of opening the plant by June.",
        "Norvolt will open the plant by June",
    ),
    ("Rovers have a 55% chance of winning the cup.", "Rovers will win the cup"),
    ("Rovers have a 55% chance to win the cup.", "Rovers will win the cup"),
    ("There is a 30% chance of the central bank cutting rates.", "the central bank will cut rates"),
    ("The chances of a recession next year are about 40%.", "there will be a recession next year"),
    ("There is a 40% chance of rain in Lundby on Friday.", "there will be rain in Lundby on Friday"),
    ("We put Judge Holm at 85% chance of ruling against the state.", "Judge Holm will rule against the state"),
    ("Bookmakers give Tarn a 20% chance of winning the race.", "Tarn will win the race"),
    ("The party has a 60% probability of losing its majority.", "The party will lose its majority"),
    ("We see a 25 percent chance of a strike in May.", "there will be a strike in May"),
    ("Norvolt stands a 10% chance of surviving the year.", "Norvolt will survive the year"),
]


@pytest.mark.parametrize(("sentence", "event"), GIVEN, ids=[row[0] for row in GIVEN])
def test_a_chance_claims_its_event(sentence, event):
    assert _event(sentence) == event


@pytest.mark.parametrize(
    "sentence",
    ["Rovers will win the cup.", "It was his last chance to win.", "The club took a chance on the young keeper.",
     "He has no chance of the job.", "Chance decides.", "The 40% share has a value."],
)  # fmt: skip
def test_without_a_figure_or_an_event_there_is_no_chance(sentence):
    assert _event(sentence) == ""


def _event(sentence):
    (tree,) = parser.parse([sentence])
    return chances.event(tree, 0, len(sentence), name=lambda *_: None)
