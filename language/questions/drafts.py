"""Drafts of questions from claims, for a curator to edit: a question the world can settle, criteria and deadline."""

import logging
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from language.questions import (
    clauses,
    criteria,
    form,
    guessed_verbs,
    processes,
    refusals,
    sources,
    subjects,
    timing,
    wordings,
)
from language.questions.clauses import SURENESS, AskedClause
from language.questions.wordings import QuestionWording
from language.sentences import actors, attribution, words
from language.syntax import parser
from language.syntax.trees import Tree
from language.time import deadlines, periods
from language.time.deadlines import Deadline
from language.weights import ModelUnavailable

log = logging.getLogger(__name__)

MOST_KEYWORDS = 8
MOST_ALIASES = 8
MOST_CHARACTERS = 400
FEWEST_DAYS = 180  # a year-end nearer than this leaves too little time to settle anything
OPENING = re.compile(
    r"(?:(?:However|Moreover|Meanwhile|Still|Instead|Also|And|But|Yet|So|Strategically|Indeed|One\s(?:after\sanother|by\sone)|Little\sby\slittle|Step\sby\sstep|In\saddition|As\sa\sresult),?\s)+"
    r"|(?:While|Although|Though|Despite|Given)\s[^,]{5,200},\s",
)
AFTERTHOUGHT = re.compile(
    r"\s(?:given|because|(?<!\bis\s)(?<!\bare\s)(?<!\bbe\s)(?<!\bwas\s)(?<!\bwere\s)due\sto|in\sspite\sof|despite|owing\sto|according\sto)\s[^.]{1,300}$|,\s(?:given|because|although|though|since|as|which|before\s\w+ing|followed\sby|rather\sthan|compared\swith|up\sfrom|down\sfrom)\s.{1,300}$"
)
# How sure the wording is stands beside the question as a figure; the question itself asks for the bare event.
SURE_AT_THE_HEAD = re.compile(rf"{SURENESS},?\s", re.IGNORECASE)
AS_SUBJECT = re.compile(
    r"\s(?:season|budget|vote|quarter|summit|meeting|session|report|elections|conference|will|would|may|might|could|is|looks|election|federal\selection)\b",
    re.IGNORECASE,
)
FEW_DAYS = 31  # a deadline this near to the one that is worded is the same
CUE = re.compile(r"\b(?:in|by|during|on|at|before|through|throughout|until|till)\s(?:the\s)?$", re.IGNORECASE)
TURNED = re.compile(
    r"\b(?:few|nobody|no\sone|none|little|den(?:y|ies|ied)|reject\w*|dismiss\w*|doubt\w*)\b", re.IGNORECASE
)
AT_LEAST = re.compile(r"[\s,]+(?:at\sleast|at\sthe\slatest|both|sometime|somewhere|already)$", re.IGNORECASE)
WILL = re.compile(r"\b(?:will|would|shall|may|might|could|should)\s", re.IGNORECASE)
VAGUE_TIME = re.compile(
    r",?\s(?:(?:very\s|fairly\s)?soon|shortly|before\s(?:too\s)?long|in\sdue\scourse|in\sthe\s(?:very\s)?near\sfuture|eventually|ultimately"
    r"|some\s?day|one\sday|at\ssome\spoint|sooner\sor\slater|in\sthe\s(?:end|long\srun)|going\sforward|from\snow\son)(?=[\s,.]|$)(?!\safter)"
)
POINTING = re.compile(
    r",?\s(?:in\sany\s(?:case|event)|(?:in|with)\s(?:that|this)\s(?:regard|respect|sense|context|way)|in\s(?:this|that)\scase|under\sthese\scircumstances)(?=[\s,.]|$)"
)
OF_A_NAME = re.compile(r"\bthe\s(?:19|20|21)\d\d(?:[-–/]\d{2,4})?$")
# "On 6 May 2027 and on 7 May 2027": what may come on either day comes by the last.
TWO_DAYS = re.compile(
    r"\b(?:both\s)?on\s\d{1,2}\s[A-Z]\w{2,8}\s\d{4}\s(?:and|or)\s(?:on\s)?(?P<last>\d{1,2}\s[A-Z]\w{2,8}\s\d{4})"
)
NOW = re.compile(r"\b(?P<verb>is|are|will|has|have)\snow(?=\s\w)")
SEEMING = re.compile(
    r"\b(?:looks?|seems?|appears?)\s(?=(?:\w{2,10}ly\s)?(?:(?:un)?likely|possible|probable|improbable|inevitable|impossible)(?!\s(?:to|that)\b))"
)
ON_THE_WAY = re.compile(
    r",\s(?:now|currently|already|formerly|previously|once|still)\s[^,]{1,60},(?=\s(?:will|would|may|might|could|should|is|are)\s)"
)
LEFT_OVER = re.compile(
    r"[\s,]+(?:at\sleast|at\sthe\slatest|both|sometime|somewhere|already|early|late|in|on|by|into|through|until|from|of|at|to)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftQuestion:
    """A question never asks for a denial: of "X will not sign" it asks whether X will, and `side` is "no".

    `statement` says in a declarative sentence what YES means, `headline` what the claim says. `sources` are kinds of
    sources to look at, `aliases` other wordings of each actor, `process` one of `processes`. Where `refusal` is not
    empty it says why the claim cannot be put to the world, and the wording is nothing to show. `missing` says in
    sentences what a person has to add before there is a question; question, statement and criteria are then empty.
    """

    headline: str
    question: str
    statement: str
    resolution_criteria: str
    side: str
    deadline: date
    keywords: tuple[str, ...]
    actors: tuple[str, ...]
    aliases: tuple[tuple[str, tuple[str, ...]], ...]
    sources: tuple[str, ...]
    process: str
    refusal: str
    missing: tuple[str, ...]


def draft(
    claim_text: str, *, published: date, deadline: date | None, kind: str, is_asked: bool = False
) -> DraftQuestion:
    """A first wording for a claim; without a deadline, to the end of this year, or of the next if that is near.

    `is_asked`: it comes from the question of a person, who knows whom "our" means.
    """
    claim_text = claim_text[:MOST_CHARACTERS]
    core, found = _core(claim_text, published, deadline)
    on = deadline or (found.on if found else None) or _year_end(published)
    clause = _clause(core)
    looks_ahead = kind != "verifiable" or (deadline is not None and deadline > published)
    is_past = clause is not None and (clause.tense == "past" or (clause.tense == "present" and not looks_ahead))
    refusal = refusals.why_not(
        claim_text,
        kind=kind,
        published=published,
        has_deadline=deadline is not None or found is not None,
        is_ahead=not is_past and (clause is not None or looks_ahead),
    )
    lacks: tuple[str, ...] = ()
    if looks_ahead and (clause is None or is_past):
        wording, lacks = QuestionWording("", "", "", processes.EVENT), (form.NOT_AHEAD if clause else form.NO_CLAUSE,)
    elif is_past or (clause is None and kind == "verifiable"):
        wording = _about_the_past(core, when=timing.full(on))
        lacks = form.missing(_tree(""), question=wording.question, statement=wording.statement)
    elif clause is None:
        wording, lacks = QuestionWording("", "", "", processes.EVENT), (form.NO_CLAUSE,)
    else:
        if clause.is_denied and found is not None and (start := _begins(found, published)) is not None:
            on, found = start, replace(found, words=f"by {timing.full(start)}")
        timed = timing.Timed(found.words if found else "", published, on, deadline is not None and found is None)
        wording = wordings.worded(clause, timed)
        lacks = form.missing(
            _tree(wording.statement), question=wording.question, statement=wording.statement, is_asked=is_asked
        )
        if clause.is_denied and timing.UNTIL.match(timed.words):
            lacks = (*lacks, form.NOT_UNTIL)
    if _is_untrue(refusal, clause, lacks):
        refusal = ""
    told = f"{clause.subject} will {clause.predicate}" if clause is not None else core
    names = actors.find(told) or actors.find(told if clause is not None else claim_text)
    is_whole = not lacks
    return DraftQuestion(
        headline=_opening(core if clause is None or is_past else wordings.told(clause) or core),
        question=wording.question if is_whole else "",
        statement=wording.statement if is_whole else "",
        resolution_criteria=wording.criteria if is_whole else "",
        side="no" if clause is not None and clause.is_denied and not is_past else "yes",
        deadline=on,
        keywords=_keywords(told, names),
        actors=tuple(sorted(names)),
        aliases=tuple((name, known) for name in sorted(names) if (known := _aliases(name, claim_text))),
        sources=sources.to_look_at(claim_text),
        process=wording.process,
        refusal=refusal,
        missing=() if refusal else lacks,
    )


def _begins(found: Deadline, published: date) -> date | None:
    """The last day on which what comes "not until" a period has not come; None for any other time."""
    if timing.UNTIL.match(found.words) is None:
        return None
    first = next((period.first for period in periods.find(found.words, published=published)), None)
    return first - timedelta(days=1) if first is not None and first - timedelta(days=1) > published else None


def _is_untrue(refusal: str, clause: AskedClause | None, lacks: tuple[str, ...]) -> bool:
    """Whether a reason by the words alone does not hold for what was drafted."""
    if refusal == refusals.MIND:
        return clause is not None and clause.tense == "future"
    if refusal != refusals.NOBODY:
        return False
    if lacks:
        return lacks != (form.NO_CLAUSE,)  # what is missing says it better
    return clause is not None and clause.subject.startswith(("there", "any"))


def _tree(sentence: str) -> Tree:
    """The tree of a sentence; one without words where the parser cannot be had."""
    try:
        return parser.parse([sentence])[0]
    except ModelUnavailable as missing:
        log.warning("Questions are drafted without syntax, less exactly: %s", missing)
        return Tree(sentence, ())


def _clause(core: str) -> AskedClause | None:
    tree = _tree(f"{core}.")
    if not tree.words:
        return clauses.by_rules(core)
    if (clause := clauses.read(tree) or clauses.by_rules(core, tree=tree)) is not None:
        return clause
    for wording in guessed_verbs.retold(core):
        other = _tree(wording)
        if guessed_verbs.is_retold(other, clause := clauses.read(other)):
            return clause
    return None


def _about_the_past(core: str, *, when: str) -> QuestionWording:
    told = subjects.inside(core)
    return QuestionWording(
        question=f"Is it true that {told}?",
        statement=f"{_opening(core)}.",
        criteria=(f"YES if {criteria.reporters(sources.official(core))} report by {when} that {told}. Otherwise NO."),
        process=processes.kind_of(core),
    )


def _year_end(published: date) -> date:
    end = date(published.year, 12, 31)
    return end if (end - published).days >= FEWEST_DAYS else date(published.year + 1, 12, 31)


def _core(claim: str, published: date, deadline: date | None) -> tuple[str, Deadline | None]:
    """The bare assertion: no connective, attribution, reason, deadline or full stop; and the deadline it named."""
    core = " ".join(claim[:MOST_CHARACTERS].split()).strip("\"“”'‘’ ")
    core = core.rstrip(".!?…;:, ")
    core = OPENING.sub("", core, count=1) if OPENING.match(core) else core
    told = attribution.without(core).strip('"“”, ')
    is_cut_short = WILL.search(core) is not None and WILL.search(told) is None
    core = core if is_cut_short or TURNED.search(core.replace(told, "")) else told
    cut = AFTERTHOUGHT.sub("", core)
    core = cut if cut.count("‘") <= cut.count("’") and cut.count("“") <= cut.count("”") else core
    core = SURE_AT_THE_HEAD.sub("", core, count=1) if SURE_AT_THE_HEAD.match(core) else core
    core = TWO_DAYS.sub(r"by \g<last>", ON_THE_WAY.sub("", core))
    core = SEEMING.sub("is ", NOW.sub(r"\g<verb>", core))
    core = VAGUE_TIME.sub("", POINTING.sub("", core))
    found = deadlines.find(core, published=published)
    found = found or _period(core, published, deadline)
    if found is None or found.on is None or (AS_SUBJECT.match(core, found.end) and not _stands_apart(core, found)):
        return _tidy(core), None
    if OF_A_NAME.search(core, 0, found.end) and re.match(r"\s\w", core[found.end :]):
        return _tidy(core), None  # "the 2026-27 season" is no time of its own
    is_other = deadline is not None and abs((deadline - found.on).days) > FEW_DAYS
    if is_other and not timing.ENDING.match(found.words):
        return _tidy(core), None
    has_cue = timing.CUED.match(found.words) is not None
    before = (AT_LEAST if has_cue else LEFT_OVER).sub("", core[: found.start].rstrip(" ,"))
    return _tidy(f"{before}{core[found.end :]}"), found


def _stands_apart(core: str, found: Deadline) -> bool:
    """Whether a day before the verb is no subject of its own: "a deal by June is likely"."""
    is_noun = re.match(r"\s(?:will|would|may|might|could|is|looks)\b", core[found.end :]) is None
    return not is_noun and found.start > 0 and timing.BY.match(found.words) is not None


def _period(core: str, published: date, deadline: date | None) -> Deadline | None:
    """The words of a period that ends with the deadline: "in 2027"."""
    for period in periods.find(core, published=published):
        cue = CUE.search(core, 0, period.start)
        if cue is not None and period.dated and period.last == deadline:
            return Deadline(core[cue.start() : period.end], cue.start(), period.end, period.last)
    return None


def _tidy(core: str) -> str:
    return " ".join(core.split()).replace(" ,", ",").strip(" ,;")


def _aliases(name: str, claim: str) -> tuple[str, ...]:
    """Other wordings of an actor: those of the table, or the last name of a person."""
    listed = sorted(wording for wording, known in actors.table().items() if known == name and wording != name)
    if listed:
        return tuple(listed[:MOST_ALIASES])
    last = name.rsplit(" ", 1)[-1]
    return (last,) if last != name and not claim.isupper() else ()


def _opening(core: str) -> str:
    """A clause as it stands at the head of a sentence."""
    return core[:1].upper() + core[1:]


def _keywords(claim: str, names: frozenset[str]) -> tuple[str, ...]:
    """Actors as the claim words them, then its rarest words, at most eight."""
    rarity = words.news_rarity()
    parts = {part.lower() for name in names for part in name.split()}
    rest = {
        word for word in words.tokens(claim)
        if len(word) > 3 and word not in words.STOP_WORDS and word not in parts and not word.isdigit()
        and word.title() not in actors.table()
    }  # fmt: skip
    ranked = sorted(rest, key=lambda word: (-rarity.idf(words.stem(word)), word))
    return tuple([*sorted(names), *ranked][:MOST_KEYWORDS])
