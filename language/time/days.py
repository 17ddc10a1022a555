"""Days that wordings of time mean: one function a kind of wording, from its match and the day of publication."""

import re
from calendar import monthrange
from datetime import date, timedelta

# First day, last day, whether the wording itself points forward, whether it names its year.
DaySpan = tuple[date, date, bool, bool]

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple of": 2, "a couple of": 2, "three": 3, "a few": 4, "few": 4, "four": 4,
    "five": 5, "six": 6, "several": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "a dozen": 12,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "two dozen": 24, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "a hundred": 100, "half a": 0.5, "half a dozen": 6,
    "a year and a half": 1.5,
}  # fmt: skip
# Days that a plural without a number leaves: generous, so that "the coming weeks" is not judged after one.
VAGUE = {
    "hour": 1, "day": 10, "week": 45, "fortnight": 90, "month": 183, "quarter": 365, "year": 5 * 365,
    "decade": 20 * 365,
}  # fmt: skip


def month_number(word: str) -> int:
    """1 to 12 of a month's name or abbreviation."""
    return MONTHS[word.lower().rstrip(".")]


def months_from(year: int, month: int, span: int = 1) -> tuple[date, date]:
    """First and last day of `span` months from a month on; months past December run into the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    end = month + span - 1
    last_year, last_month = year + (end - 1) // 12, (end - 1) % 12 + 1
    return date(year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])


def add(start: date, count: float, unit: str) -> date:
    """`start` moved by so many units; months and years keep the day where the month has it."""
    if unit in {"hour", "day", "week", "fortnight"}:
        days = {"hour": count / 24, "day": count, "week": 7 * count, "fortnight": 14 * count}[unit]
        return start + timedelta(days=max(1, round(days)) if days else 0)
    months = round(count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit])
    first, last = months_from(start.year, start.month + months)
    return first.replace(day=min(start.day, last.day))


def iso(match: re.Match[str], published: date) -> DaySpan | None:
    day = date(int(match[1]), int(match[2]), int(match[3]))
    return day, day, False, True


def near_day(day: int, month: int, year: str | None, published: date) -> DaySpan:
    """A day of a year, or the next such day where no year is named."""
    if year:
        exact = date(int(year), month, day)
        return exact, exact, False, True
    exact = date(published.year, month, day)
    if exact < published:
        exact = date(published.year + 1, month, day)
    return exact, exact, False, False


def day_month(match: re.Match[str], published: date) -> DaySpan | None:
    return near_day(int(match[1]), month_number(match[2]), match[3], published)


def month_day(match: re.Match[str], published: date) -> DaySpan | None:
    return near_day(int(match[2]), month_number(match[1]), match[3], published)


def week_of(match: re.Match[str], published: date) -> DaySpan | None:
    first, _, _, dated = near_day(int(match[1] or match[4]), month_number(match[2] or match[3]), match[5], published)
    return first, first + timedelta(days=6), True, dated


def part_of(part: str | None, first: date, last: date) -> tuple[date, date]:
    """The early, middle or late third of a span; "end of" is its last day, with the span before it still open."""
    if not part:
        return first, last
    days = (last - first).days + 1
    one, two = first + timedelta(days=days // 3), first + timedelta(days=2 * days // 3)
    if days in {365, 366}:
        one, two = date(first.year, 5, 1), date(first.year, 9, 1)
    elif days == 7:
        one, two = first + timedelta(days=2), first + timedelta(days=3)  # Wednesday
    part = part.lower()
    if part in {"early", "start", "beginning"}:
        return first, one - timedelta(days=1)
    if part in {"mid", "middle"}:
        return one, two - timedelta(days=1)
    return (last, last) if part in {"end", "close"} else (two, last)


def month_name(match: re.Match[str], published: date) -> DaySpan | None:
    """ "June", "late June 2026", "June of next year", "next June"; None for "June last year"."""
    which, month, words = (match["which"] or "").lower(), month_number(match["month"]), (match["words"] or "").lower()
    if "last" in words:
        return None
    year = year_of(words, published)
    first, last = months_from(year or published.year, month)
    if year is None and (last < published or (which == "next" and first <= published)):
        first, last = months_from(published.year + 1, month)
    return *part_of(match["part"], first, last), which in {"next", "coming"} or bool(words), year is not None


def two_months(match: re.Match[str], published: date) -> DaySpan | None:
    """ "late June or early July", "between June and August 2026": from the first of one to the last of the other."""
    year = year_of(match["words"], published)
    start, stop = month_number(match["month"]), month_number(match["until"])
    end_year = year or published.year + (1 if months_from(published.year, stop)[1] < published else 0)
    first, _ = months_from(end_year - (1 if start > stop else 0), start)
    return first, part_of(match["part"], *months_from(end_year, stop))[1], False, year is not None


def numeric(match: re.Match[str], published: date) -> DaySpan | None:
    """ "31/12/2025", "12/31/2025", "31.12.2025"; where day and month may be either, both days count."""
    one, two, year = int(match[1]), int(match[3]), int(match[4])
    days = [date(year, month, day) for day, month in ((one, two), (two, one)) if month <= 12]
    return (min(days), max(days), False, True) if days else None


def year_of(words: str | None, published: date) -> int | None:
    """The year a phrase like "of 2026", "of next year" names; None where it names none."""
    if not words:
        return None
    words = words.lower()
    if digits := re.findall(r"\d{4}|\d\d(?!\d)", words):
        return int(digits[-1]) + (2000 if len(digits[-1]) == 2 else 0)
    return published.year + (1 if "next" in words else 0)


def year_end(match: re.Match[str], published: date) -> DaySpan | None:
    year = published.year + (1 if "next" in match.group().lower() else 0)
    if digits := re.search(r"\d{4}", match.group()):
        year = int(digits.group())
    return date(year, 12, 31), date(year, 12, 31), True, bool(digits)


def year(match: re.Match[str], published: date) -> DaySpan | None:
    part, words = match[1], match[2].lower()
    year = int(words) if words.isdigit() else published.year + (1 if words in {"next", "coming"} else 0)
    first, last = date(year, 1, 1), date(year, 12, 31)
    return *part_of(part, first, last), words in {"next", "coming"}, words.isdigit()


def century(match: re.Match[str], published: date) -> DaySpan | None:
    words, hundred = match.group().lower(), published.year // 100 * 100
    if "decade" in words:
        last = date(published.year // 10 * 10 + 9, 12, 31)
        return published, last, True, False
    if "mid" in words:
        return date(hundred + 50, 1, 1), date(hundred + 50, 12, 31), True, False
    return date(hundred, 1, 1), date(hundred + 99, 12, 31), True, False


def decade(match: re.Match[str], published: date) -> DaySpan | None:
    """ "the 2030s"; early are the first four years, mid the three after them."""
    start = int(match[2])
    part = {"middle": "mid"}.get((match[1] or "").lower(), (match[1] or "").lower())
    if part == "end":
        return date(start + 9, 12, 31), date(start + 9, 12, 31), False, True
    one, two = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part, (0, 9))
    return date(start + one, 1, 1), date(start + two, 12, 31), False, True


def count_of(word: str) -> float:
    """The number a word of COUNTS or a row of digits means."""
    low = re.sub(r"\s+", " ", word.lower())
    if low in COUNTS or low.isdigit():
        return COUNTS.get(low) or float(low)
    return sum(COUNTS[part] for part in re.split(r"[\s-]", low))  # "twenty-four"


def counted(match: re.Match[str], published: date) -> DaySpan | None:
    """ "two years", "the next 18 months", "three weeks' time": counted from the day of publication."""
    unit, count = match["unit"].lower(), count_of(match["number"])
    if unit == "quarter" and re.search(r"next|coming", match.group(), re.IGNORECASE):
        return published, quarter_end(published, round(count)), True, False
    return published, add(published, count, unit), True, False


def counted_again(match: re.Match[str], published: date) -> DaySpan | None:
    """ "In the next ten", of the years or months that were named just before."""
    units = re.findall(
        r"\b(day|week|month|quarter|year|decade)s\b", match.string[max(0, match.start() - 200) : match.start()].lower()
    )
    return (published, add(published, count_of(match["number"]), units[-1]), True, False) if units else None


def quarter_end(published: date, count: int) -> date:
    """The last day of so many quarters, the one that runs counted first."""
    return months_from(published.year, (published.month - 1) // 3 * 3 + 1, 3 * max(1, count))[1]


def vague(match: re.Match[str], published: date) -> DaySpan | None:
    if match["unit"].lower() == "quarter":
        return published, quarter_end(published, 4), True, False
    return published, published + timedelta(days=VAGUE[match["unit"].lower()]), True, False


def half_year(match: re.Match[str], published: date) -> DaySpan | None:
    words = match.group().lower()
    years = 5 if "decade" in words else 1.5 if "and" in words else 0.5
    return published, add(published, years, "year"), True, False


def one_more(match: re.Match[str], published: date) -> DaySpan | None:
    """ "within the year": read as one from the day of publication, so that nobody is judged too early."""
    return published, add(published, 1, match["unit"].lower()), True, False


def lasting(match: re.Match[str], published: date) -> DaySpan | None:
    """ "another two years", "for at least three years": forward only where the sentence looks ahead."""
    return published, add(published, count_of(match["number"]), match["unit"].lower()), False, False


def unit_end(match: re.Match[str], published: date) -> DaySpan | None:
    """ "month-end", "before the decade is out", "the rest of the year": the last day of the one that runs."""
    if digits := re.search(r"\d{4}", match.group()):
        last = date(int(digits.group()), 12, 31)
        return last, last, True, True
    unit, year = match["unit"].lower(), published.year
    if unit == "week":
        last = published + timedelta(days=6 - published.weekday())
    elif unit in {"month", "quarter"}:
        span = 3 if unit == "quarter" else 1
        last = months_from(year, (published.month - 1) // span * span + 1, span)[1]
    else:
        last = date({"year": year, "decade": year // 10 * 10 + 9, "century": year // 100 * 100 + 99}[unit], 12, 31)
    return last, last, True, False


def unit(match: re.Match[str], published: date) -> DaySpan | None:
    """This or next week, month, quarter, year, decade, weekend."""
    part, which, unit = match[1], match[2].lower().removeprefix("the "), match[3].lower()
    if which == "the" and part is None and unit != "weekend":
        return None  # "the year" alone names none
    step = 1 if which in {"next", "coming", "following"} or which.endswith("next") else 0
    if step and unit == "decade":
        is_over = published.year % 10 == 9 and published.month > 9  # said in late 2029, it is the 2030s
        return date(published.year + 1, 1, 1) if is_over else published, date(published.year + 10, 12, 31), True, False
    if which == "coming" and unit in {"year", "month", "week"}:
        return published, add(published, 1, unit), True, False
    if unit in {"week", "weekend"}:
        first = published - timedelta(days=published.weekday()) + timedelta(days=7 * step)
        last = first + timedelta(days=6)
    elif unit == "month":
        first, last = months_from(published.year, published.month + step)
    elif unit == "quarter":
        first, last = months_from(published.year, (published.month - 1) // 3 * 3 + 1 + 3 * step, 3)
    elif unit == "decade":
        start = published.year // 10 * 10
        first, last = date(start, 1, 1), date(start + 9, 12, 31)
    else:
        first, last = date(published.year + step, 1, 1), date(published.year + step, 12, 31)
    return *part_of(part, first, last), bool(step) or part is not None or which.startswith(("later", "in")), False


def weekday(match: re.Match[str], published: date) -> DaySpan | None:
    ahead = (WEEKDAYS.index(match[3].lower()) - published.weekday()) % 7
    if match["later"] or match["after"]:
        day = published + timedelta(days=ahead + 7)  # "Tuesday week", "a week from Monday"
        return day, day, True, False
    which = (match[1] or "").lower()
    if which == "next":
        ahead += 7 if ahead == 0 or ahead <= 6 - published.weekday() else 0
    day = published + timedelta(days=ahead)
    return day, day, which in {"next", "coming"}, False


def near(match: re.Match[str], published: date) -> DaySpan | None:
    word = match.group().lower()
    day = published + timedelta(days=2 if "after" in word else 1 if "tomorrow" in word else 0)
    return day, day, "tomorrow" in word, False
