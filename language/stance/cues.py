"""Words by which a text takes sides on a report: it refutes, doubts, passes on, hedges, confirms, quotes or negates."""

import re

import numpy as np
import numpy.typing as npt

from language.sentences import words

Counts = npt.NDArray[np.float64]


def _words(*groups: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join('|'.join(group.split()) for group in groups)})", re.IGNORECASE)


# Beginnings of words, so that "den" would be too short and "denial" finds "denials". \s stands inside a phrase.
KINDS: dict[str, re.Pattern[str]] = {
    "refute": _words(
        r"hoax fake false untrue not\strue debunk den(?:y|ies|ied|ial) bogus fabricat myth satir prank photoshop",
        r"mislead mistake incorrect wrong inaccura no\sevidence no\struth disput refut reject dismiss contradict",
        r"doctored retract apolog never\shappened made[-\s]up scam unfounded baseless spoof parod fact[-\s]check",
        r"turns?\sout nonsense rubbish lie[sd]?\b lying invented staged discredit erroneous",
    ),
    "doubt": _words(
        r"doubt s[ck]eptic question unlikely unclear unverif unconfirm not\sconfirm n[o']t\sbeen\s(?:confirm|verif)",
        r"cannot\s(?:confirm|verif) could\snot\s(?:be\s)?(?:confirm|verif|independ) independent yet\sto no\sofficial",
        r"suspicio dubious if\strue remains\sto\sbe supposed allegedly conflicting caution",
    ),
    "report": _words(
        r"report claim alleg rumou?r purport apparent suppos said\sto according\sto sources?\b believe suggest",
        r"speculat circulat viral social\smedia unnamed anonym",
    ),
    "modal": _words(r"may\b might\b could\b possib potential perhaps would\b whether if\b"),
    "confirm": _words(
        r"confirm official announc reveal prove[sdn]?\b verif acknowledg admit authorit statement spokes police arrest",
        r"charged evidence",
    ),
    "say": _words(r"said says told tweet wrote posted explain added"),
    "negate": re.compile(r"\b(?:not|never|no|nor|without|neither|cannot|none|nothing)\b|n['’]t\b", re.IGNORECASE),
}
# Sentences of our own that say what these words say; how near a text's sentences come to them tells it in other words.
SAYINGS = (
    "This story is a hoax and never happened.",
    "The report is false.",
    "Officials denied the claim.",
    "There is no evidence that this is true.",
    "The claim has not been confirmed.",
    "It is unclear whether the report is true.",
    "According to reports, it may have happened.",
    "A rumour is circulating on social media.",
    "Officials confirmed that it is true.",
    "It happened, police said.",
    "The company announced it.",
    "Experts doubt the claim.",
)
ASKS = re.compile(r"\s*(?:did|is|was|has|are|does|do|will|can|could|would|no|why|how)\b", re.IGNORECASE)
DENIES = re.compile(r"\s*no\b", re.IGNORECASE)
QUOTES = re.compile(r"[\"“”‘]|(?<!\w)'")


def count(sentences: list[str]) -> dict[str, Counts]:
    """The number of words of each kind in each sentence."""
    return {
        kind: np.array([len(pattern.findall(text)) for text in sentences], dtype=np.float64)
        for kind, pattern in KINDS.items()
    }


def refuting(text: str) -> frozenset[str]:
    """The beginnings of the words that refute in a text."""
    return frozenset(words.stem(word.lower()[:5]) for word in KINDS["refute"].findall(text))


def form(text: str) -> dict[str, float]:
    """The form of a short text: a question, words in quotes, a colon, a word that asks, a "no"."""
    return {
        "text_question": float("?" in text),
        "text_quotes": float(bool(QUOTES.search(text))),
        "text_colon": float(":" in text),
        "text_asks": float(bool(ASKS.match(text))),
        "text_no": float(bool(DENIES.match(text))),
    }
