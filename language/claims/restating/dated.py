"""Relative words of time in a claim, put in dates: "next year" is "in 2027", "on Friday" is "on 27 March 2026"."""

import re
from datetime import date, timedelta

from language.time import periods
from language.time.deadlines import Deadline

YEAR = re.compile(r"(?:19|20|21)\d\d")
LAST = re.compile(
    r"(?:\b(?P<governed>of|since|until|from|by|to|than|after|before|in\s[A-Z]\w{2,8})\s)?"
    r"\b(?P<word>yesterday|(?:earlier\s)?today|tonight|last\s(?:year|month))\b(?!['’]s|\s(?:morning|afternoon|evening|night))",
    re.IGNORECASE,
)
CUE = re.compile(
    r"(?P<cue>\b(?:by|before|until|till|through|throughout|during|within|over|in|on|for|at|of|since|from|after|into|sometime\sin|somewhere"
    r"|some\stime|sometime|as\searly\sas|no\slater\sthan|not\slater\sthan|ahead\sof|prior\sto|later|beyond|past)(?:\sat\sthe\slatest)?\s)(?P<the>the\s)?$",
    re.IGNORECASE,
)
OWNED = re.compile(r"['’]s?\s(?=[A-Za-z])")
NOUN_AFTER = re.compile(
    r"\s(?=(?:quarter|election|elections|vote|meeting|summit|season|report|budget|deadline|auction|final|session|conference)\b)"
)
UNTIL = frozenset({"until", "till", "through"})
POINTS = frozenset({"beyond", "past", "before", "ahead of", "prior to", "since", "from", "after", "of", "into"})
VAGUE = re.compile(
    r"\b(?:coming|ahead|years|months|weeks|days|decades|more|another|least)\b|^(?:in|within)\b", re.IGNORECASE
)
NAMED = re.compile(r"(?P<season>spring|summer|autumn|fall|winter)|(?P<end>end|close|turn)\b", re.IGNORECASE)
DAY_BRINGS = re.compile(
    r"(?P<day>(?:\d{1,2}\s)?(?:[A-Z][a-z]{2,8}\s)?(?:19|20|21)\d\d)\s(?:will|should|may|could|might|is\slikely\sto|is\sexpected\sto)\s(?:(?:likely|probably|also)\s)?"
    r"(?:feature|bring|see|deliver|produce|mark)\s(?P<what>(?:an?|some|more|heavy|strong|new|widespread|\w+s)\s.{3,250})$"
)
PART_OF_DAY = re.compile(
    r"\s(?P<part>morning|afternoon|evening|night)\b(?:(?:['’]s)?\s(?P<what>debate|session|vote|meeting|game|match|show|election|summit|final)\b)?"
)
IS_SUBJECT = re.compile(r"\s(?:will|would|may|might|could|should|is|looks|brings|promises)\b")


def absolute(text: str, *, published: date, deadline: Deadline | None = None) -> str:
    """The text with each relative time in dates, seen from the day of publication; what has its year stays."""
    for period in reversed(periods.find(text, published=published)):
        if (
            deadline
            and deadline.on
            and deadline.on != period.last
            and text[period.start : period.end] in deadline.words
        ):
            continue  # read within a frame: "this year" of a season
        if period.dated or YEAR.search(text, period.start, period.end) or _is_verb(text, period):
            continue
        part = PART_OF_DAY.match(text, period.end) if period.first == period.last else None
        text = _of_a_part(text, period, part) if part else _dated(text, period, published)
    if deadline and deadline.on and deadline.words in text and not YEAR.search(deadline.words):
        cue = "until" if deadline.words.lower().startswith(("until", "till", "for ", "through")) else "by"
        undated = re.compile(
            rf"{re.escape(deadline.words)}(?!,?\s(?:(?:19|20|21)\d\d|quarter|half|will|would|may|might|could|should)\b)"
        )
        text = undated.sub(f"{cue} {day(deadline.on)}", text, count=1)
    return _of_a_day(LAST.sub(lambda match: _past(match, published), text))


def _of_a_day(text: str) -> str:
    """ "13 March 2026 will bring a storm" as what there will be on that day."""
    seen = DAY_BRINGS.match(text)
    if seen is None:
        return text
    cue = "on" if seen["day"][0].isdigit() and " " in seen["day"] else "in"
    return f"There will be {seen['what'].rstrip('.')} {cue} {seen['day']}."


