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
    (
        "The ruling in Lund v. Arden will fall. Judges said so.",
        ["The ruling in Lund v. Arden will fall.", "Judges said so."],
    ),
    ("In Marsh v. Norland the court sat. It rose.", ["In Marsh v. Norland the court sat.", "It rose."]),
    ("They cite Hall v. Brook. It is old.", ["They cite Hall v. Brook.", "It is old."]),
    ("State v. Mahood ends soon. Lund v. Mahood goes on.", ["State v. Mahood ends soon.", "Lund v. Mahood goes on."]),
    (
        "The law takes effect at 9 a.m. Monday. Courts open at 10 a.m. They close at 4.",
        ["The law takes effect at 9 a.m. Monday.", "Courts open at 10 a.m.", "They close at 4."],
    ),
    ("Voting ends at 8 p.m. Tuesday. Results come later.", ["Voting ends at 8 p.m. Tuesday.", "Results come later."]),
    ("It starts at 3 p.m. Eastern. Doors open.", ["It starts at 3 p.m. Eastern.", "Doors open."]),
    ("Talks begin at 7 p.m. June 5 in Arden.", ["Talks begin at 7 p.m. June 5 in Arden."]),
    ("We meet at 6 a.m. Saturday and leave.", ["We meet at 6 a.m. Saturday and leave."]),
    ("Shops open at 9 a.m. Sunday is a holiday.", ["Shops open at 9 a.m.", "Sunday is a holiday."]),
    ("It ends at 5 p.m. Visitors must leave.", ["It ends at 5 p.m.", "Visitors must leave."]),
    ("The bank shuts at 4 p.m. local time. Then it rests.", ["The bank shuts at 4 p.m. local time.", "Then it rests."]),
    ("He joined Norvolt Corp. Shares rose.", ["He joined Norvolt Corp.", "Shares rose."]),
    ("She left Arden Ltd. Investors were glad.", ["She left Arden Ltd.", "Investors were glad."]),
    ("It was bought by Brook Inc. Workers fear cuts.", ["It was bought by Brook Inc.", "Workers fear cuts."]),
    ("Sales fell at Calder Co. Profits halved.", ["Sales fell at Calder Co.", "Profits halved."]),
    ("Norland will sue Norvolt Plc. Lawyers are ready.", ["Norland will sue Norvolt Plc.", "Lawyers are ready."]),
    (
        "It was led by Norvolt Corp. Chairman and owner Jo.",
        ["It was led by Norvolt Corp. Chairman and owner Jo."],
    ),
    ("Norvolt Corp. Chief Executive Jo Marsh spoke.", ["Norvolt Corp. Chief Executive Jo Marsh spoke."]),
    ("Norvolt Inc. President Jo Marsh left.", ["Norvolt Inc. President Jo Marsh left."]),
    ("She said Arden Ltd. Director Ada Lund will go.", ["She said Arden Ltd. Director Ada Lund will go."]),
    ("Three things: 1. Rates fall. 2. Taxes rise.", ["Three things: 1. Rates fall.", "2. Taxes rise."]),
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
