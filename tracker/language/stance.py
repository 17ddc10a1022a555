"""Which way an entry points for a claim, by words of direction: a suggestion to a curator that moves nothing itself.

Measured on held-out pairs such readers do little better than chance, so the probabilities stay modest and "mentions" is
the answer whenever the wording does not speak.
"""

import re
from dataclasses import dataclass
from functools import cache

from tracker.language import passages, sentences, words

READER = "built-in"
VERSION = "1"
MOST_SURE = 0.6
BODY_READ = 1_500

# Opposite directions; a word of the first side agrees with one of the same side and contradicts one of the other.
DIRECTIONS: tuple[tuple[str, str], ...] = (
    (
        """rise raise increase grow climb surge jump gain soar expand boost double recover rebound accelerate higher
        record strengthen deepen widen""",
        """fall drop decline decrease cut shrink slump plunge sink lose slow lower weaken contract reduce tumble slide
        halve""",
    ),
    (
        """sign agree approve ratify adopt pass accept endorse join seal conclude finalise finalize clinch reach welcome
        reaffirm extend renew""",
        """reject refuse cancel scrap suspend withdraw quit leave block veto abandon delay postpone stall collapse
        break halt oppose decline fail end expire""",
    ),
    (
        "attack strike bomb invade shell launch escalate deploy drill threaten fire kill seize raid shoot blockade",
        "ceasefire truce peace withdraw deescalate retreat pause halt release negotiate talk calm",
    ),
    (
        "meet visit hail praise cooperate cooperation partnership friendship ally deal trust warm closer support back",
        "sanction condemn criticise criticize accuse denounce snub rift tension dispute expel ban warn tariff strain",
    ),
    (
        "win lead survive retain keep remain hold stay continue persist control secure",
        "lose resign oust defeat quit fall collapse topple step concede end stop cease drop",
    ),
)
NEGATION = re.compile(
    r"\b(?:not|never|no|nor|without|neither|cannot|fail(?:s|ed)?\sto|refuse[sd]?\sto|unlikely\sto|rule[sd]?\sout|den(?:y|ies|ied)"
    r"|(?:reject|refus|cancel|scrap|suspend|violat|block|veto|oppos)(?:e?s|e?d|ing|led)?"
    r"|stop(?:s|ped)?\sshort|unable\sto|far\sfrom)\b|n['’]t\b",
    re.IGNORECASE,
)
SCOPE = 6  # words a negation reaches ahead


@dataclass(frozen=True, slots=True)
class Judgement:
    """A suggested stance ("supports", "contradicts", "mentions"), the probability of each, and the passage read."""

    stance: str
    supports: float
    contradicts: float
    mentions: float
    passage: str


def judge(claim: str, *, title: str, body: str) -> Judgement:
    """How the entry bears on the claim. The three probabilities sum to 1 and none exceeds .6 for a direction."""
    wanted = words.stems(claim)
    passage = passages.best(title, body, wanted=wanted)
    agreement = _agreement(claim, title) + 0.5 * _agreement(claim, _lead(body))
    near = words.news_rarity().overlap(wanted, words.stems(f"{title} {body[:BODY_READ]}"))
    strength = min(1.0, abs(agreement)) * min(1.0, 0.3 + near)
    sure = 0.28 + (MOST_SURE - 0.28) * strength if agreement else 0.2
    other = min(0.2, (1 - sure) / 3) if agreement else 0.2
    supports, contradicts = (sure, other) if agreement > 0 else (other, sure)
    mentions = 1 - supports - contradicts
    stance = max((mentions, "mentions"), (supports, "supports"), (contradicts, "contradicts"))[1]
    return Judgement(stance, supports, contradicts, mentions, passage)


@cache
def _sides() -> dict[str, frozenset[tuple[int, int]]]:
    """Stem to (direction, +1 or -1); a stem on several directions keeps them all."""
    found: dict[str, set[tuple[int, int]]] = {}
    for number, pair in enumerate(DIRECTIONS):
        for side, listed in zip((1, -1), pair, strict=True):
            for word in listed.split():
                found.setdefault(words.stem(word), set()).add((number, side))
    return {stem: frozenset(sides) for stem, sides in found.items()}


def _agreement(claim: str, text: str) -> float:
    """Sum over shared directions of agreement (+) or opposition (-), 0 where no direction is shared."""
    mine, theirs = _directions(claim), _directions(text)
    return float(sum(mine[number] * theirs[number] for number in mine.keys() & theirs.keys()))


def _directions(text: str) -> dict[int, int]:
    """Direction to its sign in `text`, negation turned over; directions pulled both ways are left out."""
    spoken = words.tokens(text)
    turned = _negated(text, len(spoken))
    sums: dict[int, int] = {}
    for place, word in enumerate(spoken):
        for number, side in _sides().get(words.stem(word), ()):
            sums[number] = sums.get(number, 0) + (-side if place in turned else side)
    return {number: 1 if total > 0 else -1 for number, total in sums.items() if total}


def _negated(text: str, count: int) -> frozenset[int]:
    places: set[int] = set()
    for match in NEGATION.finditer(text):
        place = len(words.tokens(text[: match.end()]))
        places.update(range(place, min(place + SCOPE, count)))
    return frozenset(places)


def _lead(body: str) -> str:
    found = sentences.split(body[:BODY_READ])
    return found[0].text if found else ""
