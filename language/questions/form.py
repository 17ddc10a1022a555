"""Form of a drafted question: what of it a stranger could not read, each said as what is missing."""

import re
from collections.abc import Iterator
from typing import Final

from language.questions.clauses import SUBJECTS
from language.syntax.trees import Tree, Word

MOST_CHARACTERS: Final = 300
PEOPLE: Final = frozenset({"he", "she", "him", "her", "his", "hers"})
OTHERS: Final = frozenset({"it", "its", "they", "them", "their", "theirs"})
SPEAKING: Final = frozenset({"i", "we", "us", "me", "my", "our", "ours", "you", "your"})
POINTING: Final = frozenset({"this", "that", "these", "those"})
SAYING: Final = frozenset(
    {
        "say",
        "think",
        "believe",
        "reckon",
        "argue",
        "claim",
        "tell",
        "note",
        "add",
        "explain",
        "deny",
        "reject",
        "dismiss",
    }
    | {"doubt", "expect", "predict", "forecast", "warn", "fear", "hope", "dispute", "insist", "imagine", "suppose"}
)
RELATIVE: Final = re.compile(
    r"\b(?:(?:next|last|this|coming|current|previous)\s(?:year|month|week|quarter|season|spring|summer|autumn|fall|winter|decade)"
    r"|today|tomorrow|yesterday|tonight|(?<!\bas\s)(?:now|soon|shortly|recently)|(?:mon|tues|wednes|thurs|fri|satur|sun)day(?!\s\d))\b",
    re.IGNORECASE,
)
DOUBLED: Final = re.compile(r"\b(?!that\b|had\b)(\w{2,})\s\1\b", re.IGNORECASE)
SECOND_WILL: Final = re.compile(r"\b(?:and|but|or)\s(?:will|would|shall)\b", re.IGNORECASE)
# "Papers will run stories, Northwire will begin coverage": two sentences in one.
SPLICE: Final = re.compile(r"\bwill\s[^,]{3,250},\s(?:[A-Z][\w’'-]*\s){1,3}(?:will|would)\s")
UNFINISHED: Final = re.compile(r"\bso\s(?:well|much|many|badly|[a-z]+ly)\b(?!.*\bthat\b)")
ANYBODY: Final = re.compile(r"\bwill\s(?P<who>whoever|whatever|whichever)\b", re.IGNORECASE)
BEYOND: Final = re.compile(r"\b(?:beyond|past)\s[\w\s]{3,30}\s(?:until|by|at\sthe\send\sof|on)\s")
TWO_ARTICLES: Final = re.compile(
    r"\b(?:this|that|these|those|an?|the)\s(?:the|this|that|these|an?)\s(?!a\b)", re.IGNORECASE
)
BREAKS_OFF: Final = re.compile(
    r"\b(?:and|or|but|of|to|the|an?|with|at\sleast|both|into|from|between|than|as|beyond|past)\s*(?:[.?,]|\b(?:by|on|until|at\sthe\send)\s\d)",
    re.IGNORECASE,
)
VAGUE: Final = re.compile(
    r"\b(?P<what>react|respond|be\s(?:wrong|right|mistaken|fine)|do\s(?:well|badly|fine)(?:\s(?:in|at)\s[^,?]{2,60}?)?)(?:\sabout\s[^,?]{2,60}?)?"
    r"(?:\s(?:by|on|until|at\sthe\send\sof)\s(?:\d{1,2}\s[A-Z]\w+\s)?\d{4})?\?$"
)
NO_CLAUSE: Final = "Say who will do what: the wording has no subject and verb that could be told."
NOT_AHEAD: Final = "Say what will happen: the wording tells what was, or what somebody said."
NOT_UNTIL: Final = "Say by which day it will not have happened: “not until” leaves that open."
BROKEN: Final = "The wording breaks off or repeats itself: say it in a whole sentence."
TWISTED: Final = "The wording has come out twisted: say it in a plain sentence."
UNBALANCED: Final = "A bracket or quotation mark is left open: close it or leave it out."
TOO_LONG: Final = f"The wording is too long: say it in fewer than {MOST_CHARACTERS} characters."
SAID: Final = "Say what will happen, without whoever says or thinks it."


def missing(tree: Tree, *, question: str, statement: str, is_asked: bool = False) -> tuple[str, ...]:
    """Sentences for what a draft lacks; `tree` is that of its statement, without words where nothing was parsed.

    `is_asked`: whoever reads it asked it, and knows whom its pronouns mean.
    """
    found = [*_marks(question, statement), *([] if is_asked else _pronouns(tree))]
    if tree.words:
        found += _clause(tree)
    return tuple(dict.fromkeys(found))


