"""Clause of a restated claim as a question needs it: a subject, a verb in its base form, and whether it is denied."""

import re
from dataclasses import dataclass, replace
from typing import Final

from language import wordlists
from language.questions import subjects
from language.syntax.trees import Tree, Word

SUBJECTS: Final = ("nsubj", "nsubjpass", "expl", "csubj", "csubjpass")
SURENESS: Final = (
    r"(?:(?:very|most|almost|virtually|quite)\s)?(?:probably|likely|possibly|perhaps|maybe|presumably|conceivably"
    r"|certainly|definitely|surely|inevitably|undoubtedly|well|hopefully|clearly|easily)"
)
# Wordings of expectation and the plain future they are settled by.
FUTURES: Final = [
    (wordlists.pattern(row["words"]), row["future"]) for row in wordlists.read("expectations")["wordings"]
]
MODAL: Final = re.compile(
    rf"(?:{SURENESS}\s)?(?:will|shall)\s(?:{SURENESS}\s)?(?P<no>(?:not(?!\sonly\b)|never)\s)?(?:{SURENESS},?\s)?",
    re.IGNORECASE,
)
FORETOLD: Final = re.compile(
    r"be\s(?:\w{1,12}\s)?(?:expected|likely|set|due|scheduled|slated|going|projected|forecast|poised|bound|certain|sure|on\strack)\sto\s"
    r"|have\sto\s|need\sto\s"
)
ADVERB: Final = re.compile(
    r"((?:also|either|still|even|again|finally|only|soon|then|yet|never|(?!(?:supp|app|re|rep|comp|multip|imp|ral|al|bul|tal)ly\b)[a-z]{3,12}ly)\s)",
    re.IGNORECASE,
)
OCCURRING: Final = re.compile(
    r"be\s(?:(?:almost|very|quite|highly|all\sbut)\s)?(?:(?P<no>unlikely|improbable|impossible|off\sthe\stable|ruled\sout)|expected|possible|likely|due|forecast|predicted|probable|inevitable"
    r"|certain|on\sthe\s(?:cards|way)|in\sprospect)\b(?!\s(?:to|that|by|of|for)\b)"
)
NOT: Final = re.compile(r"(?:not(?!\sonly\b)|n['’]t|never)\b\s?")
CONDITION: Final = re.compile(r"(?:if|unless|when|once|provided|as\slong\sas)\b", re.IGNORECASE)
TRAILING: Final = frozenset({"if", "unless", "once", "provided"})
NOBODY: Final = (
    (re.compile(r"hardly\sany(?=one\b|body\b|thing\b|\s)", re.IGNORECASE), "any"),
    (re.compile(r"neither(?!\s.{1,100}\snor\b)", re.IGNORECASE), "either"),
    (re.compile(r"(?:no\sone|nobody)\b", re.IGNORECASE), "anyone"),
    (re.compile(r"nothing\b", re.IGNORECASE), "anything"),
    (re.compile(r"none\sof\b", re.IGNORECASE), "any of"),
    (re.compile(r"no\b", re.IGNORECASE), "any"),
)
NEITHER: Final = re.compile(r"neither\s(.{1,100}?)\snor\s", re.IGNORECASE)
NEITHER_DO: Final = re.compile(r"neither\s(?P<one>.{1,150}?)\snor\s(?P<other>.{1,200})$")
NO_OBJECT: Final = re.compile(
    r"(?P<verb>[a-z]+)\sno\s(?!more\b|less\b|fewer\b|longer\b|later\b|doubt\b|sooner\b|matter\b|\d)"
)
SHARES: Final = frozenset(
    {"half", "most", "some", "third", "quarter", "all", "percent", "cent", "many", "majority", "number"}
)
NOT_THAT: Final = re.compile(r",\s(?:and\s)?not\s\w{1,20}(?:\s\w{1,20}){0,2}$")
ASIDE: Final = re.compile(r"[^,]{1,80},\s(?=(?:will|shall|would|may|might|could|is|are|has|have)\b)")
SEEMING: Final = frozenset({"look", "seem", "appear"})
LONGEST_SUBJECT: Final = 22  # words
IS: Final = frozenset({"be", "'s", "’s", "’"})
SEEN: Final = re.compile(r"(?:is|are)\s(?:seen|forecast|projected|tipped)\s(?:as\s)?(?P<doing>[a-z]{3,14}ing)\b")
SEEN_AT: Final = re.compile(r"^(?:is|are)\s(?:seen|forecast|projected|put|estimated|expected)\sat\s")
BE: Final = {
    "is": "be",
    "are": "be",
    "am": "be",
    "was": "be",
    "were": "be",
    "'s": "be",
    "’s": "be",
    "has": "have",
    "have": "have",
}


