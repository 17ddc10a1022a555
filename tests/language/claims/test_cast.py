import pytest

from language.claims import candidates, speakers

# The text, words of what is said, and who says it.
SAID = [
    (
        "Karl Holm urged Berg to stay. Nothing is heroic about Ada Lund's candidacy. She said that taxes would rise.",
        "taxes would",
        "Ada Lund",
    ),
    (
        "Jo Marsh saw the minister. Ada Lund's plan is bold. She hinted that rents would fall.",
        "rents would",
        "Ada Lund",
    ),
    (
        "A report by Northgate Research is out. Wages will rise, Northgate said.",
        "Wages will",
        "Northgate Research",
    ),
    (
        "Analysts at Eastbank Partners met. Eastbank predicted that rates would fall.",
        "rates would",
        "Eastbank Partners",
    ),
    (
        "“We are past the big swings: the answer, the quip,” an Ostland Liberal said.",
        "We are",
        "an Ostland Liberal",
    ),
    (
        "Others doubted it. “It is over: the quip, the gaffe,” a Norland voter said. “The bounce will fade.”",
        "The bounce",
        "a Norland voter",
    ),
    (
        '"The old firms will not win in these lands," Karl Holm said. "Local makers will win the market," he said.',
        "Local makers",
        "Karl Holm",
    ),
    ("My oldest friend (you may know whom I mean) thinks Lund will win by 300 votes.", "Lund will", "My oldest friend"),
    ("Ada Holmberg hopes that she can win. She said that Berg would win.", "Berg would", "Ada Holmberg"),
    ("Berg hopes he can stay. He predicted that the party would split.", "the party", "Berg"),
    ("The bank's Jo Marsh spoke. She warned that prices would double.", "prices would", "Jo Marsh"),
]


@pytest.mark.parametrize(("text", "words", "who"), SAID, ids=[row[2] + row[1] for row in SAID])
def test_somebody_named_before_is_found_again(text, words, who):
    reads = candidates.find(text).sentences
    found = speakers.attributions(text, [read.sentence for read in reads], [read.tree for read in reads])
    at = text.index(words)
    assert speakers.innermost(found, at, at + len(words)).speaker.words == who
