"""Cast of a text: the people and bodies it names, so that "she", "the minister" and "the bank" find their names."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from language.claims import naming, speaker_kinds
from language.claims.predicates import SAYING
from language.claims.speaker_kinds import BODY, CROWD, TITLE, ClauseSpeaker
from language.sentences.boundaries import Sentence
from language.syntax.trees import Tree, Word

HE = frozenset({"he", "himself"})
SHE = frozenset({"she", "herself"})
POLITE = {"mr": "he", "sir": "he", "lord": "he", "king": "he", "mrs": "she", "ms": "she", "lady": "she", "dame": "she"}
DEFINITE = frozenset({"the", "this", "that", "its", "his", "her", "their"})
NOBODY = frozenset({"nobody", "none", "no-one", "one", "anyone", "anybody"})
GENERIC = frozenset(
    {"agency", "body", "group", "company", "firm", "organisation", "organization", "institute", "office", "party"}
)
PAPERS = speaker_kinds.DOCUMENTS
REACH = 600  # characters back in which "the agency" was named
MOST = 400
QUOTABLE = frozenset({"EVENT", "LAW", "WORK_OF_ART", "LANGUAGE"})  # names are taken for these beside quotation marks
MEANT = 10  # votes of a pronoun, against as many of a parser that takes the name for a body's


@dataclass(slots=True)
class CastMember:
    """Somebody the text names: in full, where first as the subject of a clause or with a role, and in which roles."""

    name: str
    votes: int  # above nothing, it is a person
    at: int
    seen: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    pronoun: str = ""

    @property
    def is_person(self) -> bool:
        return self.votes > 0

    def last_before(self, at: int) -> int:
        """Where it was last seen before an offset; -1 where it was not."""
        place = bisect_left(self.seen, at)
        return self.seen[place - 1] if place else -1

    @property
    def speaker(self) -> ClauseSpeaker:
        return ClauseSpeaker("person" if self.is_person else "institution", self.name)


@dataclass(slots=True)
class Cast:
    """The figures of a text in order of their first mention, and who is behind its papers ("the report"), by offset."""

    figures: list[CastMember]
    papers: list[tuple[int, ClauseSpeaker]] = field(default_factory=list)

    def speaker(self, tree: Tree, word: Word, *, at: int) -> ClauseSpeaker | None:
        """Who a subject is, `at` an offset of the text; None for what cannot speak."""
        if word.low in HE | SHE:
            return self._pronoun(word, at)
        if word.low == "it":
            body = self._last(at, is_person=False)
            return ClauseSpeaker("institution", body.name) if body else None
        if word.low in NOBODY:
            return ClauseSpeaker("unnamed", "")
        if word.low in {"you", "i", "we", "this", "that", "there", "which", "what", "who"}:
            return None
        if (figure := self._named(tree, word)) is not None:
            return figure.speaker
        return self._by_role(tree, word, at)

    def source(self, tree: Tree, word: Word, *, at: int) -> ClauseSpeaker | None:
        """Who or what something is according to: a paper too, as it is worded."""
        if (known := self.speaker(tree, word, at=at)) is not None:
            return known
        return ClauseSpeaker("unnamed", naming.wording(tree, word)) if word.pos == "NOUN" else None

    def full(self, name: str) -> CastMember | None:
        """The figure that a name or surname means."""
        low = _plain(name)
        whole = next((figure for figure in self.figures if figure.name.lower() == low), None)
        if whole is not None:
            return whole
        last = low.rsplit(" ", 1)[-1]
        fitting = [figure for figure in self.figures if figure.name.lower().rsplit(" ", 1)[-1] == last]
        if not fitting and " " not in low:  # "Northgate" of Northgate Research
            fitting = [body for body in self.figures if not body.is_person and body.name.lower().startswith(f"{low} ")]
        return fitting[0] if fitting else None

    def _pronoun(self, word: Word, at: int) -> ClauseSpeaker:
        """The person last seen before an offset whom no other pronoun has meant."""
        mine = "he" if word.low in HE else "she"
        fitting = [figure for figure in self.figures if figure.is_person and figure.pronoun in {"", mine}]
        figure = max(fitting, key=lambda figure: figure.last_before(at), default=None)
        if figure is None or figure.last_before(at) < 0:
            return ClauseSpeaker("person", word.text)
        figure.pronoun = mine
        return ClauseSpeaker("person", figure.name)

    def _last(self, at: int, *, is_person: bool) -> CastMember | None:
        best: tuple[int, CastMember] | None = None
        for figure in self.figures:
            place = bisect_left(figure.seen, at)
            if figure.is_person is is_person and place and (best is None or figure.seen[place - 1] > best[0]):
                best = (figure.seen[place - 1], figure)
        return best[1] if best else None

    def _named(self, tree: Tree, word: Word) -> CastMember | None:
        """The figure that a subject's own words or its apposition name."""
        name, is_person = naming.name_of(tree, word)
        if not name:
            beside = tree.dependent(word, "appos")
            is_one = word.tag == "NN" or not CROWD.search(word.low)
            if beside is not None and beside.entity in {"PERSON", "ORG"} and is_one:
                name, is_person = naming.name_of(tree, beside)
        if not name:
            return None
        return self.full(name) or CastMember(name, 1 if is_person else -1, word.start)

    def _by_role(self, tree: Tree, word: Word, at: int) -> ClauseSpeaker | None:
        words = naming.wording(tree, word)
        if word.lemma.lower() in PAPERS and naming.by_whom(tree, word) is None:
            behind = [maker for place, maker in self.papers if place < at]
            if behind:
                return behind[-1]
        low = words.lower().split()
        is_definite = bool(low) and low[0] in DEFINITE
        owner = tree.dependent(word, "poss")
        if owner is None and CROWD.search(word.low) and (body := naming.body_before(tree, word)):
            return ClauseSpeaker("institution", (self.full(body) or CastMember(body, -1, at)).name)
        if owner is not None and (figure := self._owner(tree, owner, at)) is not None:
            held = [
                one
                for one in self.figures
                if one.is_person and word.lemma.lower() in one.roles and one.seen and one.seen[0] < at
            ]
            if len(held) == 1:
                return held[0].speaker
            if CROWD.search(word.low):
                return ClauseSpeaker("institution", figure.name)
        if is_definite and (TITLE.search(word.low) or BODY.search(word.low)):
            is_person = TITLE.search(word.low) is not None and not BODY.search(word.low)
            if (holder := self._holder(word, at, is_person=is_person)) is not None:
                return holder.speaker
        return naming.made(tree, word, words)

    def _owner(self, tree: Tree, owner: Word, at: int) -> CastMember | None:
        if naming.name_of(tree, owner)[0]:
            return self._named(tree, owner)
        if owner.low in {"its", "their"}:
            return self._last(at, is_person=False)
        return self._holder(owner, at, is_person=False)

    def _holder(self, word: Word, at: int, *, is_person: bool) -> CastMember | None:
        """The figure that "the minister" or "the bank" is: by the role it was given, or by its name."""
        lemma = word.lemma.lower()
        known = [figure for figure in self.figures if figure.is_person is is_person and figure.at < at]
        fitting = [figure for figure in known if lemma in figure.roles]
        if not fitting and not is_person:
            fitting = [figure for figure in known if lemma in figure.name.lower()][-1:]
        if not fitting and lemma in GENERIC:
            near = [
                (figure.places[bisect_left(figure.places, at) - 1], figure) for figure in known if not figure.is_person
            ]
            fitting = [figure for place, figure in sorted(near, key=lambda pair: pair[0])[-1:] if at - place < REACH]
        return fitting[0] if len(fitting) == 1 else None


