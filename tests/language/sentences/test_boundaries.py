import itertools

import pytest

from language.sentences import boundaries

CUTS = [
    ("He left. She stayed.", ["He left.", "She stayed."]),
    ("The U.S. economy grew. It did well.", ["The U.S. economy grew.", "It did well."]),
    ("He lives in the U.S. The rest left.", ["He lives in the U.S.", "The rest left."]),
    ("U.S. Trade Representative Greer spoke.", ["U.S. Trade Representative Greer spoke."]),
    ("Mr. Xi met Dr. Ng on Jan. 5 at 3 p.m. in Rome.", ["Mr. Xi met Dr. Ng on Jan. 5 at 3 p.m. in Rome."]),
    ("George W. Bush met J. K. Rowling. They spoke.", ["George W. Bush met J. K. Rowling.", "They spoke."]),
    ("Growth was 3.5 percent. Prices rose $1.20.", ["Growth was 3.5 percent.", "Prices rose $1.20."]),
    ("It has to go, i.e. leave. Now.", ["It has to go, i.e. leave.", "Now."]),
    ("“We will win.” He smiled.", ["“We will win.”", "He smiled."]),
    ("“Will we win?” Putin asked. He smiled.", ["“Will we win?” Putin asked.", "He smiled."]),
    ("“Why?” he asked.", ["“Why?” he asked."]),
    ("He won (again). She lost.", ["He won (again).", "She lost."]),
    ("(He won.) She lost.", ["(He won.)", "She lost."]),
    ("It grew.[3] It shrank.", ["It grew.[3]", "It shrank."]),
    ("Well... maybe not. Then... Yes.", ["Well... maybe not.", "Then...", "Yes."]),
    ("Really?! No! Yes.", ["Really?!", "No!", "Yes."]),
    ("1. Buy bread\n2. Sell bread", ["1. Buy bread", "2. Sell bread"]),
    ("By Ann Lee\nThe war goes on\nIt ends.", ["By Ann Lee", "The war goes on", "It ends."]),
    ("Acme Inc. said so. Apple Inc. The rest.", ["Acme Inc. said so.", "Apple Inc.", "The rest."]),
    ("See No. 5 for more. No. He will not.", ["See No. 5 for more.", "No.", "He will not."]),
    ("他来了。他走了。", ["他来了。", "他走了。"]),
    ("one word", ["one word"]),
    ("a\u2028b\r\nc\x85d", ["a", "b", "c", "d"]),
    ("", []),
    (" \n\t\u2029 ", []),
]


@pytest.mark.parametrize(("text", "expected"), CUTS, ids=[str(n) for n in range(len(CUTS))])
def test_text_is_cut_into_its_sentences(text, expected):
    assert [sentence.text for sentence in boundaries.split(text)] == expected


HOSTILE = [
    "." * 300_000 + "x",
    "?!" * 200_000,
    "A. " * 100_000,
    "\x00\u200b\u202e. A\u0301. \ud83d\ude00!",
    "(" * 100_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_every_sentence_quotes_the_text_and_follows_the_last(text):
    found = boundaries.split(text)
    assert all(text[sentence.start : sentence.end] == sentence.text for sentence in found)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
    assert "".join("".join(sentence.text for sentence in found).split()) == "".join(text.split())


def test_paragraphs_are_the_lines_that_hold_something():
    text = "  One.  Two. \n\n\r\n three"
    assert [(p.start, p.end, p.text) for p in boundaries.paragraphs(text)] == [(2, 12, "One.  Two."), (18, 23, "three")]
