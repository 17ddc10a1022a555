"""Sources that will hold the answer to a question: their kinds, by what the question is about."""

from language import wordlists

NEWS = "two independent news organisations"
MATTERS = {source: wordlists.pattern(rf"\b(?:{words})") for source, words in wordlists.read("sources").items()}
MOST = 4


def to_look_at(text: str) -> tuple[str, ...]:
    """Up to three kinds of official sources that fit the matter, and always independent news."""
    return (*[source for source, pattern in MATTERS.items() if pattern.search(text)][: MOST - 1], NEWS)


def official(text: str) -> str:
    """The first official source that fits the matter, else none."""
    return next((source for source, pattern in MATTERS.items() if pattern.search(text)), "")
