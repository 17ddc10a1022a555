"""The lexicon of `data/lexicon.toml`: every inflection of every word and phrase, and the sense it has."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from language import wordlists

LISTS = wordlists.read("lexicon")
VERBS: dict[str, str] = LISTS["verbs"]
NOUNS: dict[str, str] = LISTS["nouns"]
IRREGULAR: dict[str, str] = LISTS["irregular"]
DOUBLING, NOT_DOUBLING = (wordlists.words(LISTS["doubling"][answer]) for answer in ("yes", "no"))
AXES = ("accord", "force", "amount", "contest", "office", "being", "assent", "welfare", "pace", "liberty")
# What a friend of peace and plenty would call good (+) or bad (-) when it points up an axis.
TONE = {
    "accord": 1.0, "force": -1.0, "amount": 0.0, "contest": 0.5, "office": 0.25, "being": 0.25, "assent": 0.5,
    "welfare": 1.0, "pace": 0.5, "liberty": 0.75,
}  # fmt: skip
VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Sense:
    """Sense of a word: (axis, +1 or -1) pairs, how it acts on the event it governs, and whether it is a verb.

    `act` is -1 for what reverses ("ends the war"), +1 for what carries on ("extends the truce"), 0 for neither; `over`
    is true of what is done to a rival, for whom it points the other way.
    """

    axes: tuple[tuple[str, int], ...]
    act: int
    over: bool
    verb: bool


@cache
def senses() -> dict[tuple[str, ...], Sense]:
    """Words of a form, lower case, to the sense; the senses of a form found in several rows are joined."""
    table: dict[tuple[str, ...], Sense] = {}
    for rows, is_verb, inflect in ((VERBS, True, verb_forms), (NOUNS, False, noun_forms)):
        for head, listed in rows.items():
            sense = _sense(head, is_verb)
            for entry in dict.fromkeys(listed.split()):
                first, *rest = entry.split("_")
                for form in inflect(first) if is_verb or not rest else [first]:
                    _add(table, (form, *rest), sense)
                if not is_verb and rest:
                    _add(table, (first, *rest[:-1], rest[-1] + "s"), sense)
    return table


@cache
def longest() -> int:
    return max(map(len, senses()))


def _sense(head: str, is_verb: bool) -> Sense:
    axis, *acts = head.split()
    act = -1 if "turn" in acts else 1 if "keep" in acts else 0
    return Sense(((axis[:-1], 1 if axis[-1] == "+" else -1),), act, "over" in acts, is_verb)


def _add(table: dict[tuple[str, ...], Sense], words: tuple[str, ...], sense: Sense) -> None:
    known = table.get(words)
    if known is None:
        table[words] = sense
        return
    axes = (*known.axes, *(pair for pair in sense.axes if pair[0] not in dict(known.axes)))
    table[words] = Sense(axes, known.act or sense.act, known.over or sense.over, known.verb)


def verb_forms(verb: str) -> Iterator[str]:
    """The verb itself, its third person, past forms and participle."""
    yield verb
    ending = verb[-1]
    soft = len(verb) > 2 and ending == "y" and verb[-2] not in VOWELS
    sibilant = ending in "sxz" or verb.endswith(("ch", "sh")) or (ending == "o" and verb[-2] not in VOWELS)
    yield verb[:-1] + "ies" if soft else verb + ("es" if sibilant else "s")
    stem = verb + ending if _doubles(verb) else verb
    if verb.endswith("ie"):
        yield verb[:-2] + "ying"
    elif ending == "e" and verb[-2:] not in ("ee", "oe", "ye"):
        yield verb[:-1] + "ing"
    else:
        yield stem + "ing"
    if verb in IRREGULAR:
        yield from IRREGULAR[verb].split()
    elif soft:
        yield verb[:-1] + "ied"
    else:
        yield verb + "d" if ending == "e" else stem + "ed"
    if verb.endswith(("el", "al")) and verb[-3] not in VOWELS:
        yield from (verb + "led", verb + "ling")  # "cancelled" beside "canceled"


def _doubles(verb: str) -> bool:
    """ "plan" to "planned": one vowel before one last consonant, in a word of one syllable or a listed one."""
    if len(verb) < 3 or verb in NOT_DOUBLING:
        return False
    if verb in DOUBLING:
        return True
    before, vowel, last = tuple(verb[-3:])
    closed = last not in VOWELS and last not in "wxy" and vowel in VOWELS and before not in VOWELS
    return closed and sum(letter in VOWELS for letter in verb) == 1


def noun_forms(noun: str) -> Iterator[str]:
    """The noun and its plural; of an adjective the second form never occurs, which does no harm."""
    yield noun
    if noun.endswith("y") and len(noun) > 2 and noun[-2] not in VOWELS:
        yield noun[:-1] + "ies"
    elif noun.endswith("sis"):
        yield noun[:-2] + "es"
    else:
        yield noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")
