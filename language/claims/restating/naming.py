"""Names for pronouns: whom "she", "it", "they" and "we" mean, where the text leaves no doubt.

The nearest sentence that names anybody who fits decides; its subject wins, and of two others neither is taken.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from language import wordlists
from language.claims.restating.embedded import SAYING, SURE, UNSURE
from language.syntax.trees import Tree, Word

LISTS = wordlists.read("pronouns")
SHARES = frozenset({"percent", "cent", "%", "majority", "half", "third", "quarter"})  # of people who were asked
WOMEN, MEN, ACTING = (wordlists.words(LISTS[name]) for name in ("women", "men", "acting"))
SHE = frozenset({"she", "her", "hers"})
HE = frozenset({"he", "him", "his"}) | SHE
IT = frozenset({"it", "its"})
THEY = frozenset({"they", "them", "their", "theirs"})
WE = frozenset({"we", "us", "our", "ours"})
ME = frozenset({"i", "me", "my", "mine"})
OWNING = frozenset({"his", "her", "its", "their", "our", "my"})
BODIES = frozenset({"ORG", "GPE", "FAC", "PRODUCT", "NORP", "LOC", "WORK_OF_ART", "EVENT", "LAW"})
SUBJECTS = ("nsubj", "nsubjpass")
REACH = 1  # sentences back
TOPIC = re.compile(
    r"\b(?:[Ss]peaking\sof|[Aa]s\sfor|[Tt]urning\sto)\s(?P<who>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2}),\s[^,.;]{0,20}$"
)
MOST_IN_NAME = 3  # words
FAR = 8  # sentences back for "he" and "she", where the text names nobody else
LONGEST = 60  # characters of a name that stands for a pronoun


@dataclass(frozen=True, slots=True)
class Naming:
    """Names that a pronoun may mean: sentences `before` as trees, the last nearest; who `speaks` ("" where unknown)."""

    before: Sequence[Tree] = ()
    speaker: str = ""
    speaker_kind: str = ""

    def name(self, tree: Tree, word: Word, kept: frozenset[int]) -> str | None:
        """The name to write for a pronoun; None for any other word, and where nobody could be sure.

        `kept` are the places of the words that are written beside it: what they name already needs no other name.
        """
        low = word.low
        if word.tag not in {"PRP", "PRP$"} or word.relation == "expl":
            return None
        if low in WE | ME:
            return self._speaking(low)
        if low not in HE | IT | THEY or (low in IT and _is_empty(tree, word)):
            return None
        topic = TOPIC.search(tree.text[: word.start]) if low in HE else None
        if topic is not None:
            return _owning(topic["who"], low, word)
        if any(_may_be_meant(other, low) for other in tree.words[: word.place] if other.place in kept):
            return None
        if word.relation not in SUBJECTS and word.tag != "PRP$" and low not in HE:
            return None
        found = self._meant(tree, word, low, kept)
        return _owning(found, low, word) if found else None

    def _speaking(self, low: str) -> str | None:
        if not self.speaker or (low in WE and self.speaker_kind != "institution"):
            return None
        return f"{self.speaker}’s" if low in {"our", "my"} else self.speaker

    def _meant(self, tree: Tree, word: Word, low: str, kept: frozenset[int]) -> str:
        if same := _sayer(tree, word, low) or _parallel(tree, word, low):
            return _words(tree, same)
        if low in HE:
            return self._person(tree, word, low, kept)
        here = [other for other in tree.words[: word.place] if other.place not in kept and _fits(tree, other, low)]
        scopes = [(tree, here)]
        scopes += [
            (each, [other for other in each.words if _fits(each, other, low)])
            for each in reversed(self.before[-REACH:])
        ]
        for scope, fitting in scopes:
            if fitting:
                return _one(scope, fitting, low)
        return ""

    def _person(self, tree: Tree, word: Word, low: str, kept: frozenset[int]) -> str:
        """The person of the sentence itself, else of the last one, else of the last few where these name one only.

        A line that is nothing but a name heads what follows; a row of sentences with "he" goes on about one man.
        """
        if len({_gender(other) for other in tree.words} - {""}) > 1:
            return ""
        here = [
            other
            for other in tree.words[: word.place]
            if other.place not in kept and _may_be_a_person(tree, other, low)
        ]
        if here:
            return _one(tree, here, low)
        found, is_row, mine = [], True, _gender(word)
        for back, each in enumerate(reversed(self.before[-FAR:])):
            fitting = [other for other in each.words if _fits(each, other, low)]
            if not fitting and is_row:
                fitting = [
                    word for word in each.words if word.relation in SUBJECTS and _may_be_a_person(each, word, low)
                ]
            name = _one(each, fitting, low) if fitting else ""
            is_subject = any(other.relation in SUBJECTS for other in fitting)
            if fitting and _stands_alone(each, fitting[0]):
                return name
            if fitting and is_row and (is_subject or word.relation in SUBJECTS) and (back < REACH or name):
                return name
            is_row = is_row and not fitting and any(_gender(other) == mine for other in each.words)
            found += [name, *(_words(each, other) for other in fitting)] if fitting else []
        return max(found, key=len) if len({name.rsplit(" ", 1)[-1] for name in found}) == 1 else ""


def _gender(word: Word) -> str:
    return "he" if word.low in {"he", "him", "his"} else "she" if word.low in SHE else ""


def _may_be_a_person(tree: Tree, word: Word, low: str) -> bool:
    """Whether a name in the sentence of "he" can be his, though the parser takes it for a firm's."""
    if word.pos != "PROPN" or word.relation in {"compound", "npadvmod", "conj", "nmod"} or word.tag == "NNPS":
        return False
    if tree.dependents(word, "conj") or word.text.isupper():
        return False
    if any(other.tag in {"DT", "NN"} for other in tree.dependents(word, "compound", "det")):
        return False
    is_other = any(part in (MEN if low in SHE else WOMEN) for part in _parts_of_name(tree, word))
    return word.entity in {"", "PERSON", "ORG"} and not is_other


