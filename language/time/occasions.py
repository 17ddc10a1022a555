"""Occasions a claim waits for whose day its wording does not name: "before the election", "until the war ends", "soon".

They keep their wording and get no day, unless the text names the day elsewhere ("the election on 3 November").
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from language.time import periods

HEADS = (
    r"elections?|vote|votes|ballot|polls|referendum|primar(?:y|ies)|midterms|run-?off|summits?|meeting|conference|talks"
    r"|negotiations|trial|hearing|verdict|ruling|inauguration|budget|launch|games|olympics|world\scup|tournament|final"
    r"|congress|session|ceremony|visit|war|conflict|crisis|pandemic|ceasefire|truce|deal|treaty|agreement|pact|season"
    r"|term(?:\sof\soffice)?|mandate|presidency|campaign|strike|holidays?|recess|review|inquiry|investigation|deadline|transition|harvest"
    r"|debates?|match(?:es)?|fight|bout|race|derby|semi-?final|quarter-?final|caucus(?:es)?|awards|results?"
    r"|ramadan|eid|diwali|lunar\snew\syear|chinese\snew\syear|merger|takeover|sale|festival|census|withdrawal"
)
# What stands between an article and the head: at most three words.
SOME = r"(?:[^\s,.;:]{1,24}\s){0,3}?"
TAIL = r"(?:\s(?:ends?|is\sover|begins?|starts?|opens?|concludes?|(?:is|are|has\sbeen|have\sbeen|comes)\s\w{2,20}))?"
PROPER = r"ramadan|eid|diwali|hanukkah|passover"
A = r"(?:the|a|an|his|her|its|their|this|next|any|another|(?:this|next)\s(?:year|month|week)['’]s)\s"
EVENT = rf"(?:{A}{SOME}(?P<head>{HEADS})\b{TAIL}|(?P<proper>{PROPER})\b)"
NAMELESS = re.compile(
    r"(?<!\w)(?:(?:by|before|until|since)\sthen\b"
    r"|until\sfurther\snotice|(?:for|in|over)\sthe\s(?:foreseeable|near|distant|immediate|not[\s-](?:too|so)[\s-]distant)\sfuture"
    r"|in\sthe\s(?:long|short|medium)(?:er)?[\s-](?:run|term)|over\sthe\s(?:long|short|medium)(?:er)?[\s-](?:run|term)"
    r"|in\sdue\scourse|sooner\sor\slater|before\s(?:too\s)?long|at\ssome\s(?:point|stage)|some\sday|someday|one\sday"
    r"|in\s(?:the\s)?(?:years|months|weeks)\snot\sdays|indefinitely|eventually|ultimately|soon(?!er)|shortly(?!\s(?:after|before))"
    r"|imminently|(?:as\slong\sas|while)\s(?:he|she|it)\s(?:is|stays|remains|lives)(?:\s(?:in\s(?:office|power)|alive))?)\b",
    re.IGNORECASE,
)
WAITING = re.compile(
    r"(?<!\w)(?:(?:(?:until|till)\safter|(?:well\s|just\s|shortly\s|right\s)?(?:before|after)|until|till|ahead\sof|prior\sto|pending|by|at|during|once|when"
    r"|as\ssoon\sas)"
    r"|in\stime\sfor|in\sthe\srun-?up\sto|no\slater\sthan|not\slater\sthan|by\sthe\stime(?:\sof)?)"
    rf"\s{EVENT}",
    re.IGNORECASE,
)
CLAUSE = re.compile(
    r"(?<!\w)(?:until|till|by\sthe\stime|unless\sand\suntil|as\ssoon\sas|the\smoment)\s(?=[A-Za-z])"
    r"(?:[^\s,.;:()]{1,24}\s){0,8}?[^\s,.;:()]{1,24}(?=[,.;:()]|$)",
    re.IGNORECASE,
)
# What the wording waits for is over, or only told of, without one of these.
AHEAD = re.compile(
    r"\b(?:will|would|shall|won['’]t|(?-i:may)|might|could|should|must|cannot|can['’]t|going\sto|expects?|expected|plans?"
    r"|(?:is|are|set|wants?|has|have|needs?|pledged|promised|agreed|hopes?|aims?|vows?|vowed|planned)\sto|due|scheduled"
    r"|likely|unlikely|remains?|stays?|continues?|begins?|starts?|ends?|expires?|returns?)\b|['’]ll\b",
    re.IGNORECASE,
)
BEFORE = re.compile(r"(?:well\s|just\s|shortly\s|right\s)?(?:before|ahead\sof|prior\sto)\b", re.IGNORECASE)
NAMES_AFTER = re.compile(rf"(?:['’]s)?\s(?:[^\s,.;:]{{1,24}}\s){{0,3}}?(?P<head>{HEADS})\b", re.IGNORECASE)
NAMES_BEFORE = re.compile(
    rf"\b(?P<head>{HEADS})\b,?\s(?:(?:in\s[A-Z]\w{{1,20}}|which|that|is|are|will|be|to|due|scheduled|set|planned|expected|held|takes?"
    r"|taking|place|slated|announced|declared|known|published|released|counted|begins?|starts?|opens?|ends?|called|fixed|now|currently)\s){0,5}(?:(?:on|in|for|by)\s)?(?:the\s)?$",
    re.IGNORECASE,
)
REACH = 90


def find(text: str, *, dated: dict[str, tuple[date, date]]) -> tuple[re.Match[str], date | None] | None:
    """The wording of the first occasion that `text` waits for, looking ahead, and the last day it leaves.

    The day is None where that of the occasion is not known; `dated` comes from `days`. Linear time.
    """
    if not AHEAD.search(text):
        return None
    matches = [match for pattern in (WAITING, NAMELESS, CLAUSE) if (match := pattern.search(text)) is not None]
    if not matches:
        return None
    match = min(matches, key=lambda match: (match.start(), -match.end()))
    head = head_of(match.groupdict().get("head") or "")
    day = dated.get("then" if match.group().lower().endswith(" then") else head)
    on = None
    if day is not None:
        is_eve = BEFORE.match(match.group()) is not None and day[0] == day[1]
        on = day[1] - timedelta(days=1) if is_eve else day[1]
    return match, on


def days(texts: Iterable[str], *, published: date) -> dict[str, tuple[date, date]]:
    """First and last day of each occasion that the sentences of an article date, by its head noun in the singular.

    An occasion that is dated in two ways is left out: nobody could say which is meant.
    """
    dated: dict[str, tuple[date, date]] = {}
    twice: set[str] = set()
    for text in texts:
        for period in periods.find(text, published=published):
            if period.last < published:
                continue
            after = NAMES_AFTER.match(text, period.end, period.end + REACH)
            before = NAMES_BEFORE.search(text, max(0, period.start - REACH), period.start)
            if (match := after or before) is None:
                continue
            head, day = head_of(match["head"]), (period.first, period.last)
            if dated.setdefault(head, day) != day:
                twice.add(head)
    return {head: day for head, day in dated.items() if head not in twice}


def head_of(words: str) -> str:
    """The noun of an occasion in the singular; a vote is an election."""
    head = re.sub(r"\s+", " ", words.lower())
    if head in {"vote", "votes", "ballot", "polls", "elections", "midterms"}:
        return "election"
    return head.removesuffix("s") if not head.endswith("ss") else head
