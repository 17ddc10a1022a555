"""Sources that will hold the answer to a question: their kinds, by what the question is about."""

import re

NEWS = "two independent news organisations"
MATTERS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})", re.IGNORECASE), source)
    for pattern, source in (
        (r"elect(?:ions?|ed)\b|votes?\b|referendum|ballot|polls\b|runoff|primary", "the election authority’s results"),
        (
            r"(?:interest|key|base|policy)\srates?\b|central\sbank|federal\sreserve|\bECB\b|rate\s(?:cut|rise|hike)s?|rates\b",
            "the central bank’s decisions and minutes",
        ),
        (
            r"GDP|inflation|unemployment|jobless|growth|recession|exports?\b|imports?\b|prices?\b|wages?\b|population|trade\s(?:deficit|surplus)",
            "the national statistics office",
        ),
        (
            r"courts?\b|trial|verdict|ruling|convict|sentenc|lawsuit|judges?\b|indict|appeal",
            "the court’s published ruling",
        ),
        (
            r"shares?\b|profits?\b|revenue|earnings|merger|takeover|acquir|bankrupt|IPO\b|compan(?:y|ies)|firm\b|quarterly|\bCEO",
            "the company’s filings and statements",
        ),
        (
            r"law\b|bill\b|parliament|congress|senate|legislation|decree|tariffs?|tax(?:es)?\b|budget|ban\b",
            "the official gazette or the parliament’s record",
        ),
        (
            r"treaty|pact|summit|talks|negotiat|agreement|ties\b|relations|visit|sanctions|ambassador|concessions?|accord|alliance",
            "the statements of the governments involved",
        ),
        (
            r"war\b|troops|ceasefire|truce|attack|missiles?|invasion|offensive|strikes?\b|military|hostages?|soldiers",
            "reports of the United Nations or of conflict monitors",
        ),
        (r"virus|outbreak|epidemic|pandemic|vaccin|disease|cases\b", "the health ministry or the WHO"),
        (r"temperature|emissions|climate|rainfall|hurricane|drought", "the weather service or environment agency"),
        (r"match\b|championship|league|cup\b|tournament|medal|olympic|title\b", "the organiser’s published results"),
    )
)  # fmt: skip
MOST = 4


def to_look_at(text: str) -> tuple[str, ...]:
    """Up to three kinds of official sources that fit the matter, and always independent news."""
    return (*[source for pattern, source in MATTERS if pattern.search(text)][: MOST - 1], NEWS)