@dataclass(frozen=True, slots=True)
class AskedClause:
    """`subject` as it stands inside a sentence; `verb` in its base form (with an adverb before it), `rest` after it.

    `tense` is "future", "present" or "past"; a denial is `is_denied`, and its words are gone. `condition` is a clause
    with "if" or "when", without a comma. `is_copular`: "be" is the verb itself, so that it tells a state.
    """

    subject: str
    adverb: str
    verb: str
    rest: str
    tense: str
    is_denied: bool
    is_plural: bool
    is_copular: bool
    condition: str = ""
    joined: tuple[str, ...] = ()  # further verbs in their base form: "back down and withdraw"

    @property
    def predicate(self) -> str:
        return f"{self.adverb}{self.verb} {self.rest}".strip().replace(" ,", ",")


def read(tree: Tree) -> AskedClause | None:
    """The clause at the root of a sentence; None where it has no subject before a finite verb."""
    root = next((word for word in tree.roots if word.pos in {"VERB", "AUX"} and tree.dependent(word, *SUBJECTS)), None)
    subject = tree.dependent(root, *SUBJECTS) if root is not None else None
    if root is None or subject is None or subject.place > root.place:
        return None
    start, end = tree.span(subject)
    lead, (body, condition) = tree.text[:start].strip(" ,"), _without_condition(tree, root, end)
    if CONDITION.match(lead):
        lead, condition = "", lead
    if tree.text[end : end + 1] == "," and not body.lower().startswith(("will ", "would ")):
        body = ASIDE.sub("", body, count=1) if ASIDE.match(body) else body
    if lead and tree.words[0].pos == "ADP" and not condition:
        lead, condition = "", lead
    clause = _predicate(tree, root, subject, body)
    if clause is None or (lead and not _may_follow(tree, lead)):
        return None
    rest = (
        f"{clause.rest} {_low(lead)}".strip()
        if lead and not re.fullmatch(SURENESS, lead, re.IGNORECASE)
        else clause.rest
    )
    joined = tuple(
        word.text for word in tree.words if word.relation == "conj" and word.tag == "VB" and _is_of(tree, word, root)
    )
    subject_words = subjects.written(tree, subject)
    return _affirmed(replace(clause, subject=subject_words, rest=rest, condition=_low(condition), joined=joined))


def _is_of(tree: Tree, word: Word, root: Word) -> bool:
    """Whether a verb is joined to the root, directly or through others."""
    while word.relation == "conj":
        word = tree.head(word)
    return word == root


