from datetime import date

import pytest

from language.claims import extraction

BOOK = "The book is The Quiet Century, by Ada Lund, founder of Northgate. Here are {} from it:\n\n"
CLAIM = "Norland will ally itself with Sudmark."
RENDERED = [
    (BOOK.format("some of the insights that I noted"), "Ada Lund"),
    (BOOK.format("a few passages"), "Ada Lund"),
    (BOOK.format("her boldest predictions"), "Ada Lund"),
    (BOOK.format("the main takeaways"), "Ada Lund"),
    (BOOK.format("the author's forecasts"), "Ada Lund"),
    (BOOK.format("my own predictions"), ""),
    ("I read a novel by Ada Lund. It was dull.\n\n", ""),
    ("Below are excerpts of a lecture by Karl Holm.\n\n", "Karl Holm"),
    ("Below are excerpts of a lecture.\n\n", ""),
    ("The manifesto was written by Jo Marsh in May. What follows are its theses.\n\n", "Jo Marsh"),
    ("The plan by Jo Marsh is old. Here are the notes.\n\n", ""),
]
SOURCED = [
    ("My predictions for 2032", "The deficit, according to the bank, will shrink in 2033.", ""),
    ("My predictions for 2032", "Unemployment, according to Eastbank, will fall by two points.", ""),
    ("Deficit to shrink", "The deficit, according to the bank, will shrink in 2033.", "the bank"),
    ("My predictions for 2032", "According to the bank, the deficit will shrink in 2033.", "the bank"),
    ("My predictions for 2032", "The deficit will shrink in 2033, according to the bank.", "the bank"),
]


def speaker(text, words, *, title=""):
    claims = extraction.propose(text, published=date(2031, 12, 12), title=title)
    return next(claim.speaker for claim in claims if words in claim.text)


@pytest.mark.parametrize(("opening", "who"), RENDERED, ids=[row[0][-60:].strip() for row in RENDERED])
def test_what_a_text_renders_of_a_book_is_its_writers(opening, who):
    assert speaker(opening + CLAIM, "Norland") == who


@pytest.mark.parametrize(("title", "text", "who"), SOURCED, ids=[row[0] + row[1][:30] for row in SOURCED])
def test_the_source_of_a_figure_makes_nobodys_prediction(title, text, who):
    assert speaker(text, text.split()[1] if text.startswith("The") else "will", title=title) == who
