import pytest

from language.sentences import english


def test_english_is_read():
    assert english.not_english("The war in the east is not over.") == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Krieg im Osten ist nicht vorbei.", "German"),
        ("La guerre dans les villes est finie.", "French"),
        ("La guerra en el este no es como la de los otros.", "Spanish"),
    ],
)
def test_another_language_is_named(text, language):
    assert language in english.not_english(text)


@pytest.mark.parametrize("text", ["", "12 34 56", "\u202e\u200b\x00", "的" * 5_000])
def test_what_is_no_language_at_all_has_a_reason_too(text):
    assert english.not_english(text)
