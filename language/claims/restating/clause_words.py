"""Words of an asserted clause, written out so that it stands by itself: a subject, an auxiliary, no aside."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from language import wordlists
from language.claims.restating.embedded import LISTS, SAYING, EmbeddedClause, subject_of
from language.syntax.trees import Tree, Word

CONNECTIVES, REASONS = wordlists.words(LISTS["connectives"]), wordlists.words(LISTS["reasons"])
ASIDE = wordlists.pattern(rf"(?:{LISTS['asides']})$")
JOINING = frozenset({"mark", "cc", "preconj", "conj", "ccomp", "advmod"})
RELATIVES = frozenset({"WDT", "WP", "WP$"})  # "which", "who"
NOT_WORDS = frozenset({"not", "n't", "n’t", "never"})
WHOLE = {
    "'ll": "will", "’ll": "will", "wo": "will", "ca": "can", "sha": "shall", "n't": "not", "n’t": "not", "'re": "are",
    "’re": "are", "'ve": "have", "’ve": "have", "'m": "am", "’m": "am", "gonna": "going to",
}  # fmt: skip
QUOTES = frozenset('"“”„«»')
BE_FORMS = frozenset({"am", "is", "are", "was", "were", "be"})
LEADING = frozenset({"speaking", "turning", "looking", "moving", "talking", "projecting", "going", "extrapolating"})
LONGEST_SUBJECT = 100
SPACE_BEFORE = re.compile(r"\s+([,.;:!?%)\]’])")
DANGLING = re.compile(r"^[\s,;:–—-]+|[\s,;:–—-]+$")
DOUBLE_COMMA = re.compile(r",(?:\s*,)+")
# A word, given with its tree, in other words; None leaves it as it is.
Namer = Callable[[Tree, Word, frozenset[int]], str | None]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word as it is to be written; `is_close` where no space stands before it in the sentence."""

    words: str
    is_close: bool


def written(tree: Tree, assertion: EmbeddedClause, span: tuple[int, int], *, name: Namer) -> str:
    """The clause in words of its own, without a full stop; empty where it has no subject that could be told."""
    verb = assertion.verb
    kept = _kept(tree, verb, span)
    auxiliary, subject = "", ""
    own = subject_of(tree, verb)
    if own is None or own.tag in RELATIVES:
        subject, auxiliary = _lent(tree, verb, name)
        if not subject:
            return ""
        kept -= {own.place} if own is not None else set()
    return _joined(_pieces(tree, assertion, kept, subject=subject, auxiliary=auxiliary, name=name))


def _kept(tree: Tree, verb: Word, span: tuple[int, int]) -> set[int]:
    """Places of the words that stay: the clause within its span, but for asides and what merely hangs on it."""
    start, end = span
    kept = {word.place for word in tree.under(verb, without=lambda word: _goes(tree, word, verb))}
    outside = {place for place in kept if not (start <= tree.words[place].start and tree.words[place].end <= end)}
    own = subject_of(tree, verb)
    of_subject = {word.place for word in tree.under(own)} if own is not None else set()
    if of_subject <= outside:  # a span cut after its subject
        outside -= of_subject
    kept -= outside
    gone = {word.place for word in tree.words if start <= word.start < end} - kept
    return kept - {place for place in kept if _is_idle_mark(tree, place, kept, gone, of_subject & kept)}


def _goes(tree: Tree, word: Word, verb: Word) -> bool:
    """Whether a word goes with all that hangs on it."""
    if word.text in QUOTES or (word.relation == "intj" and word.low not in {"no", "yes"}):
        return True
    if word.relation == "parataxis":
        return word.lemma.lower() in SAYING or subject_of(tree, word) is not None
    if word.head == verb.place and word.relation in JOINING:
        return _joined_goes(tree, word, verb)
    if word.relation == "advcl" and word.low in LEADING and word.place < verb.place:
        return True
    if word.relation == "advcl":
        mark = tree.dependent(word, "mark", "advmod")
        if mark is not None and mark.low in {"as", "because"} and word.place > verb.place and subject_of(tree, word):
            return mark.place < word.place and not _is_measured(tree, mark)
        return mark is not None and mark.low in REASONS and mark.place < word.place and _follows_comma(tree, word)
    if word.relation == "relcl":
        return _follows_comma(tree, word)
    if word.relation == "prep" or word.low == "according":
        return ASIDE.match(" ".join(tree.phrase(word).split())) is not None
    return False


