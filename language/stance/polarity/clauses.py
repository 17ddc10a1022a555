"""Cuts a sentence or headline into clauses, and knows the small words: negations, doubts, questions, times, names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

TOKEN = re.compile(r"[^\W_]+(?:['.&-][^\W_]+)*+|[,;:!?()\[\]|–—…\"“”]|\.(?=\s+[A-Z\"“]|\s*$)| [-'] ")
CUT = frozenset(",;:!?()[]|–—….\"“”-'")
SHORTENED = frozenset(
    str.split("jan feb mar apr jun jul aug sep sept oct nov dec mr mrs ms dr gov sen rep gen st u.s u.k u.n no vs")
)
JOINING = frozenset(
    str.split("as after while amid despite because although though but when before following amidst where even")
)
SUBORDINATE = 0.6  # weight of what only accompanies the main event
NEGATIONS = frozenset(
    str.split(
        """not never no nor without neither cannot none nothing hardly barely unlikely unable nobody can't won't don't
        doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't wouldn't couldn't shouldn't needn't"""
    )
)
# What turns over a whole statement; "without" and "none" turn over no more than what follows.
TURNING = (NEGATIONS - {"without", "none"}) | frozenset(
    str.split("fails failed fail refuses refused refuse denies denied deny rejects rejected reject dismisses dismissed")
)
# Words that say how certain what follows them is.
CERTAINTY = {
    word: certainty
    for certainty, listed in (
        (
            0.75,
            """will shall 'll set plans plan planned planning intends intend vows vow vowed pledges pledge pledged
            promises promised prepares preparing poised expected expects due ready to going likely""",
        ),
        (
            0.5,
            """may might could can would should wants want wanted seeks seek sought aims aim hopes hope hoped considers
            considering mulls mulling weighs eyes threatens threatened threaten threatening warns warned warn fears
            predicts predicted forecasts believes claims claimed claim alleged allegedly reportedly""",
        ),
        (
            0.35,
            """urges urge urged calls call called demands demand demanded asks asked proposes proposed offers offered
            suggests suggested if unless whether should""",
        ),
    )
    for word in listed.split()
}
NAMES = frozenset(
    (first, second)
    for first, *others in (
        names.split()
        for names in (
            "united states nations kingdom airlines arab",
            "security council",
            "peace prize",
            "supreme court",
            "abraham accords",
            "white house",
            "cold war",
            "world war cup",
            "civil war",
            "star wars",
            "war department crimes minister chest powers room",
            "defense department secretary minister ministry",
            "defence department secretary minister ministry",
            "strategic council",
            "golden globe",
            "climate change",
            "super bowl",
            "premier league",
            "champions league",
            "prime minister",
            "attorney general",
            "death penalty",
            "top official officials court",
            "reform uk",
            "wall street",
        )
    )
    for second in others
)
# Words that are verbs of the lexicon only after "to", "will" and their like: else they are nouns, adverbs, adjectives.
VERB_ONLY_AFTER = frozenset(
    str.split(
        "to will would could can may might must should shall 'll not never won't can't cannot don't didn't and they we"
    )
)
AMBIGUOUS = frozenset(
    str.split(
        """back bar last close ground grounds score scores land lands charge court rule rules host object contest free
        level face cap caps target targets risk cool thin top tops double clear fire sack fine wind run runs list
        float probe board paper second pound bite firm warm spread split side sides march head dry lead tax regulate
        rout bill lower permit pass count dip execute mount orbit square present near ready better right wage wages
        spy spies name names"""
    )
)
# After these a word that could be a verb is a noun.
BEFORE_NOUNS = frozenset(
    str.split(
        "the a an of his her its their our this that these those new latest more no any some in on for from with by"
    )
)
TIME = re.compile(
    r"\b(?:(?:at|by|before|until|till|since|through|from|towards?|near|in)\s)?(?:the\s)?"
    r"(?:end|start|beginning|close|turn|rest|(?:first|second|last|next)\s(?:half|quarter))\sof\s"
    r"(?:(?:the|this|next|last|his|her|its)\s)?"
    r"(?:year|month|week|day|decade|century|january|march|june|july|september|december|summer|winter|spring|autumn|term"
    r"|20\d\d)\b"
    r"|\b(?:at|more|less|fewer|no\smore)\s(?:least|most|than)\b|\b(?:more|less)\sthan\b(?!\s(?:expected|forecast|feared|hoped))|\bany\stime\ssoon\b"
    r"|\bso\sfar\b|\bend(?:s|ed|ing)?\sup\b|\b(?:this|last|next|past)\s(?:year|month|week|night|summer|winter|spring|autumn|season)\b",
    re.IGNORECASE,
)
QUESTION = 0.35
PLAN = 0.75
ASKING = frozenset(str.split("what why how who will can could should has is are does do did would where when which"))


@dataclass(frozen=True, slots=True)
class Clause:
    """Words of one clause; whether it is a question, and whether it only accompanies another ("after ...")."""

    words: tuple[str, ...]
    asks: bool
    joined: bool

    @property
    def weight(self) -> float:
        """Weight of an event in this clause, 0 to 1."""
        return (SUBORDINATE if self.joined else 1.0) * (QUESTION if self.asks else 1.0)


def split(text: str) -> list[Clause]:
    """The clauses of a text, without its phrases of time."""
    parts: list[Clause] = []
    held: list[str] = []
    joined = False
    for match in TOKEN.finditer(TIME.sub(" ", text.replace("’", "'"))):
        mark = match.group().strip()
        low = mark.lower()
        if mark == "." and held and held[-1].lower() in SHORTENED:
            continue
        if mark in CUT or (low in JOINING and held):
            if held:
                parts.append(Clause(tuple(held), mark == "?" or _asks(held), joined))
            held, joined = [], low in JOINING or (joined and mark == ",")
        elif low in JOINING:
            joined = True
        else:
            held.append(mark)
    if held:
        parts.append(Clause(tuple(held), _asks(held), joined))
    return parts


def _asks(held: Sequence[str]) -> bool:
    return len(held) > 2 and held[0].lower() in ASKING and held[1].lower() != "the"


def lowered(words: Sequence[str]) -> list[str]:
    """The words in lower case without possessive endings; parts of well-known names that would mislead are emptied."""
    low = [word.lower().removesuffix("'s") for word in words]
    for place in range(len(low) - 1):
        if (low[place], low[place + 1]) in NAMES:
            low[place] = low[place + 1] = ""
    return low
