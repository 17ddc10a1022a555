"""Hedges: the wording that says how sure a sentence is of what it asserts.

The figures follow published scales: the Professional Head of Intelligence Assessment's probability yardstick (United
Kingdom, 2019), Intelligence Community Directive 203 (United States, 2015) and, for single words, the means of
Mauboussin & Mauboussin, "If You Say Something Is 'Likely'" (Harvard Business Review, 2018), themselves in the line of
Kent (1964) and Wallsten et al. (1986). Low and high enclose what the scales and their readers allow.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hedge:
    """The wording (`text[start:end]`) and the probability of what the sentence asserts.

    A denial counts as an assertion of its own: "X is not expected to go" asserts, at .85, that X will not go; "X is
    unlikely to go" asserts the same at .75. A figure ("a 30% chance") is kept as it is said, for the event named.
    """

    words: str
    start: int
    end: int
    probability: float
    low: float
    high: float


CHANCE = r"(?:chance|probability|likelihood|odds|possibility)"
PERCENT = re.compile(
    rf"\b(\d{{1,3}}(?:\.\d{{1,3}})?)(?:\s?[-–]\s?(\d{{1,3}}(?:\.\d{{1,3}})?))?\s?(?:%|per\s?cent\b)\s?(?:\w{{1,12}}\s){{0,1}}{CHANCE}\b"
    rf"|\b{CHANCE}\s(?:\w{{1,15}}\s){{0,8}}?(?:at|of|is|to)\s(?:\w{{1,15}}\s){{0,2}}?(\d{{1,3}}(?:\.\d{{1,3}})?)\s?(?:%|per\s?cent\b)",
    re.IGNORECASE,
)
COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
COUNT = rf"(\d{{1,4}}|{'|'.join(COUNTS)})"
RATIO = re.compile(rf"\b{COUNT}[\s-](?:in|out\sof)[\s-](?:every\s)?(?:a\s)?{COUNT}\s{CHANCE}\b", re.IGNORECASE)

# (pattern, probability, low, high): the first group that matches decides; inside a group the earliest in the sentence.
Row = tuple[str, float, float, float]
BE = r"(?:is|are|was|were|be|been|being|seems?|looks?|appears?|remains?|'s|’s|'re|’re)"
NOT = r"(?:not|never|no\slonger|n't|n’t)"
VERBAL: tuple[Row, ...] = (
    (
        r"almost\scertainly\snot|almost\simpossible|virtually\simpossible|next\sto\simpossible|no\schance",
        0.97,
        0.9,
        1.0,
    ),
    (
        r"(?:almost|virtually|nearly|practically|all\sbut)\s(?:certain(?:ly)?|sure|guaranteed|inevitable)",
        0.95,
        0.9,
        1.0,
    ),
    (
        rf"{NOT}\s(?:\w{{1,12}}\s)?(?:certain|guaranteed|inevitable|assured|a\sgiven)|far\sfrom\s(?:certain"
        r"|guaranteed|assured)",
        0.5,
        0.3,
        0.7,
    ),
    (rf"{NOT}\s(?:\w{{1,12}}\s)?(?:likely|probable)", 0.75, 0.6, 0.9),
    (
        r"(?:very|highly|extremely|most|increasingly|deeply)\s(?:unlikely|improbable|doubtful)"
        r"|remote\s(?:chance|possibility)|little\s(?:chance|prospect|likelihood)|slim\schance",
        0.87,
        0.8,
        0.95,
    ),
    (
        r"unlikely|improbable|doubtful(?!\swhether)|not\sthought\slikely|implausible|(?:small|low"
        r"|slight)\s(?:chance|probability)",
        0.75,
        0.55,
        0.85,
    ),
    (
        r"(?:very|highly|extremely|overwhelmingly|most)\s(?:likely|probabl[ey])|in\sall\s(?:likelihood"
        r"|probability)",
        0.87,
        0.8,
        0.95,
    ),
    (r"more\slikely\sthan\snot|better\sthan\seven\schance|odds[\s-]on", 0.6, 0.5, 0.7),
    (
        r"as\slikely\sas\snot|even\schance|even\sodds|fifty[\s-]fifty|50[\s/–-]50|toss[\s-]?up"
        r"|coin[\s-](?:flip|toss)",
        0.5,
        0.4,
        0.6,
    ),
    (
        r"likely|probabl[ey]|presumably|good\schance|strong\s(?:chance|possibility|likelihood)|odds\sare"
        r"|chances\sare",
        0.7,
        0.55,
        0.85,
    ),
    (
        r"realistic\s(?:possibility|chance)|real\s(?:possibility|chance)|serious\s(?:possibility|chance)"
        r"|fair\schance",
        0.45,
        0.25,
        0.6,
    ),
    (
        r"certainly|definitely|undoubtedly|inevitabl[ey]|bound\sto|sure\sto|certain\sto|guaranteed\sto"
        r"|without\s(?:a\s)?doubt|no\sdoubt|surely",
        0.95,
        0.85,
        1.0,
    ),
    (r"possibl[ey]|perhaps|maybe|conceivabl[ey]|potentially", 0.45, 0.2, 0.6),
)
EXPECTED: tuple[Row, ...] = (
    (
        rf"(?:{BE}\s)?{NOT}\s(?:\w{{1,12}}\s)?(?:expected|anticipated|projected|forecast|predicted|set|due"
        r"|scheduled|slated|planning|planned|poised)\sto",
        0.85,
        0.7,
        0.95,
    ),
    (
        rf"(?:do|does|did){NOT}\s(?:expect|anticipate|foresee|plan|intend)|(?:do|does|did)\s{NOT}\s(?:expect"
        r"|anticipate|foresee|plan|intend)|no\s(?:plans|intention)\s(?:to|of)|rule[sd]?\sout",
        0.85,
        0.7,
        0.95,
    ),
    (
        r"widely\sexpected\sto|(?:scheduled|slated|set)\sto|(?:is|are|was|were)\s(?:\w{1,12}\s)?due\sto"
        r"|on\strack\s(?:to|for)|poised\sto",
        0.85,
        0.7,
        0.95,
    ),
    (
        r"(?:expect(?:s|ed)?|anticipate[sd]?|forecast(?:s|ed)?|project(?:s|ed)|predict(?:s|ed)?|foresee[sn]?"
        r"|expectations?|expecting)",
        0.8,
        0.65,
        0.9,
    ),
    (
        r"(?:plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|aim(?:s|ed|ing)?|vow(?:s|ed)?|pledge[sd]?|promise[sd]?"
        r"|hop(?:es|ed|ing)|seek(?:s|ing)?)\sto",
        0.65,
        0.45,
        0.8,
    ),
)
MODAL: tuple[Row, ...] = (
    (rf"(?:(?-i:may)|might|could)\s(?:well|easily)(?!\s{NOT})", 0.55, 0.35, 0.7),
    (rf"(?:(?-i:may)|might)(?:\s{NOT}\b)?", 0.45, 0.25, 0.65),
    (r"could\snot|couldn['’]t|cannot|can['’]t|can\snot", 0.9, 0.75, 0.97),
    (r"could|can\sbe\sexpected", 0.45, 0.25, 0.65),
    (r"(?:should|ought\sto)(?=\s\w{1,20}\s(?:by|in|within|before|next|this)\b)", 0.7, 0.5, 0.85),
    (
        r"suggest(?:s|ed|ing)?|indicat(?:es?|ed|ing)|appears?|appeared|seems?|seemed|apparently|reportedly"
        r"|allegedly|believed\sto|thought\sto|rumou?red",
        0.7,
        0.5,
        0.85,
    ),
    (r"risks?|threatens?|looms?|in\sdanger\sof|at\srisk\sof", 0.4, 0.2, 0.6),
    (r"will|shall|won['’]t|going\sto|\w{1,15}['’]ll", 0.9, 0.75, 0.97),
    (r"would(?!\s(?:have|like))|wouldn['’]t", 0.8, 0.55, 0.9),
)


def _compile(rows: tuple[Row, ...]) -> tuple[tuple[re.Pattern[str], float, float, float], ...]:
    return tuple((re.compile(rf"(?<!\w)(?:{words})\b", re.IGNORECASE), p, low, high) for words, p, low, high in rows)


GROUPS = tuple(_compile(rows) for rows in (VERBAL, EXPECTED, MODAL))


def read(text: str) -> Hedge | None:
    """The wording that says how sure `text` is, or None for a plain assertion about what is or was.

    Figures win over words of probability, these over expectations and plans, these over modal verbs. A plain future
    ("will") is read as .9, since people who write it mean to be believed and are not always right. Linear time: every
    gap in a pattern is bounded.
    """
    return _figure(text) or next((hedge for group in GROUPS if (hedge := _first(text, group)) is not None), None)


def _figure(text: str) -> Hedge | None:
    if match := PERCENT.search(text):
        values = [float(value) for value in match.groups() if value]
        if max(values) <= 100:
            middle = sum(values) / len(values) / 100
            return _figure_hedge(match, middle, min(values) / 100, max(values) / 100)
    if match := RATIO.search(text):
        part, whole = (COUNTS.get(count.lower()) or int(count) for count in match.groups())
        if 0 < part < whole:
            return _figure_hedge(match, part / whole, part / whole, part / whole)
    return None


def _figure_hedge(match: re.Match[str], probability: float, low: float, high: float) -> Hedge:
    inside = min(max(probability, 0.01), 0.99)
    return Hedge(match.group(), match.start(), match.end(), inside, min(low, inside), max(high, inside))


def _first(text: str, group: tuple[tuple[re.Pattern[str], float, float, float], ...]) -> Hedge | None:
    best: Hedge | None = None
    for pattern, probability, low, high in group:
        match = pattern.search(text)
        if match and (best is None or match.start() < best.start):
            best = Hedge(match.group(), match.start(), match.end(), probability, low, high)
    return best
