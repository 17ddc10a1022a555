import time

import pytest

from language.readings import spans

TEXT = "The mayor — of Ostrava — said:\n“We’ll  build it by May.” Nobody asked."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Nobody asked.", "Nobody asked."),
        ("We'll build it by May", "We’ll  build it by May"),
        ('said: "We’ll', "said:\n“We’ll"),
        ("mayor - of Ostrava", "mayor — of Ostrava"),
    ],
)
def test_words_are_found_whatever_their_quotation_marks_and_white_space(words, found):
    start, end = spans.find(words, TEXT)
    assert TEXT[start:end] == found


@pytest.mark.parametrize("words", ["", "  ", "We will build it", "nobody asked", "asked. And more", "x" * 2_000])
def test_words_that_do_not_stand_there_are_not_found(words):
    assert spans.find(words, TEXT) is None


def test_a_text_comes_in_pieces_that_join_to_the_whole():
    text = "\n".join(f"Paragraph {n}. " + "Some words. " * 20 for n in range(100))
    pieces = list(spans.pieces(text, longest=1_000))
    assert "".join(piece.text for piece in pieces) == text
    assert all(text[piece.start :].startswith(piece.text) and len(piece.text) <= 1_000 for piece in pieces)
    assert all(piece.text.endswith(("\n", ". ")) for piece in pieces[:-1])


@pytest.mark.parametrize("text", ["x" * 200_000, " " * 200_000, "word " * 40_000, ""])
def test_odd_texts_are_cut_too_and_quickly(text):
    start = time.monotonic()
    pieces = list(spans.pieces(text, longest=1_000))
    assert all(len(piece.text) <= 1_000 for piece in pieces)
    assert "".join(piece.text for piece in pieces).strip() == text.strip()
    assert time.monotonic() - start < 1


def test_a_source_knows_its_words_and_figures():
    source = spans.SourceText.of("Ada’s 1,500 ships", "2027-03-01")
    assert [source.holds(words) for words in ("ADA'S 1,500", "Bob", " ")] == [True, False, False]
    assert not source.lacks_figure_of("1,500 ships by 2027")
    assert source.lacks_figure_of("1,600 ships")