def by_rules(core: str, *, tree: Tree | None = None) -> AskedClause | None:
    """The clause of a sentence in the plain future, told by its "will"; with its tree only where that is a verb's."""
    will = re.search(
        rf"\s(?:will|shall)\s(?:{SURENESS}\s)?(?P<no>(?:not|never)\s)?(?P<adverb>(?:all|both|also|then)\s)?(?P<verb>[a-z-]+)",
        core,
    )
    if will is None:
        return None
    subject, rest = core[: will.start()], core[will.end() :].strip()
    is_many = False
    if tree is not None:
        verb = next((word for word in tree.words if word.start == will.start("verb")), None)
        inside_words = [word for word in tree.words if word.end <= will.start()]
        if verb is None or verb.tag != "VB" or not inside_words or len(inside_words) > LONGEST_SUBJECT:
            return None
        if any(word.tag in {"MD", "VBZ", "VBP", "VBD"} or word.text in "?!;:" for word in inside_words):
            return None
        is_many = any(word.relation == "conj" or word.tag == "NNS" for word in inside_words)
        rest = _without_tail(tree, verb, will.end(), core)[will.end() :].strip()
        subject = subjects.lowered(inside_words[0], subject)
    adverb = will["adverb"] or ""
    is_copular = will["verb"] == "be" and not re.match(r"\w+ed\b|able\sto", rest)
    return _affirmed(
        AskedClause(
            subjects.inside(subject), adverb, will["verb"], rest, "future", bool(will["no"]), is_many, is_copular
        )
    )


def _low(lead: str) -> str:
    return lead[:1].lower() + lead[1:] if CONDITION.match(lead) or lead[:1].isupper() else lead


def _may_follow(tree: Tree, lead: str) -> bool:
    """Whether words before the subject can as well stand at the end: a time or a place."""
    first = tree.words[0]
    return first.pos == "ADP" or first.entity == "DATE" or re.fullmatch(SURENESS, lead, re.IGNORECASE) is not None


def _without_condition(tree: Tree, root: Word, end: int) -> tuple[str, str]:
    """Words after the subject, and the clause with "if" at its end."""
    text = tree.text.rstrip(" .!…")
    for joined in tree.dependents(root, "conj"):
        link = tree.dependent(root, "cc")
        if link is not None and end < link.start < joined.start and tree.dependent(joined, *SUBJECTS):
            text = text[: link.start].rstrip(" ,")
            break
    text = _without_tail(tree, root, end, text)
    for clause in tree.dependents(root, "advcl"):
        mark = tree.dependent(clause, "mark")
        first, last = tree.span(clause)
        if mark is not None and mark.low in TRAILING and mark.start == first and last >= len(text) and first > end:
            return text[end:first].strip(" ,"), text[first:]
    return text[end:].strip(" ,"), ""


def _without_tail(tree: Tree, root: Word, end: int, text: str) -> str:
    """The clause without what is only told on the way at its end: ", turning over its weapons", ", not up"."""
    for tail in tree.words:
        first, last = tree.span(tail)
        is_aside = tail.relation in {"advcl", "acl"} and tail.tag == "VBG" and tree.dependent(tail, *SUBJECTS) is None
        is_aside = is_aside or (tail.relation == "relcl" and tail.place > root.place)
        if is_aside and last >= len(text) and end < first and tree.text[:first].rstrip().endswith((",", "–", "—")):
            text = text[:first].rstrip(" ,–—")
    return NOT_THAT.sub("", text) or text


def _predicate(tree: Tree, root: Word, subject: Word, body: str) -> AskedClause | None:
    is_plural = (
        subject.tag in {"NNS", "NNPS"} or bool(tree.dependents(subject, "conj")) or subject.low in {"they", "we"}
    )
    is_share = subject.low in SHARES and any(word.tag in {"NNS", "NNPS"} for word in tree.under(subject))
    is_plural = is_plural or is_share
    is_copular = root.lemma in IS and subject.relation != "expl"
    adverb, told = "", body
    if (seen := SEEN.match(told)) and (doing := next((w for w in tree.words if w.text == seen["doing"]), None)):
        told = f"will {doing.lemma}{told[seen.end() :]}"
    told = SEEN_AT.sub("will be ", told)
    plain, is_denied = _in_the_future(told)
    if plain is None and (found := ADVERB.match(body)):
        adverb, told = found[1], body[found.end() :]
        plain, is_denied = _in_the_future(told)
    if re.fullmatch(rf"{SURENESS}\s", adverb, re.IGNORECASE):
        adverb = ""
    if adverb.lower() == "never ":
        adverb, is_denied = "", not is_denied
    if plain is not None:
        return _clause(adverb, plain, "future", is_denied, is_plural, is_copular)
    return _present(
        tree, root, subject, adverb, told, AskedClause("", "", "", "", "", is_denied, is_plural, is_copular)
    )


