from hypothesis import given
from hypothesis import strategies as st

from tracker.pages.articles.marked_text import ClaimSpan, Paragraph, mark

TEXT = "Ties are close. Xi will not yield.\n\nTrade grows, so they say."


def shown(paragraph: Paragraph) -> str:
    return "".join(piece.head + piece.tail for piece in paragraph.pieces)


def span_of(quote: str, number: int = 1) -> ClaimSpan:
    start = TEXT.index(quote)
    return ClaimSpan(number, start, start + len(quote))


def test_a_text_without_claims_is_its_paragraphs():
    assert [shown(paragraph) for paragraph in mark(TEXT, spans=[])] == TEXT.split("\n\n")


def test_a_claim_becomes_a_piece_of_its_own_with_its_last_word_apart():
    first, second = mark(TEXT, spans=[span_of("Xi will not yield")])
    before, claim, after = first.pieces
    assert (before.number, claim.number, after.number) == (0, 1, 0)
    assert (claim.head, claim.tail) == ("Xi will not ", "yield")
    assert (claim.begins, claim.ends, first.numbers, second.numbers) == ((1,), (1,), (1,), ())


def test_offsets_count_code_points():
    text = "Xi’s “😀 talks” end. He left."
    (paragraph,) = mark(text, spans=[ClaimSpan(1, text.index("He"), len(text) - 1)])
    assert [piece.head + piece.tail for piece in paragraph.pieces if piece.number] == ["He left"]


def test_a_claim_inside_another_is_marked_by_the_shorter():
    first, _ = mark(TEXT, spans=[span_of("Xi will not yield", 1), span_of("not yield", 2)])
    assert [(piece.number, piece.begins, piece.ends) for piece in first.pieces if piece.number] == [
        (1, (1,), ()),
        (2, (2,), (1, 2)),
    ]


def test_overlapping_claims_each_begin_and_end_once():
    first, _ = mark(TEXT, spans=[span_of("Ties are close. Xi", 1), span_of("close. Xi will", 2)])
    assert [(piece.begins, piece.ends) for piece in first.pieces if piece.number] == [
        ((1,), ()),
        ((2,), (1,)),
        ((), (2,)),
    ]


def test_a_claim_over_two_paragraphs_begins_in_the_first_and_ends_in_the_second():
    first, second = mark(TEXT, spans=[span_of("yield.\n\nTrade grows")])
    assert first.pieces[-1].begins == (1,)
    assert first.pieces[-1].ends == ()
    assert (second.pieces[0].begins, second.pieces[0].ends) == ((), (1,))


def test_a_claim_that_takes_in_the_line_break_ends_with_its_line():
    first, _ = mark(TEXT, spans=[span_of("will not yield.\n\n")])
    assert first.pieces[-1].ends == (1,)
    assert first.pieces[-1].tail == "yield."


@given(
    st.text(alphabet="ab \n’.", max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 20)), max_size=4),
)
def test_no_character_is_lost_or_doubled_whatever_is_marked(text, places):
    spans = [ClaimSpan(number, start, start + length) for number, (start, length) in enumerate(places, 1)]
    marked = mark(text, spans=[span for span in spans if span.end <= len(text)])
    assert [shown(paragraph) for paragraph in marked] == [line.strip() for line in text.split("\n") if line.strip()]
    numbers = [number for paragraph in marked for number in paragraph.numbers]
    assert len(numbers) == len(set(numbers))
