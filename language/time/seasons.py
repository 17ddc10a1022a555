"""Days of seasons, north and south of the equator."""

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
