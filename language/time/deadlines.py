"""Deadlines: the wording that says until when a sentence looks ahead, and the day it means.

A grammar of its own, since general date libraries read fewer than half of such phrases. A named period ("by March", "in
2027") ends on its last day, "before March" on the eve of its first; vague spans ("in the coming weeks") get a generous
end, so that nobody is judged too early. Seasons are northern but where the text names a place in the south.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from language.time import occasions, periods
from language.time.frames import Frame

CUES = (
    r"by\sor\sbefore|no\slater\sthan|not\slater\sthan|as\s(?:early|soon|late)\sas|at\sthe\slatest\sby|between\snow\sand"
    r"|ahead\sof|through(?:out)?|prior\sto|up\sto|before|until|till|til|by|within|during|over|in|on|for|at|come|inside"
)
CUE = re.compile(
    rf"(?<!\w)({CUES})\s{{1,3}}(?:(?:at\sleast|about|around|roughly|sometime\sin)\s)?(?:the\s{{1,3}})?$", re.IGNORECASE
)
OWN_CUE = re.compile(
    r"(?:in|within|inside|this|today|tonight|tomorrow|between|from|for|another|at|the\sday\safter|(?:a|one)\sweek\s)\b",
    re.IGNORECASE,
)  # phrases that need theirs to be read at all
LEAD = 48  # how far back the words that govern a phrase are looked for
HARD = frozenset(str.split("by before until till til within inside")) | {
    "by or before", "no later than", "not later than", "ahead of", "prior to", "at the latest by", "between now and",
}  # fmt: skip
EVE = frozenset({"before", "ahead of", "prior to"})
ENDING = re.compile(
    r"(?:the\s)?(?:end|close|turn|year|(?:week|month|quarter|decade|century)(?:['’]s|-|\sis)\s?)", re.IGNORECASE
)
BACKWARD = re.compile(
    r"(?<!\w)(?:since|after|past|(?<!will\s)(?<!would\s)(?<!may\s)(?<!might\s)(?<!could\s)(?<!to\s)(?<!not\s)(?<!can\s)last|previous|earlier|from|dated|following)\s{1,3}(?:the\s{1,3})?$",
    re.IGNORECASE,
)
# "said on Friday", "the first time in two years": the phrase belongs to what has been.
TOLD = re.compile(
    r"(?<!\w)(?<!\bbe\s)(?:said|told(?:\s\w{1,20}){1,2}|announced|wrote|spoke|met|took|made|came|went|fell|rose|won|lost|became|was|were"
    r"|began|reported|warned|added|(?:first|second|third|worst|best|highest|lowest|biggest|largest|longest|only)(?:\s\w{1,20}){0,2})"
    r"\s{1,3}(?:(?:in|on|during|at|for|over|within)\s{1,3})?(?:the\s{1,3})?$",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\b(?:will|would|shall|won['’]t|(?-i:may)|might|could|should|must|going\sto|expects?|expected|plans?|planned|due"
    r"|(?:is|are|set|vowed|wants?|have|has|needs?|pledged|promised|agreed|hopes?|aims?|vows?)\sto|scheduled|likely"
    r"|unlikely|slated|targets?|until|forecasts?|projected|projects?|opens?|begins?|starts?|ends?|expires?|returns?"
    r"|(?<!as\s)(?<!if\s)possible|probable)\b|['’]ll\b",
    re.IGNORECASE,
)
# "Not before June" is when something may begin, not until when.
FLOOR = re.compile(
    r"\b(?:(?:not|no|never)\s(?:before|earlier\sthan|sooner\sthan|until|till)|from|starting|beginning|as\sof|effective)"
    r"\s{1,3}(?:(?:in|on|the)\s{1,3}){0,2}$",
    re.IGNORECASE,
)
EARLIEST = re.compile(r"\s{1,3}at\sthe\s(?:very\s)?earliest\b", re.IGNORECASE)
# Verbs that tell on which day something was said or settled.
REPORTED = re.compile(
    r"(?<!\bbe\s)(?<!\bbeen\s)(?<!\bis\s)(?<!\bare\s)\b(?:said|told|ruled|announced|warned|reported|predicted|forecast|wrote|argued|insisted|confirmed|estimated|added"
    r"|noted|stated|pledged|promised|declared|found|decided|agreed|voted|learn(?:ed|t)|tweeted|claimed|conceded|admitted"
    r"|denied|rejected|dismissed|vowed|projected|hinted|suggested|indicated|signal+ed|revealed|concluded|cautioned)\b"
    r"(?!\sby\b)",
    re.IGNORECASE,
)
# "Results will come Saturday", "Friday will bring rain"; "the Sunday Times will print it" names no day.
BARE_DAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:\s(?:night|morning|afternoon|evening))?"
    r"(?=$|[.,;:!?)”\"]|\s(?:will|could|may|might|and|or|to|into|through|with|after|before|in|at|for|as|when|if)\b)",
    re.IGNORECASE,
)
BEFORE_DAY = re.compile(r"(?:^|[a-z,;]\s|[.!?]\s)$")
# "Hit its 2030 emissions target", "on course for the 2030 goal".
TARGET = re.compile(
    r"(?:\s[\w%'’-]{1,24}){0,4}?\s(?:targets?|goals?|commitments?|pledges?|ambitions?|quotas?|milestones?)\b",
    re.IGNORECASE,
)
AIMED = re.compile(
    r"\b(?:hit|hits|hitting|meet|meets|meeting|miss|misses|missing|reach|reaches|reaching|achieve|achieves|achieving|exceed"
    r"|beat|surpass|attain|fulfil|deliver|fall(?:s|ing)?\sshort\sof|(?:track|course)\sfor)\s(?:[\w'’-]{1,24}\s){0,3}$",
    re.IGNORECASE,
)
MIDDLE = re.compile(r"(?:the\s)?mid(?:dle)?\b", re.IGNORECASE)
NEAR = re.compile(r"day\b|\bto(?:night|morrow)|week|hour", re.IGNORECASE)
A_MONTH = 27
MOST_CANDIDATES = 500


@dataclass(frozen=True, slots=True)
class Deadline:
    """The wording (`text[start:end]`) and the last day it leaves; `on` is None where it waits for an occasion that
    nobody has dated ("before the election"), which leaves the end open. Where a heading gives the day, `words` are the
    heading's, and `start == end`.
    """

    words: str
    start: int
    end: int
    on: date | None


def find(
    text: str,
    *,
    published: date,
    dated: dict[str, tuple[date, date]] | None = None,
    frame: Frame | None = None,
) -> Deadline | None:
    """The deadline `text` names, seen from the day it was published; None where it names none or a past one.

    Of several, one said with "by", "before", "until" or "within" wins over a bare "in 2027", and then the first. One
    with a day wins over one that waits for an occasion; `dated` are occasions whose days are known, by head noun.
    Where the text names none, the `frame` of its heading does; and "by June" under "Predictions for 2028" is of 2028.
    """
    own = _own(text, published=published, dated=dated or {})
    if frame is None or (own is not None and (own.on is None or own.on >= frame.first)):
        return own
    if own is None:
        return of_frame(frame)
    is_near = NEAR.search(own.words) is not None or (frame.last - frame.first).days < A_MONTH
    return own if is_near else _own(text, published=frame.first, dated=dated or {}) or own


def of_frame(frame: Frame) -> Deadline:
    """The deadline that a heading gives to what names none."""
    return Deadline(frame.words, 0, 0, frame.last)


def _own(text: str, *, published: date, dated: dict[str, tuple[date, date]]) -> Deadline | None:
    if (named := _named(text, published)) is not None:
        return named
    occasion = occasions.find(text, dated=dated)
    if occasion is None:
        return None
    match, on = occasion
    return None if on is not None and on < published else Deadline(match.group(), match.start(), match.end(), on)


def _named(text: str, published: date) -> Deadline | None:
    best: Deadline | None = None
    best_rank = 0
    for deadline, rank in _candidates(text, published):
        if rank > best_rank:
            best, best_rank = deadline, rank
        if rank == 3:
            break
    return best


def _candidates(text: str, published: date) -> Iterator[tuple[Deadline, int]]:
    looks_ahead = AHEAD.search(text) is not None
    told_before, told_after = _told(text)
    for period in periods.find(text, published=published)[:MOST_CANDIDATES]:
        lead = text[max(0, period.start - LEAD) : period.start]
        if period.end <= told_before or period.start >= told_after:
            continue
        if FLOOR.search(lead) or EARLIEST.match(text, period.end):
            continue
        own = OWN_CUE.match(text, period.start, period.end)
        cue = None if own and own.group().lower().startswith("with") else CUE.search(lead)
        word = _plain(cue.group(1)) if cue else _plain(own.group()) if own else ""
        is_day = looks_ahead and BARE_DAY.match(text, period.start) and BEFORE_DAY.search(lead)
        if is_day and not lead.rstrip().endswith("the"):
            word = word or "on"
        if not word and period.dated and AIMED.search(lead) and TARGET.match(text, period.end):
            word = "by"
        if not _points_forward(period, lead, word, looks_ahead, published):
            continue
        on = _last_day(period, word, text)
        if on < published:
            continue
        start = period.start - len(lead) + cue.start() if cue else period.start
        rank = 3 if word in HARD else 2 if period.ahead or word else 1
        yield Deadline(text[start : period.end], start, period.end, on), rank


def _last_day(period: periods.Period, word: str, text: str) -> date:
    """The eve of a period for "before", its last day for else; "by the mid-2030s" is by the end of 2035."""
    if word in EVE and not ENDING.match(text, period.start):
        return period.first - timedelta(days=1)
    if word in HARD and MIDDLE.match(text, period.start):
        if period.last.year - period.first.year == 2:
            return period.last.replace(year=period.last.year - 1)
        if (period.first.month, period.last.month) == (5, 8):  # of a year
            return date(period.first.year, 6, 30)
    return period.last


def _told(text: str) -> tuple[int, int]:
    """Until where, and from where on, a sentence's time words belong to the verb of saying ("On Monday the court ruled
    that", ", she told a rally in May"); 0 and the end where they do not.
    """
    before, after = 0, len(text)
    for verb in list(REPORTED.finditer(text))[:3]:
        is_ahead = AHEAD.search(text, verb.end()) is not None
        if is_ahead and AHEAD.search(text, 0, verb.start()) is None:
            before = verb.start()
        if not is_ahead and re.search(r"[,”\"]", text[: verb.start()]) and AHEAD.search(text, 0, verb.start()):
            after = min(after, verb.start())
    return before, after


def _points_forward(period: periods.Period, lead: str, word: str, looks_ahead: bool, published: date) -> bool:
    if not word and not period.ahead and (not period.dated or period.end - period.start == len("2030")):
        return False
    if word not in HARD and BACKWARD.search(lead):
        return False
    if period.first > published and period.dated:
        return True
    if TOLD.search(lead):
        return False
    # "in November" and "this year" may as well tell what was.
    return period.ahead or word in HARD or looks_ahead


def _plain(words: str) -> str:
    return " ".join(words.lower().split())