def _is_measured(tree: Tree, mark: Word) -> bool:
    """Whether "as" belongs to "as much as", or follows "such" or "same"."""
    return mark.place > 0 and tree.words[mark.place - 1].pos in {"ADJ", "ADV"}


def _joined_goes(tree: Tree, word: Word, verb: Word) -> bool:
    """Whether a word that joins the clause to another, or the other clause, goes."""
    if word.relation == "mark":
        return word.low in {"that", "whether"} and verb.relation in {"ccomp", "acl", "advcl"}
    if word.low in {"neither", "nor"}:
        return False
    if word.relation in {"cc", "preconj"}:
        return not any(tree.dependents(verb, "conj")) or word.place < verb.place or _next_goes(tree, word, verb)
    if word.relation == "conj":
        return _is_another_clause(tree, word)
    if word.relation == "ccomp":
        is_before = word.place < verb.place
        return is_before and subject_of(tree, word) is not None and verb.lemma.lower() not in SAYING
    is_apart = word.place > 0 and tree.words[word.place - 1].text == "," and _is_comma(tree, word.place + 1)
    return word.low in CONNECTIVES and (word.place < _first_of_subject(tree, verb) or is_apart)


def _is_comma(tree: Tree, place: int) -> bool:
    return place < len(tree.words) and tree.words[place].text == ","


def _next_goes(tree: Tree, conjunction: Word, verb: Word) -> bool:
    following = next((word for word in tree.dependents(verb, "conj") if word.place > conjunction.place), None)
    return following is None or _is_another_clause(tree, following)


def _is_another_clause(tree: Tree, word: Word) -> bool:
    return subject_of(tree, word) is not None


def _first_of_subject(tree: Tree, verb: Word) -> int:
    own = subject_of(tree, verb)
    return tree.under(own)[0].place if own is not None else verb.place


def _follows_comma(tree: Tree, word: Word) -> bool:
    first = tree.under(word)[0].place
    return first == 0 or tree.words[first - 1].text in {",", "–", "—", "-", ";", "("}


def _is_idle_mark(tree: Tree, place: int, kept: set[int], gone: set[int], subject: set[int]) -> bool:
    """Whether a comma, dash or bracket has lost what it set apart."""
    word = tree.words[place]
    if word.text in {"(", ")", "[", "]"}:
        return place + 1 in gone or place - 1 in gone
    if word.text not in {",", "–", "—", "-", ";", ":"}:
        return False
    if place + 1 in gone and place - 1 not in gone:
        later = next((other for other in range(place + 1, len(tree.words)) if other not in gone), None)
        return (
            later is None or tree.words[later].text == "," or tree.words[later].pos in {"AUX", "VERB", "PART", "PUNCT"}
        )
    if place - 1 not in gone:
        return False
    # The comma that closed what went: it stays before the subject only, where a condition opened the sentence.
    return word.text != "," or not subject <= {other for other in kept if other > place}


def _lent(tree: Tree, verb: Word, name: Namer) -> tuple[str, str]:
    """Subject and auxiliary from the clause that this one hangs on; empty where it has none to lend."""
    head = tree.head(verb)
    if verb.relation == "relcl":
        return phrase(tree, head, name, without=verb), ""
    if verb.relation not in {"conj", "advcl", "xcomp", "acl", "ccomp"}:
        return "", ""
    seen = 0
    while subject_of(tree, head) is None and not head.is_root and seen < 4:
        head, seen = tree.head(head), seen + 1
    owner = subject_of(tree, head)
    if owner is None:
        return "", ""
    own = [word for word in tree.dependents(verb, "aux", "auxpass") if word.low != "to"]
    helpers = [word for word in tree.dependents(head, "aux") if word.tag == "MD"]
    needs_one = not own and (verb.tag in {"VB", "VBG"} or (verb.relation == "conj" and verb.tag in {"VBP", "NN"}))
    auxiliary = (WHOLE.get(helpers[0].low, helpers[0].low) if helpers else "will") if needs_one else ""
    if owner.tag in RELATIVES and head.relation == "relcl":
        return phrase(tree, tree.head(head), name, without=head), auxiliary
    return phrase(tree, owner, name), auxiliary


def phrase(tree: Tree, word: Word, name: Namer, *, without: Word | None = None) -> str:
    """A phrase without its relative clauses and asides, its pronouns named."""
    dropped = {"relcl", "acl", "appos"} if without is not None else {"relcl"}
    words = tree.under(word, without=lambda other: other.relation in dropped or other == without)
    pieces = [_Piece(name(tree, each, frozenset()) or each.text, _is_close(tree, each)) for each in words]
    text = _joined(iter(pieces)).strip(" ,")
    return text if len(text) <= LONGEST_SUBJECT else ""


