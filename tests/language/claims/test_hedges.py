import pytest

from language.claims import hedges

READ = [
    ("Xi is not expected to make concessions", "is not expected to", 0.85),
    ("Oil is expected to rise", "expected", 0.8),
    ("They do not expect a deal", "do not expect", 0.85),
    ("He ruled out a return", "ruled out", 0.85),
    ("The vote is due to take place in June", "is due to", 0.85),
    ("The launch is set to go ahead", "set to", 0.85),
    ("It will rain", "will", 0.9),
    ("They won't go", "won't", 0.9),
    ("She'll stay", "She'll", 0.9),
    ("It will probably rain", "probably", 0.7),
    ("It is likely to rain", "likely", 0.7),
    ("It is very likely to rain", "very likely", 0.87),
    ("It is unlikely to rain", "unlikely", 0.75),
    ("It is highly unlikely to rain", "highly unlikely", 0.87),
    ("It is not likely to rain", "not likely", 0.75),
    ("War is almost certain", "almost certain", 0.95),
    ("War is far from certain", "far from certain", 0.5),
    ("Perhaps it rains", "Perhaps", 0.45),
    ("It may rain", "may", 0.45),
    ("It may well rain", "may well", 0.55),
    ("It might not rain", "might not", 0.45),
    ("China could leverage it", "could", 0.45),
    ("There is a 30% chance of rain", "30% chance", 0.3),
    ("a 60-70 per cent probability", "60-70 per cent probability", 0.65),
    ("We put the probability of war at 20 percent", "probability of war at 20 percent", 0.2),
    ("a one-in-four chance of recession", "one-in-four chance", 0.25),
    ("a 100% chance of rain", "100% chance", 0.99),
    ("They plan to leave", "plan to", 0.65),
    ("It is a coin toss", "coin toss", 0.5),
    ("It is more likely than not to fail", "more likely than not", 0.6),
]


@pytest.mark.parametrize(("text", "words", "probability"), READ, ids=[row[0] for row in READ])
def test_wording_is_read_as_a_probability(text, words, probability):
    hedge = hedges.read(text)
    assert hedge is not None
    assert (hedge.words, hedge.probability) == (words, probability)
    assert text[hedge.start : hedge.end] == words


@pytest.mark.parametrize(
    "text", ["", "Paris is the capital", "He came in May", "Exports fell 30% last year", "\x00\u200b"]
)
def test_a_plain_assertion_has_no_hedge(text):
    assert hedges.read(text) is None


def test_every_hedge_lies_inside_its_range():
    for row in (row for group in hedges.GROUPS for row in group):
        assert 0 <= row.low <= row.probability <= row.high <= 1


def test_a_chance_over_a_hundred_is_no_figure():
    assert hedges.read("a 300% chance") is None