def _sayer(tree: Tree, word: Word, low: str) -> Word | None:
    """Who says it of themselves: "the minister said he would resign"."""
    verb = tree.head(word)
    saying = tree.head(verb)
    if word.relation not in SUBJECTS or verb.relation != "ccomp" or saying.lemma.lower() not in SAYING:
        return None
    owner = tree.dependent(saying, *SUBJECTS)
    if owner is None or owner.pos not in {"NOUN", "PROPN"} or owner.place > word.place:
        return None
    is_many = owner.tag in {"NNS", "NNPS"} or bool(tree.dependents(owner, "conj"))
    is_body = owner.entity in BODIES or owner.low in ACTING
    if (
        (low in IT and owner.low in SHARES)
        or is_many != (low in THEY)
        or (low in HE and is_body)
        or (low in IT and owner.entity == "PERSON")
    ):
        return None
    return None if owner.low in {"poll", "survey", "report", "study", "data", "spokesman", "spokeswoman"} else owner


def _parallel(tree: Tree, word: Word, low: str) -> Word | None:
    """The subject of the clause that the pronoun's own is joined to: "growth will slow, but it will not stop"."""
    verb = tree.head(word)
    if word.relation not in SUBJECTS or verb.relation != "conj":
        return None
    owner = tree.dependent(tree.head(verb), *SUBJECTS)
    if owner is None or owner.pos not in {"NOUN", "PROPN"} or owner.entity in {"DATE", "TIME"}:
        return None
    is_many = owner.tag in {"NNS", "NNPS"} or bool(tree.dependents(owner, "conj"))
    if low in HE:
        return owner if _fits(tree, owner, low) else None
    return owner if is_many == (low in THEY) and owner.entity != "PERSON" else None


def _one(tree: Tree, fitting: Sequence[Word], low: str) -> str:
    """The one of several that is meant: the only one, or the only subject; "" where two could be."""
    names = {_words(tree, word): word for word in fitting}
    if len(names) > 1:
        subjects = {name: word for name, word in names.items() if word.relation in SUBJECTS}
        roots = {name: word for name, word in subjects.items() if tree.head(word).is_root}
        names = roots or subjects
    if len(names) != 1:
        return ""
    (name,) = names
    return name if len(name) <= LONGEST and NAME.fullmatch(name) else ""


def _words(tree: Tree, word: Word) -> str:
    """A noun with what stands before it, and the others it is joined with: "the central bank", "Peru and Chile"."""
    parts = tree.under(word, without=lambda other: other.relation not in NAME_PARTS or other.text in OPENING_MARKS)
    while parts[-1].pos == "PUNCT":
        parts = parts[:-1]
    text = tree.text[parts[0].start : parts[-1].end]
    text = text.removesuffix("’s").removesuffix("'s")
    return text[:1].lower() + text[1:] if parts[0].tag == "DT" or parts[0].pos == "NOUN" else text