def _marks(question: str, statement: str) -> Iterator[str]:
    if len(statement) > MOST_CHARACTERS:
        yield TOO_LONG
    for opening, closing in ("()", "[]", "“”", "‘’"):
        opened, closed = statement.count(opening), statement.count(closing)
        if opened > closed or (opened < closed and closing != "’"):
            yield UNBALANCED
    if statement.count('"') % 2:
        yield UNBALANCED
    if (
        DOUBLED.search(statement)
        or BREAKS_OFF.search(statement)
        or SECOND_WILL.search(question)
        or BEYOND.search(question)
        or SPLICE.search(statement)
        or UNFINISHED.search(statement)
        or "?" in statement
        or ("/" in question and " / " in question)
    ):
        yield BROKEN
    if (
        TWO_ARTICLES.search(question)
        or not (question.endswith("?") and statement.endswith("."))
        or not any(letter.isupper() for letter in statement.split(" ", 1)[0])
    ):
        yield TWISTED
    if anybody := ANYBODY.search(question):
        word = anybody["who"].lower()
        yield f"Say {'who' if word == 'whoever' else 'what'} is meant by “{word}”."
    if vague := VAGUE.search(question):
        yield f"Say what would show it: “{vague['what']}” leaves that open."
    if relative := RELATIVE.search(statement):
        yield f"Give the date of “{relative.group()}”."


def _pronouns(tree: Tree) -> Iterator[str]:
    subjects = [subject for root in tree.roots for subject in tree.dependents(root, *SUBJECTS)]
    opens = bool(tree.words) and tree.words[0].low in {"if", "unless", "when", "once"}
    has_condition = opens and any(subject.pos in {"NOUN", "PROPN"} for subject in subjects)
    for word in tree.words:
        low = word.low
        earlier = tree.words if has_condition else tree.words[: word.place]
        if low in SPEAKING and word.pos in {"PRON", "DET"}:
            yield f"Say who is meant by “{word.text.lower() if low != 'i' else 'I'}”."
        elif low in PEOPLE and not any(_may_be_a_person(other) for other in earlier):
            yield f"Say who is meant by “{low}”."
        elif low in OTHERS and word.relation != "expl" and not _has_meant(tree, word, earlier):
            yield f"Say {'who' if low.startswith('the') else 'what'} is meant by “{low}”."
        elif (pointing := _points(tree, word)) is not None:
            yield f"Say what is meant by “{pointing}”."


def _may_be_a_person(word: Word) -> bool:
    return (word.pos == "PROPN" and word.entity not in {"DATE", "TIME", "GPE", "LOC"}) or word.entity == "PERSON"


def _points(tree: Tree, word: Word) -> str | None:
    """The words that point at something told before: "that", "these markets"."""
    low, head = word.low, tree.head(word)
    if low in POINTING and word.relation in {"nsubj", "nsubjpass", "dobj", "pobj"} and not _is_relative(tree, word):
        return low
    is_determiner = low in {"this", "these", "such"} or (low in {"that", "those"} and word.tag == "DT")
    if not is_determiner or word.relation not in {"det", "amod"} or head.place <= word.place:
        return None
    is_such_as = low == "such" and tree.text[word.end :].startswith(" as")
    return None if is_such_as or tree.dependents(head, "relcl", "acl") else tree.text[word.start : head.end]


def _has_meant(tree: Tree, word: Word, earlier: tuple[Word, ...]) -> bool:
    if word.low == "it" and word.relation in SUBJECTS and _is_empty(tree, word):
        return True
    return any(
        other.pos in {"NOUN", "PROPN"} and other.entity not in {"DATE", "CARDINAL", "TIME", "PERCENT", "MONEY"}
        for other in earlier
    )


def _is_empty(tree: Tree, word: Word) -> bool:
    verb = tree.head(word)
    return verb.lemma in {"rain", "snow", "take"} or any(
        tree.dependents(other, "xcomp", "ccomp", "advcl") for other in (verb, *tree.dependents(verb, "acomp", "attr"))
    )


def _is_relative(tree: Tree, word: Word) -> bool:
    return word.tag in {"WDT", "WP"} or tree.head(word).relation == "relcl" or bool(tree.dependents(word))


def _holds_a_clause(tree: Tree, verb: Word) -> bool:
    """Whether a clause hangs on the verb, or on its object: "reject claims that"."""
    held = [verb, *tree.dependents(verb, "dobj")]
    clauses = [clause for each in held for clause in tree.dependents(each, "ccomp", "acl")]
    return any(tree.dependent(clause, *SUBJECTS) for clause in clauses)


def _clause(tree: Tree) -> Iterator[str]:
    """Faults of the clause: no verb with a subject, a verb of saying, a denial, which a question never asks for."""
    roots = [word for word in tree.roots if word.pos != "PUNCT"]
    root = next((word for word in roots if tree.dependent(word, *SUBJECTS)), None)
    if root is None or not any(word.low == "will" for word in tree.dependents(root, "aux")):
        yield TWISTED
    elif root.lemma == "rule" and tree.dependent(root, "prt"):
        yield SAID  # "officials do not rule out a vote" foretells none
    elif root.lemma in SAYING and _holds_a_clause(tree, root):
        yield SAID
    elif tree.dependents(root, "neg"):
        yield TWISTED
