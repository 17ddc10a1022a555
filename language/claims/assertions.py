"""Assertions of a sentence by its syntax: one for each part that the world could settle by itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from language import wordlists
from language.claims import stretches, verbs
from language.syntax.trees import Tree, Word

LISTS = wordlists.read("assertions")
NAMES = ("reporting", "conceding", "giving", "sources", "leads", "deciding")
REPORTING, CONCEDING, GIVING, SOURCES, LEADS, DECIDING = (wordlists.words(LISTS[name]) for name in NAMES)
JOINING = frozenset({"that", *CONCEDING, *GIVING})
SPLICE = re.compile(r"[,;:–—]")
ASKING = frozenset({"WRB", "WP", "WDT", "WP$"})
FIRM = frozenset({"will", "'ll", "’ll", "shall"})
FEWEST_WORDS = 3
SHORT = frozenset({"gapped", "outcome"})
LONG_RELATIVE, LONG_REST = 8, 6  # words


@dataclass(frozen=True, slots=True)
class Assertion:
    """A stretch [start, end) of the sentence that asserts one thing, and the word it hangs on.

    kind: "clause"; "relative", which says something more of a noun; "absolute" ("with sales falling"); "participle",
    ("losing only the north"); "gapped", which leaves out the verb it shares; "outcome", the bare one in a longer one
    ("Lund wins" in "Lund wins with 55%") or a noun of one ("a 7-point Lund victory").
    """

    start: int
    end: int
    predicate: Word
    kind: str


def find(tree: Tree, *, foretells: bool = False) -> tuple[Assertion, ...]:
    """The assertions of a sentence in order; none where nothing in it has a finite verb. Linear time.

    `foretells`: it stands among predictions, so that what only hangs on a verb in the present foretells, too.
    """
    heads = {
        place: kind for place, kind in _heads(tree) if foretells or kind != "participle" or _hangs_on_will(tree, place)
    }
    matrices = {word.place for word in tree.words if verbs.is_matrix(tree, word)}
    found = []
    for place, kind in heads.items():
        if place in matrices:
            continue
        if kind == "clause" and _asks(tree, tree.words[place]):
            continue
        whole = _stretch(tree, tree.words[place], heads, kind)
        if kind == "clause" and (end := _outcome_end(tree, tree.words[place], foretells=foretells)):
            found.append(Assertion(whole[0], end, tree.words[place], "outcome"))
        for number, (start, end) in enumerate(stretches.series(tree.text, *whole)):
            if number or kind in SHORT or len(tree.text[start:end].split()) >= FEWEST_WORDS:
                found.append(Assertion(start, end, tree.words[place], "gapped" if number else kind))
    return tuple(sorted(found, key=lambda each: (each.start, each.end)))


def _hangs_on_will(tree: Tree, place: int) -> bool:
    return verbs.modal(tree, tree.head(tree.words[place])) is not None


def _heads(tree: Tree) -> Iterator[tuple[int, str]]:
    """The words that assertions hang on, by place, with the kind of each."""
    for word in tree.words:
        if (kind := _asserts(tree, word)) is not None:
            yield word.place, kind


def _asserts(tree: Tree, word: Word) -> str | None:
    head = tree.head(word)
    if word.is_root:
        return "clause" if verbs.is_finite(tree, word) else None
    match word.relation:
        case "conj":
            return _of_conjunct(tree, word, head)
        case "ccomp":
            return "clause" if _is_complement_of_its_own(tree, word, head) else None
        case "advcl":
            return _of_adverbial(tree, word, head)
        case "relcl":
            return "relative" if _tells_more(tree, word) else None
        case "dobj":
            return "outcome" if verbs.is_projected(tree, word, head) else None
        case "parataxis" | "dep" | "appos":
            return "clause" if verbs.stands(tree, word) and not verbs.only_says(tree, word) else None
        case "pobj":
            return "absolute" if head.low == "with" and verbs.is_still_to_come(tree, word) else None
        case "pcomp":
            return "absolute" if head.low == "with" and verbs.subject(tree, word) is not None else None
    return None


def _of_adverbial(tree: Tree, word: Word, head: Word) -> str | None:
    if _is_participle(tree, word) and word.place > head.place and head.tag != "VBD":
        return "participle"
    who, mark, is_parted = verbs.subject(tree, word), tree.dependent(word, "mark"), verbs.comma_before(tree, word)
    if who is not None and who.low in {"which", "who"} and is_parted:
        return "relative"
    if mark is None or not verbs.stands(tree, word):
        return None
    concedes = mark.low in CONCEDING and (word.place < head.place or is_parted)
    gives = mark.low in GIVING and verbs.modal(tree, word) is not None and is_parted
    gives = gives or (mark.low == "as" and word.place > head.place and _foretells_a_figure(tree, word, head))
    return "clause" if concedes or gives else None


def _foretells_a_figure(tree: Tree, word: Word, head: Word) -> bool:
    """ "Joblessness will fall as firms add 40,000 posts"."""
    has_figure = any(each.tag == "CD" for each in tree.under(word))
    return has_figure and word.tag in {"VBZ", "VBP"} and verbs.modal(tree, head) is not None


def _tells_more(tree: Tree, word: Word) -> bool:
    """Whether a relative clause asserts its own: behind a comma, or to come itself, and long."""
    if not verbs.is_finite(tree, word):
        return False
    if verbs.comma_before(tree, word):
        return True
    verb = next((each for each in tree.ancestors(word) if each.pos in verbs.VERBAL), None)
    if verb is None or verb.place > word.place or not (verbs.modal(tree, word) and verbs.modal(tree, verb)):
        return False
    words = tree.under(word)
    return len(words) >= LONG_RELATIVE and words[0].place - tree.under(verb)[0].place >= LONG_REST


def _outcome_end(tree: Tree, word: Word, *, foretells: bool) -> int | None:
    """Where "Lund wins" ends in "Lund wins with 55%", None where the clause tells no outcome beyond its figure."""
    will = verbs.modal(tree, word)
    is_firm = will.low in FIRM if will is not None else foretells and word.tag in {"VBZ", "VBP"}
    depends = any(tree.dependent(each, "mark") for each in tree.dependents(word, "advcl"))
    if word.lemma not in DECIDING or not is_firm or depends or tree.dependent(word, "neg", "mark"):
        return None
    object_ = tree.dependent(word, "dobj")
    for prep in tree.dependents(word, "prep"):
        has_figure = any(each.tag == "CD" and each.entity != "DATE" for each in tree.under(prep))
        if prep.low in {"with", "by"} and has_figure and prep.place == (object_ or word).place + 1:
            return (object_ or word).end
    return None


def _asks(tree: Tree, word: Word) -> bool:
    """Whether a clause is a question inside another: "how many will leave", "on which side it will end"."""
    mark = tree.dependent(word, "mark")
    if mark is not None and mark.low in {"whether", "if"} and word.relation in {"ccomp", "pcomp", "csubj"}:
        return True
    words = [each for each in tree.under(word) if each.relation not in {"cc", "punct", "prep"}]
    if not words or words[0].tag not in ASKING:
        return False
    if word.relation == "ROOT" and any(verbs.comma_before(tree, who) for who in tree.dependents(word, "nsubj")):
        return False  # "When the ice melts in June, the port will open", its verb taken for a noun
    between = takewhile(lambda each: each.place != word.place, tree.ancestors(words[0]))
    return not any(each.pos in verbs.VERBAL for each in between)


def _of_conjunct(tree: Tree, word: Word, head: Word) -> str | None:
    if verbs.agrees(tree, word):
        return None
    if _has_its_own_time(tree, word, head):
        return "gapped"
    if word.pos in verbs.VERBAL and (head.pos in verbs.VERBAL or verbs.stands(tree, head)):
        first, will = verbs.first_of(tree, word), verbs.modal(tree, word)
        if tree.dependent(first, "mark") and first.relation == "advcl":
            return None  # "if rates fall and banks lend": one condition
        if first.relation in {"relcl", "acl", "xcomp", "pcomp", "csubj"}:
            return "clause" if _asserts(tree, first) is not None or will is not None else None
        own = verbs.subject(tree, word) is not None
        return "clause" if will or (own and (verbs.is_finite(tree, word) or verbs.comma_before(tree, word))) else None
    if head.pos in verbs.VERBAL and verbs.subject(tree, word) is not None and verbs.comma_before(tree, word):
        return "clause"
    if head.pos in verbs.VERBAL and _is_contrasted(tree, word):
        return "clause"
    if word.pos in {"NOUN", "PROPN"} and head.pos in verbs.VERBAL and verbs.modal(tree, head) is not None:
        return "gapped" if tree.dependent(word, "prep", "npadvmod", "appos", "advmod") else None
    return None


def _has_its_own_time(tree: Tree, word: Word, head: Word) -> bool:
    """ "will resign in May and move to Brook in June": one subject, two times."""
    if "VERB" not in {word.pos, head.pos} or word.tag != "VB" or verbs.subject(tree, word) is not None:
        return False
    ruling = verbs.ruling(tree, head)
    is_ahead = verbs.modal(tree, head) or (head.relation == "xcomp" and verbs.looks_ahead(tree, tree.head(ruling)))
    if not is_ahead or verbs.modal(tree, word):
        return False
    own = (tree.under(verb, without=lambda each: each.relation == "conj") for verb in (head, word))
    return all(stretches.TIMED.search(tree.text, words[0].start, words[-1].end) for words in own)


def _is_contrasted(tree: Tree, word: Word) -> bool:
    """Whether ", but" parts a word from the verb before it, though it was taken for a noun ("but Lund acts")."""
    first = tree.under(word)[0]
    return tree.text[max(0, first.start - 6) : first.start].strip() == ", but"


def _is_complement_of_its_own(tree: Tree, word: Word, head: Word) -> bool:
    """Whether what is said, thought or expected is asserted without whoever says it."""
    if not (verbs.is_finite(tree, word) or verbs.subject(tree, word) is not None):
        return False
    if verbs.is_matrix(tree, head):
        return True
    # Two clauses with a comma between them are taken for one inside the other.
    between = tree.text[min(word.end, head.end) : max(word.start, head.start)]
    completed = any(other.place > head.place for other in tree.dependents(head, "xcomp", "ccomp", "dobj", "acomp"))
    is_said = head.lemma in REPORTING and verbs.modal(tree, head) is None and not completed
    return verbs.is_finite(tree, word) and not is_said and word.place < head.place and bool(SPLICE.search(between))


def _stretch(tree: Tree, head: Word, heads: dict[int, str], kind: str) -> tuple[int, int]:
    """From the first to the last word of what hangs on `head`, without what asserts its own or only leads there."""
    beside = [word for part in _core(tree, head, heads) for word in _aside(tree, part)]
    cut = {place for place in heads if place != head.place} | {word.place for word in beside}
    cut |= {word.place for word in tree.dependents(head, "parataxis") if verbs.only_says(tree, word)}
    words = [word for word in tree.under(head, without=lambda word: word.place in cut) if word.pos != "PUNCT"]
    if kind == "relative" and (pronoun := _relative_object(tree, head)) is not None:
        words = [word for word in words if word.place != pronoun.place]
    while len(words) > 1 and (words[0].relation == "cc" or (words[0].relation == "mark" and words[0].low in JOINING)):
        del words[0]
    if kind == "outcome" and words[0].relation == "det":
        del words[0]
    if kind == "gapped":  # what follows belongs to both
        shared = tree.under(tree.head(head), without=lambda word: word.place in cut)
        end = max(words[-1].end, [word for word in shared if word.pos != "PUNCT"][-1].end)
        return stretches.tidied(tree.text, words[0].start, end)
    joined = [word for word in tree.dependents(head, "conj") if word.place in heads]
    stops = [tree.under(word)[0].place for word in (*beside, *joined) if word.place > head.place]
    stop = min(stops, default=len(tree.words))
    kept = [word for word in words if word.place < stop] or words
    while len(kept) > 1 and kept[-1].relation == "cc":
        del kept[-1]
    return stretches.tidied(tree.text, kept[0].start, kept[-1].end)


def _core(tree: Tree, head: Word, heads: dict[int, str]) -> Iterator[Word]:
    """The verb and those that complete it: "expect", "to decline"."""
    yield head
    for word in tree.dependents(head, "xcomp", "ccomp"):
        if word.place not in heads and word.place > head.place:
            yield from _core(tree, word, heads)


def _aside(tree: Tree, head: Word) -> Iterator[Word]:
    """Phrases and clauses beside an assertion: who says it, what leads up to it, why."""
    for word in tree.dependents(head, "prep", "advcl", "advmod", "npadvmod"):
        if (
            (word.relation == "prep" and (_is_source(tree, word) or _looks_back(tree, word)))
            or (word.relation == "advcl" and _explains(tree, word, head))
            or (word.place < head.place and (_leads(tree, word) or _dates_the_saying(tree, word, head)))
        ):
            yield word


def _is_source(tree: Tree, word: Word) -> bool:
    return word.low in SOURCES and not any(each.low == "cent" for each in tree.dependents(word, "pobj"))


def _looks_back(tree: Tree, word: Word) -> bool:
    """ ", after being robbed last year"."""
    done = tree.dependent(word, "pcomp")
    return done is not None and word.low in {"after", "despite", "following"} and verbs.comma_before(tree, word)


def _dates_the_saying(tree: Tree, word: Word, head: Word) -> bool:
    """ "Norvolt said on Tuesday it would close": the day stands right behind the verb of saying."""
    if head.relation != "ccomp" or tree.head(head).lemma not in REPORTING or tree.dependent(head, "mark") is not None:
        return False
    first, own = tree.under(word)[0], verbs.subject(tree, head)
    return first.place == head.head + 1 and own is not None and word.place < own.place


def _explains(tree: Tree, word: Word, head: Word) -> bool:
    mark = tree.dependent(word, "mark", "advmod")
    if word.place > head.place:
        return mark is not None and mark.low in GIVING and tree.under(word)[0] == mark
    return verbs.subject(tree, word) is None and word.tag in {"VBG", "VBN"} and mark is None


def _is_participle(tree: Tree, word: Word) -> bool:
    return word.tag == "VBG" and verbs.subject(tree, word) is None and verbs.comma_before(tree, word)


def _leads(tree: Tree, word: Word) -> bool:
    """Whether a phrase before the subject, parted by a comma, neither dates nor places what follows."""
    words = tree.under(word)
    if word.relation != "prep" or tree.text[words[-1].end : words[-1].end + 1] != ",":
        return False
    if any(each.entity in {"DATE", "TIME", "EVENT", "GPE", "LOC", "PERCENT", "CARDINAL"} for each in words):
        return False
    return word.low in LEADS or any(each.lemma.lower() in LEADS for each in words[1:])


def _relative_object(tree: Tree, head: Word) -> Word | None:
    first = tree.under(head)[0]
    return first if first.low in {"which", "whom", "that"} and first.relation not in verbs.SUBJECTS else None
