"""Frame of a claim: the sign of what it says will happen, whether that is to last, who does it, and until when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from language import wordlists
from language.sentences import words
from language.stance.reading import outcomes, schedule, thresholds
from language.stance.reading.outcomes import Cue
from language.stance.reading.schedule import Term
from language.stance.reading.thresholds import Comparison, Threshold

SETTLING = wordlists.words(outcomes.LISTS["conflicts"]["settling"])
DATED = re.compile(
    r"\b(?:20\d\d|(?:this|the|next)\s(?:year|month|spring|summer|autumn|fall|winter|season)|by|before|until|month"
    r"|January|February|March|April|June|July|August|September|October|November|December)\b"
)
HOLDS = re.compile(r"\b(?:holds?|survives?)\b(?=\s(?:through|until|till|for|into|to|past|in|the)\b|[.,]?$)")
MATTER = re.compile(
    r"\b(?:referendum|vote|talks|poll|ballot|debate|summit|hearing|bill|motion|law)\s(?:on|about|over|to)\s(?:the\s|a\s)?(\w{3,20})"
)  # "a referendum on leaving"
WITHOUT = re.compile(
    r"(?<!be\s)(?<!do\s)(?<!go\s)(?<!stay\s)(?<!remain\s)\bwithout\s(?:(?:a|an|any|the)\s)?\w{1,20}\b(?=.{6})"
)  # "by train without a change"
TRUCES = frozenset(("ceasefire", "truce", "armistice", "peace"))
NAMED = re.compile(r"[\"“”][^\"“”]{1,80}[\"“”]")
ASIDE = re.compile(r",\s(?:which|who|where)\s[^,]{1,150}(?:,|$)")
DENYING = frozenset(("negation", "absence"))
# A verb of these says nothing by itself.
EMPTY_VERBS = words.stems(
    "be have make take set get go do come see hold reach lead remain stay keep continue become give put"
)
MOST_OF_PREDICATE = 8
PASSED_OVER = frozenset(str.split("not never no a an the its their his her to be been being also again still soon"))
VERB = re.compile(r"\b(?:will|won['’]t|would|is|are|was|were|has|have|remains?|stays?|keeps?|holds?|continues?|to)\b")


@dataclass(frozen=True, slots=True)
class ClaimFrame:
    """`sign` of what the claim says comes about; `denied` where that is that something will not happen; `lasting`
    where it says that things stay as they are. `neutral` are stems of the matter's own nouns, `doers` of its subject.
    `conflict`: it is about a strike or a war. `echoes` are stems of its own verb. `dated`: it names its time itself.
    """

    sign: int
    denied: bool
    lasting: bool
    settling: bool
    conflict: bool
    contest: bool
    neutral: frozenset[str]
    doers: frozenset[str]
    echoes: frozenset[str]
    stems: frozenset[str]
    threshold: Threshold | None
    comparison: Comparison | None
    term: Term
    year: int | None
    dated: bool


@lru_cache(maxsize=4_096)
def of(claim: str, question: str, *, deadline: date | None, opens: date | None, published: date | None) -> ClaimFrame:
    """The frame of a claim; `published` is a day when nothing else dates it."""
    claim = WITHOUT.sub(" ", ASIDE.sub(" ", NAMED.sub(" ", claim)))
    verb = VERB.search(claim)
    subject = claim[: verb.start()] if verb else claim[:40]
    conflict = any(words.stem(word) in outcomes.CONFLICTS for word in words.tokens(claim))
    low = set(words.tokens(claim))
    settling = bool(TRUCES & low) or (
        conflict and any(stemmed in {words.stem(word) for word in low} for stemmed in map(words.stem, SETTLING))
    )
    neutral = frozenset(
        words.stem(cue.text)
        for clause in outcomes.read(subject)
        for cue in clause.cues
        if cue.text in outcomes.LEAVES or cue.kind.endswith("_noun")
    ) | words.stems(" ".join(MATTER.findall(claim)))
    clauses = outcomes.read(claim, neutral=neutral, settling=settling)
    cues = [cue for clause in clauses for cue in clause.cues]
    denied = sum(cue.kind in DENYING or cue.text.startswith("fail") for cue in cues) % 2 == 1
    lasting = next((cue.place for cue in cues if cue.role == outcomes.LASTS), None)
    refused = lasting is not None and sum(cue.role == outcomes.STOPS and cue.place < lasting for cue in cues) % 2 == 1
    sign = 1
    for clause in clauses:
        if clause.sign < 0 and clause.weight > outcomes.JOINED:
            sign = -sign
    said_on = opens or published or date(2000, 1, 1)
    threshold = thresholds.of_claim(claim, said_on=said_on)
    return ClaimFrame(
        sign=sign,
        denied=denied and not refused,  # what shall not last is to happen
        lasting=(lasting is not None and not refused) or bool(HOLDS.search(claim)),
        settling=settling,
        conflict=conflict,
        contest=any(cue.kind.startswith("won") for cue in cues)
        or bool(
            re.search(
                r"\b(?:president|premier\w*|majority|champions?|final|quarter-finals?|semi-finals?|title|cup|hosts?|leader(?:ship)?|nominat\w{2,4}|head|chief|chair\w{0,6}|secretary|director|coach|speaker|mayor|governor|award|prize|contract)\b",
                claim,
                re.IGNORECASE,
            )
        ),
        neutral=neutral,
        doers=words.stems(subject),
        echoes=_echoes(claim[verb.end() :] if verb else "", cues),
        stems=words.stems(claim),
        threshold=threshold,
        comparison=None if threshold else thresholds.comparison(claim),
        year=schedule.year_of(claim),
        dated=bool(DATED.search(claim)),
        term=schedule.term(claim, question, deadline=deadline, opens=opens, published=published),
    )


def _echoes(predicate: str, cues: Sequence[Cue]) -> frozenset[str]:
    """Stems of the verb behind "will", and of what it governs where it denies something ("avoid a default")."""
    telling = [word for word in words.tokens(predicate)[:MOST_OF_PREDICATE] if word not in PASSED_OVER]
    denying = {word for cue in cues if cue.kind in DENYING or cue.text.startswith("fail") for word in cue.text.split()}
    governed = next((word for word in telling if word not in denying), "")
    if not re.search(rf"\b{re.escape(governed)}\b", predicate):  # a name ("turn to Beijing") is no verb
        return frozenset()
    return words.stems(governed) - EMPTY_VERBS