def _in_the_future(told: str) -> tuple[str | None, bool]:
    """Words before which "will" stands, or any of the wordings that foretell; and whether it is denied."""
    told = re.sub(rf"^{SURENESS}\s", "", told, flags=re.IGNORECASE)
    is_denied, found = False, False
    if (modal := MODAL.match(told)) is not None:
        told, is_denied, found = told[modal.end() :], bool(modal["no"]), True
    for pattern, future in FUTURES if not found else ():
        if (match := pattern.match(told)) is not None:
            is_denied = future == "will not" or bool(match.groupdict().get("no"))
            told, found = told[match.end() :].lstrip(), True
            break
    if not found:
        return None, False
    if foretold := FORETOLD.match(told):
        told = told[foretold.end() :]
    told = re.sub(rf"^{SURENESS},?\s", "", told, flags=re.IGNORECASE)
    return told, is_denied


def _clause(
    adverb: str, plain: str, tense: str, is_denied: bool, is_plural: bool, is_copular: bool
) -> AskedClause | None:
    if found := ADVERB.match(plain):
        adverb, plain = f"{adverb}{found[1]}", plain[found.end() :]
    if both := NEITHER_DO.match(f"{adverb}{plain}"):
        adverb, plain, is_denied = "", f"{both['one']} or {both['other']}", not is_denied
    if occurring := OCCURRING.match(plain):
        plain, is_denied = f"occur{plain[occurring.end() :]}", is_denied != bool(occurring["no"])
        tense = "future"
    verb, _, rest = plain.partition(" ")
    is_copular = is_copular and verb == "be" and not rest.startswith("able to")
    if not re.fullmatch(r"[a-z][a-z-]+,?", verb):
        return None
    rest = f", {rest}" if verb.endswith(",") else rest
    return AskedClause("", adverb, verb.rstrip(","), rest, tense, is_denied, is_plural, is_copular)


def _present(tree: Tree, root: Word, subject: Word, adverb: str, told: str, known: AskedClause) -> AskedClause | None:
    """A clause in the present or the past: its first finite verb in the base form."""
    group = [word for word in (*tree.dependents(root, "aux", "auxpass"), root) if word.place > subject.place]
    finite = min(group, key=lambda word: word.place)
    if not told.startswith(finite.text) or finite.tag not in {"VBZ", "VBP", "VBD", "NNS", "VB"}:
        return None
    rest = told[len(finite.text) :].lstrip()
    low = finite.low
    if finite.lemma in SEEMING:
        return None
    is_helper = low in {"does", "do", "did"} and finite != root
    base = "" if is_helper else BE.get(low, finite.lemma.lower())
    is_denied = known.is_denied
    if (denial := NOT.match(rest)) is not None:
        is_denied, rest = not is_denied, rest[denial.end() :]
    tense = "past" if finite.tag == "VBD" else "present"
    return _clause(adverb, f"{base} {rest}".strip(), tense, is_denied, known.is_plural, known.is_copular)


def _affirmed(clause: AskedClause) -> AskedClause:
    """The clause that "no" denies in its subject or its object: "no member will leave", "will have no ally"."""
    for pattern, other in NOBODY:
        if match := pattern.match(clause.subject):
            is_denied = not clause.is_denied
            return replace(clause, subject=f"{other}{clause.subject[match.end() :]}", is_denied=is_denied)
    if neither := NEITHER.match(clause.subject):
        subject = f"either {neither[1]} or {clause.subject[neither.end() :]}"
        return replace(clause, subject=subject, is_denied=not clause.is_denied)
    if match := NO_OBJECT.match(f"{clause.verb} {clause.rest}"):
        rest = f"any {f'{clause.verb} {clause.rest}'[match.end() :]}"
        return replace(clause, rest=rest, is_denied=not clause.is_denied)
    return clause