OPENING_MARKS = frozenset('([{–—;:/"“”')
NAME = re.compile(r"(?:the\s)?[\w’'.&-]+(?:,?\s[\w’'.&-]+){0,7}")
NAME_PARTS = frozenset({"compound", "det", "amod", "npadvmod", "nummod", "conj", "cc", "nmod", "poss", "case", "punct"})


def _fits(tree: Tree, word: Word, low: str) -> bool:
    """Whether a word heads a name, or a noun with "the", that the pronoun can stand for."""
    if word.pos not in {"NOUN", "PROPN"} or word.relation in {"compound", "npadvmod", "conj"}:
        return False
    if word.entity in {"DATE", "TIME", "PERCENT", "MONEY", "CARDINAL", "QUANTITY", "ORDINAL"} or word.low in SHARES:
        return False
    is_many = word.tag in {"NNS", "NNPS"} or bool(tree.dependents(word, "conj"))
    if low in HE:
        is_other = any(part in (MEN if low in SHE else WOMEN) for part in _parts_of_name(tree, word))
        is_person = word.entity == "PERSON" or _stands_alone(tree, word)
        is_person = is_person and not any(
            other.tag in {"DT", "NN"} for other in tree.dependents(word, "det", "compound")
        )
        return is_person and not is_many and not word.text.isupper() and not is_other
    if low in THEY:
        there_are = word.relation == "attr" and tree.dependent(tree.head(word), "expl") is not None
        return is_many and (word.relation in SUBJECTS or there_are or word.entity in BODIES | {"PERSON"})
    has_the = any(other.low == "the" for other in tree.dependents(word, "det"))
    is_named = word.entity in BODIES - {"NORP"}
    acts = has_the and word.relation in SUBJECTS and word.low in ACTING
    return not is_many and word.entity != "PERSON" and ((is_named and word.relation in SUBJECTS) or acts)


def _stands_alone(tree: Tree, word: Word) -> bool:
    """Whether a line is a name and nothing more: the heading of what follows."""
    words = [other for other in tree.words if other.pos != "PUNCT"]
    is_name = word.entity in {"", "PERSON", "ORG"} and all(other.text.istitle() for other in words)
    return len(words) <= MOST_IN_NAME and is_name and word.is_root


def _parts_of_name(tree: Tree, word: Word) -> list[str]:
    return [part.low for part in tree.under(word, without=lambda other: other.relation != "compound")]


def _may_be_meant(word: Word, low: str) -> bool:
    """Whether a word beside the pronoun is what it stands for, as far as number tells."""
    if word.pos not in {"NOUN", "PROPN"} or word.relation in {"compound", "npadvmod"}:
        return False
    if low in HE:
        return word.entity == "PERSON" or (word.relation in SUBJECTS and word.tag in {"NN", "NNP"})
    return (word.tag in {"NNS", "NNPS"}) == (low in THEY) or (low in THEY and word.relation == "conj")


def _is_empty(tree: Tree, word: Word) -> bool:
    """Whether "it" stands for nothing: "it will be hard to", "it is likely that", "it will rain"."""
    verb = tree.head(word)
    if word.relation not in SUBJECTS:
        return word.tag == "PRP"
    if verb.lemma.lower() in {"rain", "snow", "take"}:
        return True
    if any(other.low in SURE | UNSURE for other in tree.dependents(verb, "acomp", "attr")):
        return True
    on_it = tree.dependents(verb, "xcomp", "ccomp", "advcl", "attr", "acomp", "prep")
    return verb.lemma.lower() in {"be", "seem", "appear", "'s", "’s"} and any(
        _completes(tree, other) or tree.dependents(other, "relcl", "ccomp", "xcomp", "acl")
        for other in on_it
        if other.place > verb.place
    )


def _completes(tree: Tree, word: Word) -> bool:
    """Whether a clause says what "it" was held open for: no reason and no comparison."""
    mark = tree.dependent(word, "mark")
    is_reason = mark is not None and mark.low in {"as", "because", "since", "while", "than", "although", "though"}
    return word.relation in {"xcomp", "ccomp"} or (word.relation == "advcl" and not is_reason)


def _owning(name: str, low: str, word: Word) -> str:
    return f"{name}’s" if low in OWNING and word.tag == "PRP$" else name
