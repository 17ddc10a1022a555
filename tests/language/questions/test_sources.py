import pytest

from language.questions import sources

MATTERS = [
    ("The party will win the election.", "election authority"),
    ("The bank will cut interest rates.", "central bank"),
    ("Inflation will fall below 2%.", "statistics office"),
    ("The court will convict him.", "court"),
    ("The company will report a rise in profits.", "filings"),
    ("Peru and Chile will sign a treaty.", "governments"),
]


@pytest.mark.parametrize(("text", "source"), MATTERS, ids=[row[1] for row in MATTERS])
def test_the_matter_says_where_to_look(text, source):
    assert any(source in each for each in sources.to_look_at(text))


@pytest.mark.parametrize("text", ["", "Something else will happen.", "The party will win the election."])
def test_two_independent_news_organisations_are_always_among_them(text):
    assert sources.to_look_at(text)[-1] == sources.NEWS
    assert len(sources.to_look_at(text)) <= sources.MOST
