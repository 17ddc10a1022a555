import pytest

from language.stance import cues


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("refute", "The ministry denied it"),
        ("refute", "That was a made-up story"),
        ("doubt", "It could not be independently verified"),
        ("report", "Rumours of a sale, according to two people"),
        ("modal", "They might leave"),
        ("confirm", "A spokeswoman announced it"),
        ("say", "she told us"),
        ("negate", "They don't sell"),
    ],
)
def test_a_word_is_of_its_kind(kind, text):
    assert cues.count([text, "The bridge opened in June."])[kind].tolist()[0] >= 1
    assert cues.count(["The bridge opened in June."])[kind].tolist() == [0]


def test_refuting_words_meet_in_any_form():
    assert cues.refuting("He denies it") & cues.refuting("a flat denial") == set()
    assert cues.refuting("They rejected it") & cues.refuting("They reject it")


def test_the_form_of_a_headline_is_seen():
    asked = cues.form("Is the 'mayor' gone?")
    assert (asked["text_question"], asked["text_quotes"], asked["text_asks"], asked["text_colon"]) == (1, 1, 1, 0)
    assert cues.form("No, the mayor is here")["text_no"] == 1
    assert set(cues.form("The mayor is here").values()) == {0}
