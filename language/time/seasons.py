"""Days of seasons, north and south of the equator, and of years named in pairs."""

import re
from collections.abc import Mapping
from datetime import date

from language.time.days import DaySpan, months_from, part_of, year_of

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
SOUTHERN = {"spring": 9, "summer": 12, "autumn": 3, "fall": 3, "winter": 6}
SEASON_AT_HAND = 45  # days; whoever says "next summer" in May does not mean the one about to begin
# Places where summer begins in December.
SOUTH = re.compile(
    r"\b(?:Australian?s?|Sydney|Melbourne|Brisbane|Perth|Adelaide|Canberra|Hobart|Darwin|Queensland|Tasmania|Victorian"
    r"|New\sSouth\sWales|New\sZealand|Auckland|Wellington|Christchurch|South\sAfrican?s?|Cape\sTown|Johannesburg|Durban"
    r"|Pretoria|Namibian?|Botswana|Zimbabwe|Mozambique|Argentin(?:a|e|ian)s?|Buenos\sAires|Patagonia|Chilean|Chile"
    r"|Santiago|Uruguay(?:an)?|Montevideo|Paraguay(?:an)?|Southern\sHemisphere|Antarctic(?:a)?|S[ãa]o\sPaulo"
    r"|Rio\sde\sJaneiro|Porto\sAlegre|Lesotho|Eswatini)\b"
)

OF_A_SEASON = re.compile(
    r"\b(?:seasons?|leagues?|preview|campaign|champions|fiscal|budget|school|academic)\b", re.IGNORECASE
)


def southern(match: re.Match[str], published: date) -> DaySpan | None:
    """A season south of the equator: winter is June to August."""
    return season(match, published, months=SOUTHERN)


def season(match: re.Match[str], published: date, *, months: Mapping[str, int] | None = None) -> DaySpan | None:
    months = months or SEASONS
    which, part, season, words = match[1], match[2], match[3].lower(), match[4]
    if match.group().lower().startswith("fall in"):
        return None  # prices that "fall in 2026"
    year = year_of(words, published)
    start = year or published.year
    first, last = months_from(start, months[season], 3)
    if year is None:
        earlier = months_from(start - 1, months[season], 3)
        if earlier[1] >= published:
            first, last = earlier
        elif last < published or ((which or "").lower() == "next" and (first - published).days < SEASON_AT_HAND):
            first, last = months_from(start + 1, months[season], 3)
    return *part_of(part, first, last), (which or "").lower() in {"next", "coming"}, year is not None


def two_years(match: re.Match[str], published: date) -> DaySpan | None:
    """ "between 2026 and 2030", "2026-30"; "2026-11" is a month, and "2026-27" ends in June where a season runs."""
    start, stop = int(match["first"]), int(match["last"])
    if len(match["last"]) == 2:
        if stop <= start % 100:
            return (*months_from(start, stop), False, True) if 1 <= stop <= 12 else None
        stop += start // 100 * 100
    if stop == start + 1 and OF_A_SEASON.search(match.string, max(0, match.start() - 40), match.end() + 40):
        return date(start, 7, 1), date(stop, 6, 30), False, True
    return (date(start, 1, 1), date(stop, 12, 31), False, True) if start <= stop else None
