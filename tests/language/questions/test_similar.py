import numpy as np
import pytest

from language.questions import similar
from language.sentences.embeddings import load_minilm

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


OTHER_WORDS = [
    (
        "Will Belmark leave the currency union by 31 December 2028?",
        "Belmark's exit from the common currency before 2029.",
    ),
    (
        "Will the Tarn bridge reopen to traffic by 30 September 2026?",
        "Cars can cross the Tarn bridge again before October.",
    ),
    (
        "Will the governor of Westmark be impeached by 31 December 2026?",
        "Westmark's governor is removed by the legislature this year.",
    ),
    ("Will Orbita land a crew on the Moon by 2032?", "Astronauts of Orbita set foot on the lunar surface before 2033."),
    (
        "Will inflation in Karsia exceed 10% by 31 December 2026?",
        "Consumer prices in Karsia climb by more than ten per cent this year.",
    ),
    (
        "Will Falkenau approve the new nuclear plant by 30 June 2027?",
        "Falkenau gives the go-ahead to an atomic power station.",
    ),
    ("Will the last glacier of Mount Ystad melt by 2040?", "Mount Ystad loses its ice before 2041."),
    ("Will the Sorrel treaty enter into force by 1 January 2027?", "The Sorrel agreement takes effect before 2027."),
    (
        "Will Ruritania join the customs union by 2031?",
        "Ruritania's accession to the customs bloc before the end of 2030",
    ),
    (
        "Will the Kestrel space telescope be launched by 30 September 2026?",
        "The Kestrel observatory lifts off before autumn 2026.",
    ),
]
OTHER_MATTERS = [
    ("Will Belmark leave the currency union by 31 December 2028?", "Belmark wins the handball championship in 2028."),
    (
        "Will the Tarn bridge reopen to traffic by 30 September 2026?",
        "The Moss tunnel reopens to traffic before October.",
    ),
    (
        "Will the governor of Westmark be impeached by 31 December 2026?",
        "The governor of Eastholm is impeached this year.",
    ),
    ("Will Orbita land a crew on the Moon by 2032?", "Orbita dismisses its chairman before 2027."),
    (
        "Will inflation in Karsia exceed 10% by 31 December 2026?",
        "Karsia extends compulsory schooling to twelve years.",
    ),
    ("Will Falkenau approve the new nuclear plant by 30 June 2027?", "Sudmark approves a nuclear plant by June 2027."),
    ("Will nurses in Port Lund go on strike by 31 March 2026?", "Port Lund opens a ferry line to the islands."),
    ("Will Delvo Motors recall its electric vans by 31 May 2026?", "Arven Trucks recalls electric vans in May."),
    (
        "Will the price of wool rise above 12 crowns by 31 August 2026?",
        "A drought empties the reservoirs by August 2026.",
    ),
    ("Will the Sorrel treaty enter into force by 1 January 2027?", "A storm closes the harbour before 2027."),
]


@pytest.mark.parametrize(("question", "text"), OTHER_WORDS)
def test_the_same_matter_in_other_words_is_found_by_its_meaning(question, text):
    assert similar.rank(text, [*OPEN, question], encoder=load_minilm()) == [3]


@pytest.mark.parametrize(("question", "text"), OTHER_MATTERS)
def test_another_matter_is_not_taken_for_the_same(question, text):
    assert similar.rank(text, [*OPEN, question], encoder=load_minilm()) == []


class CountingEncoder:
    """Gives every text one and the same row, and keeps what it was asked for."""

    def __init__(self):
        self.asked = []

    def encode(self, texts):
        self.asked.append(list(texts))
        return np.full((len(texts), 1), 1.0, dtype=np.float32)


def test_few_questions_are_embedded_while_somebody_waits_those_of_like_words_first_and_none_twice():
    encoder = CountingEncoder()
    questions = [f"Will ship {number} sail?" for number in range(similar.MOST_NEW)] + ["Will a quay be built?"]
    similar.rank("A quay is built.", questions, encoder=encoder)
    similar.rank("A quay is built.", questions, encoder=encoder)
    assert [len(texts) for texts in encoder.asked] == [similar.MOST_NEW, 2]
    assert encoder.asked[0][:2] == ["A quay is built.", "Will a quay be built?"]
