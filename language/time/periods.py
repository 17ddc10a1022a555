"""Spans of time named in words: "the second half of 2026", "next spring", "two years", "3 November"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from language.time import days, holidays, quarters, seasons, weeks
from language.time.days import COUNTS, DaySpan

MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|(?-i:May)|june?|july?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)(?!\w)"
)
YEAR = (
    r"(?<![\w$€£.,/])(?<!\d-)(?:19|20|21)\d\d(?![\w%]|[.,/]\d)"
    r"(?!['’]s\b|\s(?:(?:US\s)?dollars|prices|terms|euros|pounds|money)\b)"
)
DAY = r"(\d{1,2})(?:st|nd|rd|th)?(?![\w%]|[.,:]\d)"
S = r"[\s\xa0]{1,3}"  # white space inside a phrase
S1 = r"[\s\xa0]"
THE = rf"(?:the{S})?"
# "Will end this year" ends; "the end of this year" and "by end May" are parts.
PART_OF = (
    rf"(?:(?=(?:early|mid|late)(?:-|{S})|(?:middle|end|start|beginning|close)(?:-|{S}of{S})|(?<=by{S1})end{S})"
    rf"(?P<part>early|mid|middle|late|end|start|beginning|close)(?:-|{S}(?:(?:of|in){S})?){THE})?"
)
PART = PART_OF.replace("?P<part>", "")
WEEKDAY = r"monday|tuesday|wednesday|thursday|friday|saturday|sunday"
TENS = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[\s-]"
    r"(?:one|two|three|four|five|six|seven|eight|nine)(?!\w)"
)
NUMBER = rf"(?P<number>\d{{1,3}}|{TENS}|" + "|".join(sorted(COUNTS, key=len, reverse=True)).replace(" ", S) + ")"
UNIT = r"(?P<unit>hour|day|week|fortnight|month|quarter|year|decade)"
OF_YEAR = rf"(?:,?{S}(?:(?:of|in){S})?((?:{YEAR})|(?:this|next|the){S}year))?"
OF_THAT = OF_YEAR.replace("((?:", "(?P<words>(?:", 1)
# "Q3/2028", "H2'28", "3Q FY28", "the first half of fiscal 2029", "Q1 FY2026/27".
QUARTER_YEAR = (
    rf"(?:(?:,?{S}(?:(?:of|in){S})?(?:the{S})?|{S1}?[/–-]{S1}?|(?=['’]|FY))"
    rf"(?P<words>(?:FY{S1}?(?:20)?\d\d|(?:fiscal|financial){S}(?:year{S})?(?:20)?\d\d|['’]\d\d|(?:19|20|21)\d\d)"
    rf"(?:[/–-](?:20)?\d\d)?(?![\w%])|(?:this|next|the){S}(?:(?:fiscal|financial){S})?year))?"
)
ENDS = r"(?P<unit>week|month|quarter|year|decade|century)"
OF_MONTH = rf"(?:,?{S}(?:(?:of|in){S})?(?P<words>(?:{YEAR})|(?:this|next|last){S}year))?"
FEASTS = (
    rf"christmas(?:{S}(?:eve|day))?|new{S}year['’]s{S}(?:eve|day)|(?<!lunar{S1})(?<!chinese{S1})(?<!jewish{S1})(?<!persian{S1})"
    rf"(?<!islamic{S1}){THE}new{S}year|mid[\s-]?year|easter(?:{S}sunday)?|good{S}friday|thanksgiving|black{S}friday"
    rf"|memorial{S}day|election{S}day|labou?r{S}day|halloween|boxing{S}day|bastille{S}day|may{S}day|independence{S}day"
    rf"|valentine['’]s{S}day|{THE}(?:fourth|4th){S}of{S}july"
)
ABOUT = rf"(?:(?:about|around|some|just|roughly|under|less{S}than|at{S}most|as{S}little{S}as){S})?"
ONE_WORD = "|".join(word for word in COUNTS if word.isalpha())
RANGE = rf"(?:(?!{TENS})(?:\d{{1,3}}|{ONE_WORD})(?:{S}(?:to|or|and){S}|\s?[–-]\s?))?"
COMING = rf"(?:next|coming|following){S}"


@dataclass(frozen=True, slots=True)
class Period:
    """`text[start:end]` names the days from `first` to `last`.

    `ahead`: the wording itself points forward ("next year"); `dated`: it names its year, so it means one span only.
    """

    start: int
    end: int
    first: date
    last: date
    ahead: bool
    dated: bool


Interpreter = Callable[[re.Match[str], date], DaySpan | None]


def _rule(pattern: str, interpreter: Interpreter) -> tuple[re.Pattern[str], Interpreter]:
    return re.compile(rf"(?<!\w){pattern}", re.IGNORECASE), interpreter


# In order of trust: an earlier rule keeps its words from the later ones.
GRAMMAR: tuple[tuple[re.Pattern[str], Interpreter], ...] = (
    _rule(r"((?:19|20|21)\d\d)-(\d\d)-(\d\d)(?!\w)", days.iso),
    _rule(r"((?:19|20|21)\d\d)/(\d\d)/(\d\d)(?![\w/])", days.iso),
    _rule(r"(?<![\d./])(\d{1,2})([./])(\d{1,2})\2((?:19|20|21)\d\d)(?!\w)", days.numeric),
    _rule(rf"week{S}of{S}(?:{DAY}{S}({MONTH})|({MONTH}){S}{DAY})(?:,?{S}({YEAR}))?", days.week_of),
    _rule(rf"(?P<feast>{FEASTS})(?!\w)(?:,?{S}(?P<year>{YEAR})|{S}(?:of{S})?(?P<next>next){S}year)?", holidays.feast),
    _rule(
        rf"{THE}(?P<nth>first|second|third|fourth|last|final){S}week{S}(?:of|in){S}(?:(?P<month>{MONTH}){OF_MONTH}"
        rf"|(?P<which>this|next){S}month(?!\w))",
        weeks.nth_week,
    ),
    _rule(rf"{THE}(?P<unit>week|weekend|month|quarter|year){S}after{S}next(?!\w)", weeks.after_next),
    _rule(
        rf"(?:(?<=by\s)|(?<=on\s)|(?<=until\s)|(?<=till\s)|(?<=before\s))the{S}(?P<day>\d{{1,2}})(?:st|nd|rd|th)"
        rf"(?:{S}of{S}(?P<which>this|next|the){S}month(?!\w)|(?=\s?(?:[.,;:!?)”\"]|$)))",
        weeks.nth_day,
    ),
    _rule(
        rf"(?:(?:within|in|inside|over){S})?{THE}(?:(?:next|coming){S})?(?:a{S}|one{S}|(?<=next\s))(?P<unit>day|week|month|quarter|year|decade)"
        rf"{S}or{S}(?P<number>two|three|four|so)(?!\w)",
        weeks.or_two,
    ),
    _rule(
        rf"{THE}{NUMBER}{S}months{S}(?:to|through|ending|ended){S}(?:{THE}end{S}of{S}|(?:30|31|28|29){S})?"
        rf"(?P<month>{MONTH}){OF_MONTH}",
        quarters.months_to,
    ),
    _rule(rf"(?:(?:{WEEKDAY}),?{S}{THE})?{DAY}{S}(?:of{S})?({MONTH})(?:,?{S}({YEAR}))?", days.day_month),
    _rule(rf"(?:(?:{WEEKDAY}),?{S})?({MONTH}){S}{DAY}(?:,?{S}({YEAR}))?", days.month_day),
    _rule(
        rf"{THE}(?:year[\s-]end|end[\s-]year|(?:turn|end|close)[\s-]of[\s-](?:(?:the|this|next)[\s-])?(?:calendar{S})?year)"
        rf"(?:{S}(?:of{S})?{YEAR})?(?!\w)",
        days.year_end,
    ),
    _rule(rf"{THE}{ENDS}{S}is{S}(?:out|over)(?!\w)", days.unit_end),
    _rule(rf"{THE}{ENDS}(?:-|['’]s{S})(?:end|close)(?!\w)", days.unit_end),
    _rule(rf"(?:for{S})?{THE}(?:rest|remainder|balance){S}of{S}(?:(?:the|this){S}{ENDS}|{YEAR})(?!\w)", days.unit_end),
    _rule(
        rf"{THE}{PART}(first|second|third|fourth|1st|2nd|3rd|4th|latter|other|last|final){S}(quarter|half)(?!\w){QUARTER_YEAR}",
        quarters.span,
    ),
    _rule(rf"{THE}first{S}{NUMBER}{S}months{OF_THAT}(?!\w)", quarters.first_months),
    _rule(
        rf"(?P<words>FY{S1}?(?:20)?\d\d|(?:19|20|21)\d\d)[\s/–-]{{0,2}}(?P<kind>[QH])(?P<nth>[1-4])(?!\w)",
        quarters.short_span,
    ),
    _rule(rf"{PART_OF}(?P<kind>[QH])(?P<nth>[1-4])(?![a-eg-z0-9_]){QUARTER_YEAR}", quarters.short_span),
    _rule(rf"(?P<nth>[1-4])(?P<kind>[QH]){S1}?(?P<words>\d\d)(?![\w%])", quarters.short_span),
    _rule(rf"(?P<nth>[1-4])(?P<kind>[QH])(?![a-eg-z0-9_]){QUARTER_YEAR}", quarters.short_span),
    _rule(
        rf"(?:FY|{THE}(?:fiscal|financial){S}(?:year{S})?|{THE}(?=\d{{4}}(?:/\d\d)?{S}(?:fiscal|financial){S}year)){S1}?"
        rf"(?P<first>(?:20)?\d\d)(?:[/–-](?P<last>(?:20)?\d\d))?(?:{S}(?:fiscal|financial){S}year)?(?!\w)",
        quarters.financial_year,
    ),
    _rule(rf"(?:between|from){S}(?P<first>{YEAR}){S}(?:and|to|through|until){S}(?P<last>{YEAR})", seasons.two_years),
    _rule(
        rf"(?<![\w$€£.,/–-])(?P<first>(?:19|20|21)\d\d)[/–-](?P<last>(?:20|21)?\d\d)(?![\w%/–-])(?:{S}season(?!\w))?",
        seasons.two_years,
    ),
    _rule(rf"{THE}(?:next|coming){S}(?:half{S}(?:a{S})?year|half-decade|year{S}and{S}a{S}half)(?!\w)", days.half_year),
    _rule(rf"within{S}the{S}(?P<unit>week|month|quarter|year|decade)(?!\w)", days.one_more),
    _rule(
        rf"(?:(?:for{S})?(?:another|at{S}least{S}another){S}|for{S}(?:at{S}least|up{S}to){S}){NUMBER}{S}"
        r"(?P<unit>day|week|month|year|decade)s?(?!\w)",
        days.lasting,
    ),
    _rule(rf"(?:for{S})?{NUMBER}{S}(?:more|further){S}(?P<unit>day|week|month|year|decade)s?(?!\w)", days.lasting),
    _rule(rf"(?:within|in){S}(?:half{S}a{S}year|a{S}year{S}and{S}a{S}half)(?!\w)", days.half_year),
    _rule(rf"{THE}{COMING}{ABOUT}{RANGE}{NUMBER}[\s-]{UNIT}s?(?!\w)", days.counted),
    _rule(
        rf"(?:within|inside|in){S}{THE}{ABOUT}{RANGE}{NUMBER}[\s-]{UNIT}s?(?!\w)(?:['’]?s?{S}(?:time|from{S}now)(?!\w))?",
        days.counted,
    ),
    _rule(rf"(?:in|over){S}the{S}{COMING}{NUMBER}(?=\s?[.,;)]|$)", days.counted_again),
    _rule(rf"{NUMBER}{S}(?:more{S})?{UNIT}s?(?:['’]?s?{S}time|{S}from{S}(?:now|today)|{S}hence)(?!\w)", days.counted),
    _rule(rf"{THE}{COMING}{UNIT}s(?!\w)", days.vague),
    _rule(rf"{THE}(?:(?:day|week|month|year)s{S}(?:and|or){S})?{UNIT}s{S}(?:ahead|to{S}come)(?!\w)", days.vague),
    _rule(rf"(?:within|in{S}a{S}matter{S}of){S}{UNIT}s(?!\w)", days.vague),
    _rule(rf"{THE}(?P<month>{MONTH})[\s-]quarter(?!\w){OF_MONTH}", quarters.to_month),
    _rule(
        rf"(?:between{S})?(?:(?:early|mid|late)(?:-|{S}))?(?P<month>{MONTH})(?:{S}(?:or|and|to|through){S}|{S1}?[/–-]{S1}?){PART_OF}(?P<until>{MONTH}){OF_MONTH}",
        days.two_months,
    ),
    _rule(rf"(?:(?P<which>this|next|coming){S})?{PART_OF}(?P<month>{MONTH}){OF_MONTH}", days.month_name),
    _rule(
        rf"{PART}(this|next|{THE}(?:coming|following|current)|later{S}this|in{S}the{S}course{S}of{S}(?:this|next)|the){S}(weekend|week|month|quarter|year|decade)(?!\w)",
        days.unit,
    ),
    _rule(
        rf"(?:{THE}(?:end|close){S}of{S})?(?:the|this){S}decade(?!\w)|mid[\s-]?century(?!\w)"
        rf"|{THE}(?:(?:end|middle|close|turn){S}of{S})?(?:the|this){S}century(?!\w)",
        days.century,
    ),
    _rule(rf"{THE}(?:(early|mid|middle|late|end)(?:-|{S}(?:of{S})?){THE})?((?:19|20|21)\d0)s(?!\w)", days.decade),
    _rule(
        rf"{THE}(?:(this|next|coming){S})?{PART}(spring|summer|autumn|fall|winter)(?!\w)(?:['’]s{S}end(?!\w))?{OF_YEAR}",
        seasons.season,
    ),
    _rule(rf"(?:the{S}year{S})?{PART}({YEAR})", days.year),
    _rule(
        rf"({WEEKDAY})(?:{S}(?:morning|afternoon|evening|night))?(?:{S}(?:and/or|and|or|to|through|into){S}|{S1}?[–/-]{S1}?)({WEEKDAY})(?!\w)",
        weeks.weekdays,
    ),
    _rule(
        rf"(?:(this|next|coming){S}|(?P<after>(?:a|one){S}week{S}(?:from|on){S}))?({WEEKDAY})(?P<later>{S}week)?(?!\w)",
        days.weekday,
    ),
    _rule(rf"(?:(?:the{S})?day{S}after{S}tomorrow|today(?!['’]s)|tonight|tomorrow)(?!\w)", days.near),
)


# Every rule needs one of these; most sentences hold none and are done with.
TIMELY = re.compile(
    r"\d|hour|day|week|fortnight|month|quarter|year|decade|century|half|spring|summer|autumn|fall|winter|night|morrow|mas\b|easter|giving|halloween"
    r"|jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec",
    re.IGNORECASE,
)


def find(text: str, *, published: date, south: bool | None = None) -> tuple[Period, ...]:
    """The periods named in `text` in span order, none overlapping another.

    Seasons are northern unless the matter lies in the `south`; None leaves it to the places that `text` names.
    """
    if not TIMELY.search(text):
        return ()
    is_south = seasons.SOUTH.search(text) is not None if south is None else south
    periods: list[Period] = []
    covered = bytearray(len(text))
    for pattern, interpreter in GRAMMAR:
        for match in pattern.finditer(text):
            start, end = match.span()
            reading = seasons.southern if is_south and interpreter is seasons.season else interpreter
            if any(covered[start:end]) or (span := _read(reading, match, published)) is None:
                continue
            covered[start:end] = b"\1" * (end - start)
            periods.append(Period(start, end, *span))
    return tuple(sorted(periods, key=lambda period: period.start))


def _read(interpreter: Interpreter, match: re.Match[str], published: date) -> DaySpan | None:
    try:
        return interpreter(match, published)
    except (ValueError, ArithmeticError, LookupError, TypeError):  # 31 June, a year past 9999, a unit nobody counts
        return None
