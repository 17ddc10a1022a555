import pytest

from language.questions import similar

OPEN = [
    "Will the central bank of Norland cut its main rate by 30 June 2026?",
    "Will Rovers win the cup by 30 May 2026?",
    "Will Norvolt open its second plant by 31 December 2026?",
]
ALIKE = [
    ("Will the central bank of Norland lower its main rate by 31 December 2026?", [0]),
    ("The Norland central bank will cut its main rate.", [0]),
    ("Rovers win the cup.", [1]),
    ("Norvolt opens a second plant in 2026.", [2]),
    ("Will it snow in Lundby by 31 December 2026?", []),
    ("Will the mayor resign by 30 June 2026?", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "places"), ALIKE, ids=[row[0] for row in ALIKE])
def test_a_question_on_the_same_matter_is_found(text, places):
    assert similar.rank(text, OPEN) == places


def test_no_more_than_three_are_named():
    assert len(similar.rank("Rovers win the cup.", OPEN[1:2] * 9)) == similar.MOST
