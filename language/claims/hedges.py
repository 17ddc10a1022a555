"""Hedges: the wording that says how sure a sentence is of what it asserts.

The figures follow published scales: the Professional Head of Intelligence Assessment's probability yardstick (United
Kingdom, 2019), Intelligence Community Directive 203 (United States, 2015) and, for single words, the means of
Mauboussin & Mauboussin, "If You Say Something Is 'Likely'" (Harvard Business Review, 2018), themselves in the line of
Kent (1964) and Wallsten et al. (1986). Low and high enclose what the scales and their readers allow.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from language import wordlists
from language.syntax.trees import Tree


@dataclass(frozen=True, slots=True)
class Hedge:
    """The wording (`text[start:end]`) and the probability of what the sentence asserts, its denial included.

    A denial counts as an assertion of its own: "X is not expected to go" asserts, at .85, that X will not go; "X is
    unlikely to go" asserts the same at .75. Then `denies` is true, and the event that is named has the rest
    (`of_event`). A figure ("a 30% chance") is kept as it is said, for the event named.
    """

    words: str
    start: int
    end: int
    probability: float
    low: float
    high: float
    denies: bool = False

    @property
    def of_event(self) -> float:
        """Probability of the event that is named, without the denial."""
        return 1 - self.probability if self.denies else self.probability


MOST_MATCHES = 5
PLAIN = 0.9  # of a plain future
CHANCE = r"(?:chance|probability|likelihood|odds|possibility)"
PERCENT = re.compile(
    rf"\b(\d{{1,3}}(?:\.\d{{1,3}})?)(?:\s?[-–]\s?(\d{{1,3}}(?:\.\d{{1,3}})?))?\s?(?:%|per\s?cent\b)\s?(?:\w{{1,12}}\s){{0,1}}{CHANCE}\b"
    rf"|\b{CHANCE}\s(?:\w{{1,15}}\s){{0,8}}?(?:at|of|is|to)\s(?:\w{{1,15}}\s){{0,2}}?(\d{{1,3}}(?:\.\d{{1,3}})?)\s?(?:%|per\s?cent\b)",
    re.IGNORECASE,
)
PLACED = re.compile(
    r"\b(?:puts?|rates?|sees?|have|has)\s(?:\w{1,15}\s){0,4}?at\s"
    r"(\d{1,3}(?:\.\d{1,3})?)\s?(?:%|per\s?cent\b)"
    r"(?=\sthat\b|\sto\b|[.,]|$)",
    re.IGNORECASE,
)
# "Break their will", "the might of an army", "a can of beer": nouns, not verbs.
NOUN_BEFORE = re.compile(
    r"\b(?:the|their|his|her|its|my|your|our|a|an|of|free|good|ill|political|popular|own|iron|strong|military|naval|people['’]s"
    r"|this|that|with|without|against|by)\s$",
    re.IGNORECASE,
)
MODAL = frozenset({"will", "might", "may", "can", "could", "would", "should", "must"})
VERB_AFTER = re.compile(
    r"\s(?:not\s|also\s|soon\s|never\s|\w{2,15}ly\s)?(?:be|have|go|come|see|take|make|get|rise|fall|do|need|become|win|lose)\b"
)
DENYING = re.compile(
    r"n['’]t\b|\b(?:not|never|no\slonger|unlikely|improbable|doubtful|doubts?|doubted|implausible|remote|little|slim|impossible"
    r"|rule[sd]?\sout|small|low|slight|no\s(?:chance|plans|intention|prospect))\b",
    re.IGNORECASE,
)
BEFORE_THAT = re.compile(r"(?:\s(?:that|if|whether))?[\s,.:“”\"]*$")
NOT_AFTER = re.compile(r"\s(?:not|never|no\slonger)\b", re.IGNORECASE)
EMBEDDING = frozenset({"relcl", "acl", "advcl"})
COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
COUNT = rf"(\d{{1,4}}|{'|'.join(COUNTS)})"
RATIO = re.compile(rf"\b{COUNT}[\s-](?:in|out\sof)[\s-](?:every\s)?(?:a\s)?{COUNT}\s{CHANCE}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HedgeWords:
    """Words of a hedge and what they make probable."""

    pattern: re.Pattern[str]
    probability: float
    low: float
    high: float


def _groups(*names: str) -> Iterator[tuple[HedgeWords, ...]]:
    """The groups of `data/hedges.toml`: the first that matches decides; inside a group the earliest in the sentence."""
    lists = wordlists.read("hedges")
    for name in names:
        yield tuple(
            HedgeWords(
                wordlists.pattern(rf"(?<!\w)(?:{row['words']})\b", parts=lists["parts"]),
                row["probability"],
                row["low"],
                row["high"],
            )
            for row in lists[name]
        )


GROUPS = tuple(_groups("verbal", "thought", "expected", "modal"))


def read(text: str, *, tree: Tree | None = None, cue: str = "") -> Hedge | None:
    """The wording that says how sure `text` is, or None for a plain assertion about what is or was.

    Figures win over words of probability, these over expectations and plans, these over modal verbs. A plain future
    ("will") is read as .9, since people who write it mean to be believed and are not always right. With its `tree`, the
    hedge of the sentence's own predicate wins over one in a clause that hangs on it. `cue` are the words that give the
    text to somebody: "Holm thinks that" makes a plain future less sure; its hedge has no place in `text`, and
    starts and ends at 0. Linear time: every gap in a pattern is bounded.
    """
    own = _figure(text) or _worded(text, tree)
    if (
        cue
        and (own is None or own.probability == PLAIN)
        and (outer := _worded(BEFORE_THAT.sub("", cue), None)) is not None
    ):
        return replace(outer, start=0, end=0, denies=False)
    return own


def _worded(text: str, tree: Tree | None) -> Hedge | None:
    """The hedge of the outermost clause; there the first group, and in it the earliest."""
    hits = [
        (0 if tree is None else _depth(tree, hedge.start), place, hedge.start, hedge)
        for place, group in enumerate(GROUPS)
        for hedge in _hits(text, group, tree)
    ]
    return min(hits, key=lambda hit: hit[:3])[3] if hits else None


def _depth(tree: Tree, at: int) -> int:
    """How many clauses deep a place of the sentence is."""
    word = next((word for word in tree.words if word.start <= at < word.end), None)
    if word is None:
        return 0
    return sum(each.relation in EMBEDDING for each in (word, *tree.ancestors(word)))


def _is_noun(text: str, start: int, words: str, tree: Tree | None) -> bool:
    """Whether what looks like a modal verb is a noun."""
    if words.lower().split()[0] not in MODAL:
        return False
    word = next((word for word in tree.words if word.start == start), None) if tree is not None else None
    if word is not None:
        return word.tag != "MD"
    before = NOUN_BEFORE.search(text, max(0, start - 20), start)
    return before is not None and VERB_AFTER.match(text, start + len(words.split()[0])) is None


def _figure(text: str) -> Hedge | None:
    if match := PERCENT.search(text):
        values = [float(value) for value in match.groups() if value]
        if max(values) <= 100:
            middle = sum(values) / len(values) / 100
            return _figure_hedge(match, middle, min(values) / 100, max(values) / 100)
    if (match := PLACED.search(text)) and float(match[1]) <= 100:
        return _figure_hedge(match, float(match[1]) / 100, float(match[1]) / 100, float(match[1]) / 100)
    if match := RATIO.search(text):
        part, whole = (COUNTS.get(count.lower()) or int(count) for count in match.groups())
        if 0 < part < whole:
            return _figure_hedge(match, part / whole, part / whole, part / whole)
    return None


def _figure_hedge(match: re.Match[str], probability: float, low: float, high: float) -> Hedge:
    inside = min(max(probability, 0.01), 0.99)
    return Hedge(match.group(), match.start(), match.end(), inside, min(low, inside), max(high, inside))


def _hits(text: str, group: tuple[HedgeWords, ...], tree: Tree | None) -> Iterator[Hedge]:
    """For each row of a group its first match; with a tree, up to five of them."""
    for row in group:
        matches = (hit for hit in row.pattern.finditer(text) if not _is_noun(text, hit.start(), hit.group(), tree))
        for match in islice(matches, 1 if tree is None else MOST_MATCHES):
            denies = DENYING.search(match.group()) is not None or NOT_AFTER.match(text, match.end()) is not None
            yield Hedge(match.group(), match.start(), match.end(), row.probability, row.low, row.high, denies)