def _pieces(
    tree: Tree, assertion: EmbeddedClause, kept: set[int], *, subject: str, auxiliary: str, name: Namer
) -> Iterator[_Piece]:
    verb = assertion.verb
    helpers = [word for word in tree.dependents(verb, "aux", "auxpass") if word.place in kept]
    first_helper = next(iter(helpers), None)
    is_denial = any(word.low in NOT_WORDS for word in tree.dependents(verb, "neg"))
    turned = assertion.is_denied
    if not helpers and verb.tag == "VBG" and not subject:
        auxiliary = "will"  # "with China adding": what is to come
    plain = name if not subject else (lambda tree, word, kept: None)  # "its" is the subject's that was lent
    places, named = frozenset(kept), set[str]()
    group = min([word.place for word in (*helpers, verb, *tree.dependents(verb, "neg")) if word.place in kept])
    for place in sorted(kept):
        word = tree.words[place]
        if place == group and subject:
            yield _Piece(f"{subject} {auxiliary}".strip(), False)
        if turned and is_denial and word.head == verb.place and word.low in NOT_WORDS:
            continue  # a denial denied
        if word == first_helper:
            yield _Piece(_helper(tree, assertion, word), False)
            if turned and not is_denial:
                yield _Piece("not", False)
        elif word == verb:
            if auxiliary and not subject:
                yield _Piece(auxiliary, False)
            yield from _verb(assertion, has_helper=first_helper is not None, auxiliary=auxiliary, is_denial=is_denial)
        elif word.low not in named and (other := plain(tree, word, places)) is not None:
            named.add(word.low)  # the pronoun means the same again
            yield _Piece(other, False)
        else:
            yield _whole(tree, word, places)


def _whole(tree: Tree, word: Word, kept: frozenset[int]) -> _Piece:
    """A word as it stands, a contraction in full."""
    whole = "is" if word.low in {"'s", "’s"} and word.pos == "AUX" else WHOLE.get(word.low)
    return _Piece(whole or word.text, not whole and _is_close(tree, word, kept))


def _helper(tree: Tree, assertion: EmbeddedClause, word: Word) -> str:
    """The first auxiliary: "to" after "expects" is "will", and so is "would" after "said"."""
    low = word.low
    if low == "to" and subject_of(tree, assertion.verb) is not None:
        return "will"
    if low in {"would", "'d", "’d"}:
        has_condition = any(
            (m := tree.dependent(c, "mark")) and m.low == "if" for c in tree.dependents(assertion.verb, "advcl")
        )
        saying = assertion.saying
        said = saying is not None and (
            saying.tag in {"VBD", "VBN"} or any(other.low == "did" for other in tree.dependents(saying, "aux"))
        )
        return "will" if (said or low != "would") and not has_condition else "would"
    if low in {"'s", "’s"}:
        return "has" if assertion.verb.tag == "VBN" and word.relation == "aux" else "is"
    return WHOLE.get(low, word.text)


def _verb(assertion: EmbeddedClause, *, has_helper: bool, auxiliary: str, is_denial: bool) -> Iterator[_Piece]:
    verb = assertion.verb
    low = {"'s": "is", "’s": "is"}.get(verb.low, WHOLE.get(verb.low, verb.text))
    if auxiliary:
        yield _Piece(verb.lemma if verb.tag != "VB" else verb.text, False)
    elif assertion.is_denied and not is_denial and not has_helper:
        if verb.low in BE_FORMS or low in BE_FORMS:
            yield _Piece(f"{low} not", False)
        else:
            yield _Piece({"VBZ": "does not", "VBD": "did not"}.get(verb.tag, "do not"), False)
            yield _Piece(verb.lemma, False)
    else:
        yield _Piece(low, False)


def _is_close(tree: Tree, word: Word, kept: frozenset[int] | None = None) -> bool:
    """Whether the word follows the last kept one without a space; quotation marks, which go, leave none behind."""
    for place in range(word.place, 0, -1):
        last = tree.words[place - 1]
        if last.end != tree.words[place].start:
            return False
        if last.text not in QUOTES:
            return kept is None or last.place in kept
    return True


def _joined(pieces: Iterator[_Piece]) -> str:
    text = ""
    for piece in pieces:
        text += piece.words if piece.is_close or not text else f" {piece.words}"
    text = SPACE_BEFORE.sub(r"\1", " ".join(text.split()))
    return DANGLING.sub("", DOUBLE_COMMA.sub(",", text))