def day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def named(first: date, last: date, *, words: str = "") -> str:
    """A span of days by its name: "2027", "March 2027", "the second quarter of 2027"; else by its last day."""
    season = NAMED.search(words)
    if first == last:
        return day(last)
    if season and season["season"]:
        return f"{season['season'].lower()} {last.year}"
    length = (last - first).days + 1
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        if months == 1:
            return f"{last:%B %Y}"
        if months == 12 and first.month == 1:
            return str(last.year)
        if months in (3, 6) and (first.month - 1) % months == 0:
            nth = ("first", "second", "third", "fourth")[(first.month - 1) // months]
            return f"the {nth} {'quarter' if months == 3 else 'half'} of {last.year}"
        if length > 3600 and first.year % 10 == 0:
            return f"the {first.year}s"
    return ""


def _is_verb(text: str, period: periods.Period) -> bool:
    """Whether "fall" or "spring" stands alone, where it may be what prices do."""
    is_bare = text[period.start : period.end].lower() in {"fall", "spring", "autumn", "winter", "summer"}
    return is_bare and CUE.search(text[: period.start]) is None


def _dated(text: str, period: periods.Period, published: date) -> str:
    words = text[period.start : period.end]
    before, after = text[: period.start].removesuffix("this ").removesuffix("This "), text[period.end :]
    cue = CUE.search(before)
    name = named(period.first, period.last, words=words)
    if owned := OWNED.match(after):
        label = str(period.last.year) if name == str(period.last.year) else name
        head = before if re.search(r"\b(?:the|its|his|their|our)\s$", before) else f"{before}the "
        return f"{head}{label} {after[owned.end() :]}" if label else text
    if name and NOUN_AFTER.match(after) and re.search(r"\b(?:the|its|this|a)\s$", before):
        return f"{before}{name.removeprefix('the ')}{after}"
    if not cue and name and IS_SUBJECT.match(after):
        return f"{before}{name}{after}"
    if not cue and IS_SUBJECT.match(after):
        return f"{before}{words} {period.last.year}{after}" if words[:1].isupper() else text
    head = before[: cue.start()] if cue else before
    if not name and VAGUE.search(words):
        return _at_the_end(head, after, period.last)
    word = " ".join(cue["cue"].lower().split()) if cue else ""
    if word in POINTS and name:
        return f"{head}{cue['cue']}{name}{after}" if cue else text
    if word in UNTIL or words.lower().startswith(("for ", "another", "until")):
        return f"{head}until {day(period.last)}{after}"
    if word in {"by", "as early as", "no later than", "not later than", "before", "within"} or not name:
        return f"{head}{_capital('by', head)} {day(period.last)}{after}"
    if period.first == period.last:
        return f"{head}{_capital('on', head)} {name}{after}"
    return f"{head}{_capital(_in(word), head)} {name}{after}"


def _of_a_part(text: str, period: periods.Period, part: re.Match[str]) -> str:
    """ "By the night of 28 September 2026" for "by Monday night", "the debate on the night of" for its debate."""
    before, after = text[: period.start].removesuffix("this ").removesuffix("This "), text[part.end() :]
    when = f"the {part['part']} of {day(period.last)}"
    if part["what"]:
        head = re.sub(r"\b(?:[Tt]he|[Aa])\s$", "", before)
        return f"{head}{_capital('the', head)} {part['what']} on {when}{after}"
    cue = re.search(r"\b(?P<word>by|until|before|after|from|since|on)\s$", before, re.IGNORECASE)
    head = before[: cue.start()] if cue else before
    return f"{head}{_capital(cue['word'].lower() if cue else 'on', head)} {when}{after}"


def _at_the_end(before: str, after: str, last: date) -> str:
    """ "Over coming quarters, growth will slow" says that it will slow by the last day of them."""
    whole = f"{before.rstrip(' ,')}{after if before.strip() else after.lstrip(' ,')}"
    stop = "." if whole.endswith(".") else ""
    return f"{whole.removesuffix('.')} by {day(last)}{stop}"


def _in(word: str) -> str:
    return word if word in {"during", "throughout", "over"} else "in"


def _capital(word: str, before: str) -> str:
    return word if before.strip() else word.capitalize()


def _past(match: re.Match[str], published: date) -> str:
    """ "On 8 May 2025" for "yesterday"; "of 8 May 2025" for "of yesterday"."""
    word, governed = match["word"].lower(), match["governed"]
    back = 1 if word.startswith("last") or word == "yesterday" else 0
    if word.endswith("year"):
        on, cue = str(published.year - back), "in"
    elif word.endswith("month"):
        on, cue = f"{published.replace(day=1) - timedelta(days=back):%B %Y}", "in"
    else:
        on, cue = day(published - timedelta(days=back)), "on"
    return f"{governed or cue} {on}"