def read(sentences: Sequence[Sentence], trees: Sequence[Tree]) -> Cast:
    """The cast of a text, from its sentences and their trees."""
    cast = Cast([])
    for sentence, tree in zip(sentences, trees, strict=True):
        for word in tree.words:
            if word.lemma.lower() in PAPERS and (maker := naming.by_whom(tree, word)) is not None:
                cast.papers.append((sentence.start + word.start, maker))
            if _heads_name(tree, word) and len(cast.figures) < MOST:
                _mention(cast, tree, word, sentence.start)
        _meant(cast, sentence, tree)
    return cast


def _meant(cast: Cast, sentence: Sentence, tree: Tree) -> None:
    """Count the only name of a sentence as a person's where "he" or "she" follows it ("Lund fears she will lose")."""
    near = [figure for figure in cast.figures if figure.places and figure.places[-1] >= sentence.start]
    if len(near) == 1 and any(
        word.low in HE | SHE
        and tree.head(word).lemma not in SAYING
        and sentence.start + word.start > near[0].places[-1]
        for word in tree.words
    ):
        near[0].votes += MEANT


def _heads_name(tree: Tree, word: Word) -> bool:
    if word.pos != "PROPN" or word.entity in {
        "DATE",
        "TIME",
        "GPE",
        "MONEY",
        "EVENT",
        "LAW",
        "WORK_OF_ART",
        "LANGUAGE",
        "CARDINAL",
        "ORDINAL",
        "PERCENT",
    }:
        return word.entity in QUOTABLE and word.relation == "nsubj" and tree.head(word).lemma in SAYING
    return word.relation not in {"compound", "amod", "nmod"}


def _mention(cast: Cast, tree: Tree, word: Word, offset: int) -> None:
    name, is_person = naming.name_of(tree, word)
    if not name or name.lower() in speaker_kinds.AUTHOR_WORDS:
        return
    figure = cast.full(name)
    if figure is None:
        figure = CastMember(name, 0, offset + word.start)
        cast.figures.append(figure)
    elif len(name) > len(figure.name) and name.split()[-1] == figure.name:
        figure.name = name
    figure.votes += 1 if is_person and figure.name.endswith(name) else -1
    figure.places.append(offset + word.start)
    roles = _roles(tree, word)
    figure.roles |= roles
    if (
        roles
        or word.relation in {"nsubj", "nsubjpass", "poss"}
        or (word.relation in {"dobj", "attr"} and tree.head(word).start < word.start and roles)
    ):
        figure.seen.append(offset + word.start)
    polite = next(
        (POLITE[low] for other in tree.dependents(word, "compound") if (low := other.low.rstrip(".")) in POLITE), ""
    )
    figure.pronoun = figure.pronoun or polite


def _roles(tree: Tree, word: Word) -> set[str]:
    """Roles that a name is given: "Jo Marsh, the finance minister", "the chipmaker Norvolt", "Minister Paul Dubois"."""
    roles = {other.lemma.lower() for other in tree.dependents(word, "appos") if other.pos == "NOUN"}
    roles |= {
        other.lemma.lower()
        for other in tree.dependents(word, "compound", "nmod", "amod")
        if TITLE.fullmatch(other.low.rstrip(".")) or other.pos == "NOUN"
    }
    head = tree.head(word)
    if word.relation == "appos" and head.pos == "NOUN":
        roles.add(head.lemma.lower())
    if (
        word.relation in {"nsubj"}
        and head.lemma == "be"
        and (attribute := tree.dependent(head, "attr")) is not None
        and attribute.pos == "NOUN"
    ):
        roles.add(attribute.lemma.lower())
    return roles


def _plain(name: str) -> str:
    return re.sub(r"['’]s$", "", name).strip(" .").lower()
