import pytest

from language.sentences import languages


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The war in the east is not over.", "English"),
        ("Der Krieg im Osten ist nicht vorbei.", "German"),
        ("La guerre dans les villes est finie.", "French"),
        ("La guerra en el este no es como la de los otros.", "Spanish"),
        ("Война на востоке ещё не закончилась.", "Cyrillic letters"),
        ("الحرب في الشرق لم تنته بعد", "Arabic letters"),
        ("战争还没有结束", "Cjk letters"),
        ("Oil $100", "unknown"),
        ("12 34 56", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_language_is_told_by_letters_and_commonest_words(text, name):
    assert languages.detect(text).name == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The war in the east is not over.", "en"),
        ("Der Krieg im Osten ist nicht vorbei.", "de"),
        ("Война на востоке ещё не закончилась.", "und-Cyrl"),
        ("战争还没有结束", "zh"),
        ("戦争はまだおわっていないのです", "ja"),
        ("Oil $100", "und"),
    ],
)
def test_a_language_has_a_code_for_its_pages(text, code):
    assert languages.detect(text).code == code


def test_every_language_of_the_word_lists_has_a_code():
    assert set(languages.STOPS) <= set(languages.CODES)


def test_few_words_prove_no_other_language():
    assert not languages.detect("Best-selling Boots").is_foreign
    assert languages.detect("Die Bank wird nicht mit dem Rat reden.").is_foreign


def test_marks_that_nobody_sees_change_nothing():
    assert languages.detect("T\u200bhe w\u200bar i\u200bs not o\u200bver\u202e.").is_english


def test_only_the_beginning_of_a_long_text_is_looked_at():
    assert languages.detect("the war is over " * 2_000 + "я" * 1_000_000).is_english
