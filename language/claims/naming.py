"""Names and wordings of speakers, from the noun that heads them."""

import re
from collections.abc import Sequence

from language import wordlists
from language.claims import speaker_kinds
from language.claims.speaker_kinds import BODY, CROWD, TITLE, ClauseSpeaker
from language.syntax.trees import Tree, Word

FEW = frozenset({"few", "hardly", "any", "no", "very"})  # "few economists expect": economists do not
NOT_NAMES = frozenset({"twitter", "facebook", "covid"})
PEOPLE = wordlists.words(speaker_kinds.LISTS["people"])
PAPERS = speaker_kinds.DOCUMENTS


def name_of(tree: Tree, word: Word) -> tuple[str, bool]:
    """The name that a noun heads, and whether it is a person's; empty where it heads none."""
    if word.pos != "PROPN" or word.low in NOT_NAMES or _is_one_of_many(tree, word):
        return "", False
    before = [word]
    while before[0].place and _joins(tree, before[0], word):
        before.insert(0, tree.words[before[0].place - 1])
    while len(before) > 1 and (_is_title(before[0], before) or CROWD.fullmatch(before[0].low)):
        before.pop(0)
    name = tree.text[before[0].start : word.end]
    is_body = word.entity in {"ORG", "NORP"} or BODY.search(name) is not None or word.entity in {"GPE", "LOC", "FAC"}
    return name, not is_body and (word.entity == "PERSON" or len(before) > 1 or not word.entity)


def _is_one_of_many(tree: Tree, word: Word) -> bool:
    """ "An Iowa Democrat", "two Labour MPs", "Republicans": not a name."""
    article = tree.dependent(word, "det", "nummod")
    return (word.tag == "NNPS" and CROWD.search(word.low) is not None) or (
        article is not None and article.low not in {"the", "this", "that"}
    )


def wording(tree: Tree, word: Word) -> str:
    """A subject as the text puts it, without relative clauses and what stands behind commas."""
    words = tree.under(
        word,
        without=lambda other: other.relation in {"relcl", "appos", "acl", "punct", "cc"} and other.head == word.place,
    )
    while len(words) > 1 and words[0].low in FEW:
        words = words[1:]
    return tree.text[words[0].start : words[-1].end].partition(" (")[0].strip(' ,"“”')


def _joins(tree: Tree, first: Word, head: Word) -> bool:
    left = tree.words[first.place - 1]
    return (
        left.pos in {"PROPN", "ADJ"}
        and left.text[:1].isupper()
        and left.relation in {"compound", "amod", "nmod"}
        and (left.end + 1 >= first.start)
        and left.head in {head.place, first.place}
    )


def _is_title(word: Word, run: Sequence[Word]) -> bool:
    """Whether the first word of a name is a title: "Health Minister Paul Dubois" is Paul Dubois."""
    low = word.low.rstrip(".")
    return TITLE.fullmatch(low) is not None or any(
        TITLE.fullmatch(other.low.rstrip(".")) and other is not run[-1] for other in run[1:-1]
    )


def body_before(tree: Tree, word: Word) -> str:
    """The name before "’s" right in front of a noun, which a parser may hang elsewhere: "Norbank’s analysts"."""
    if word.place < 2 or tree.words[word.place - 1].text not in {"’s", "'s"}:
        return ""
    owner = tree.words[word.place - 2]
    return owner.text if owner.text[:1].isupper() and owner.low not in {"it", "he", "she"} else ""


def made(tree: Tree, word: Word, words: str) -> ClauseSpeaker | None:
    """A speaker without a name by its wording; None for a thing."""
    if document := by_whom(tree, word):
        return document
    if (CROWD.search(word.low) or CROWD.fullmatch(words.lower())) and word.lemma.lower() not in PAPERS:
        within = next(
            (other for other in tree.under(word) if other.entity in {"ORG"} and other.place != word.place), None
        )
        return ClauseSpeaker("institution" if within else "unnamed", words)
    if word.pos == "PROPN" and _is_one_of_many(tree, word):
        return ClauseSpeaker("unnamed", words)
    found = speaker_kinds.of(words)
    if found is not None:
        return found
    if word.low in {"%", "percent"} or (word.low == "cent" and word.pos == "NOUN"):
        among = next(
            (other for other in tree.dependents(tree.head(word), "prep") if other.low in {"among", "of"}), None
        )
        group = tree.dependent(among, "pobj") if among is not None else None
        return ClauseSpeaker("unnamed", wording(tree, group) if group is not None else words)
    if word.pos in {"NOUN", "PROPN"} and _is_somebody(tree, word):
        return ClauseSpeaker("unnamed", words)
    return None


def by_whom(tree: Tree, word: Word) -> ClauseSpeaker | None:
    """ "A report by Northgate Research": the body behind a paper."""
    if word.lemma.lower() not in speaker_kinds.DOCUMENTS:
        return None
    for prep in tree.dependents(word, "prep", "agent"):
        maker = tree.dependent(prep, "pobj")
        if prep.low in {"by", "from", "of"} and maker is not None and (name := name_of(tree, maker))[0]:
            return ClauseSpeaker("person" if name[1] else "institution", name[0])
    owner = tree.dependent(word, "poss")
    if owner is not None and (name := name_of(tree, owner))[0]:
        return ClauseSpeaker("person" if name[1] else "institution", name[0])
    return None


def _is_somebody(tree: Tree, word: Word) -> bool:
    """ "A tenant who goes by": whom a text gives "who", or whose trade ends as trades do."""
    if word.pos == "PROPN" or word.lemma.lower() in PEOPLE:
        return True
    if any(
        other.relation == "relcl" and any(one.low in {"who", "whom"} for one in tree.dependents(other))
        for other in tree.dependents(word)
    ):
        return True
    return (
        re.search(r"(?:er|or|ist|ian|ant|man|woman|men|women|person|people|ers|ors|ists|ians|ants)$", word.low)
        is not None
    )
