"""Cues of the future in a sentence's wording, and of what only looks like it: counted, by name."""

import re
from collections.abc import Mapping

# A verb of saying, after which "would" is "will" in the past tense.
_SAID = (
    r"\b(?:said|says|saying|told|stated|states|announced|announces|warned|warns|added|confirmed|claimed"
    r"|promised|pledged|vowed"
    r"|decided|agreed|assured|insisted|predicted|expected|believed|explained|indicated|reported|revealed"
    r"|suggested|estimated)\b"
)
_UNIT = r"(?:hour|day|week|weekend|month|quarter|season|summer|winter|spring|autumn|fall|year|decade|century)s?"
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"

CUES: Mapping[str, str] = {
    "will": r"(?<!\bat\s)(?<!\bthe\s)(?<!\bfree\s)(?<!\bhis\s)(?<!\bof\s)\b(?:will|shall)\b(?!\s+to\b)"
    r"|\bwon['’]t\b|['’]ll\b",
    "will be": r"\b(?:will|shall|['’]ll)\s(?:not\s|also\s|then\s)?be\b",
    "will not": r"\b(?:will|shall)\s(?:not|never)\b|\bwon['’]t\b",
    "would": r"\b(?:would(?!\s(?:have|like|not\shave|ever|never)\b)(?!-)|wouldn['’]t(?!\shave))\b",
    "said would": _SAID + r"[^.!?]{0,120}?\bwould(?!\s(?:have|like)\b)",
    "going to": r"\b(?:is|are|am|be|['’]s|['’]re|['’]m|not)\sgoing\sto\b",
    "may": r"\b(?-i:may|might)\b(?!\s(?:not\s)?have\b)(?!\s\d)",
    "could": r"\bcould\b(?!\s(?:not\b|have\b|hear\b|see\b|only\b|afford\b))",
    "may be": r"\b(?:could|(?-i:may|might))\s(?:also\s|soon\s|well\s|even\s|eventually\s)?"
    r"(?:be|become|face|cause|lead|reach|take|see|go|rise|fall|hit|come|make|leave|trigger|bring|start|damage)\b",
    "expected": r"\b(?:expected|likely|unlikely|scheduled|slated|projected|forecast|predicted|poised|due|bound"
    r"|anticipated|set|planned|certain"
    r"|supposed|estimated|intended|ready)\s(?:to|for|in|on|by|at)\b",
    "is expected": r"\b(?:is|are|['’]s|also|be|not|still|now|widely)\s(?:expected|likely|unlikely|scheduled"
    r"|slated|projected|forecast|predicted"
    r"|poised|due|bound|anticipated|set|planned)\b",
    "was expected": r"\b(?:was|were|had\sbeen|been)\s(?:\w+ly\s)?(?:expected|likely|scheduled|slated|projected"
    r"|predicted|due|anticipated|planned|set|supposed)\b",
    "expects": r"\b(?:expects?|predicts?|predicting|forecasts?|anticipates?|projects|foresees?|estimates?)\b",
    "predicted": r"\b(?:predicted|forecasted|projected|prediction|projections?|forecasters?|outlook)\b",
    "plans": r"\b(?:plans?|planning|intends?|intending|intention|aims?|aiming|seeks?|preparing|prepares)\s(?:to"
    r"|for|on|of)\b",
    "planned": r"\b(?:planned|intended|proposed|promised|pledged|vowed|threatened|agreed|decided|committed"
    r"|ordered)\s(?:to|that|on)\b",
    "planned noun": r"\b(?:the|a|an|its|their|his|her|any)\s(?:planned|proposed|upcoming|forthcoming|impending"
    r"|future|scheduled|new)\b",
    "is to": r"\b(?:is|are)\s(?:also\s|now\s|not\s)?to\s(?!be\scongratulated)\w+",
    "to be done": r"\bto\sbe\s\w+(?:ed|en|ld|lt|ut|de)\b",
    "announced": r"\b(?:announced?|announces|unveiled|plans|schedule|timetable|agreement|deal)\b",
    "warns": r"\b(?:warn(?:s|ed|ing)?|threat(?:s|ens|ened)?|fears?|feared|risks?|concern(?:s|ed)?)\b",
    "is doing": r"\b(?:is|are|['’]re|['’]s|am)\s(?:\w+ly\s|also\s|now\s|not\s|still\s)?\w{2,}ing\b",
    "next": r"\b(?:next|coming|following|upcoming)\s(?:\w+\s)?" + _UNIT + r"\b",
    "later": r"\b(?:later\s(?:this|today|in|on)|this\s(?:"
    + _UNIT
    + r"|afternoon|evening)|tomorrow|tonight|soon|shortly|eventually|in\sthe\sfuture)\b",
    "within": r"\b(?:within|in|over|for)\s(?:the\s(?:next|coming|near)|\w+(?:\sto\s\w+)?)\s" + _UNIT + r"\b",
    "by then": rf"\b(?:by|until|till|before|through)\s(?:the\s(?:end|start|middle|summer)|next|{_DAY}|{_MONTH}"
    rf"|early|late|mid|end|(?:19|20)\d\d)",
    "on day": rf"\bon\s(?:{_DAY}|{_MONTH}|the\s\d)",
    "in month": rf"\bin\s(?:{_MONTH}|early|late|mid|(?:19|20)\d\d)",
    "year": r"\b(?:19|20)\d\d\b",
    "number": r"\b\d[\d,.]*\b",
    "until": r"\b(?:until|once|as\ssoon\sas|unless)\b",
    "if": r"\b(?:if|should\sthe|were\sto|in\sthe\sevent)\b",
    "hopes": r"\b(?:hop(?:e|es|ed|ing)|wish(?:es)?|want(?:s|ed)?|would\slike|prefer|dream)\b",
    "ought": r"\b(?:should|must|ought|needs?\sto|have\sto|has\sto|had\sto|urg(?:e|es|ed|ing)|call(?:s|ed"
    r"|ing)?\s(?:for|on)|let['’]s)\b",
    "hindsight": r"\b(?:would|could|might|(?-i:may)|should)\s(?:not\s|never\s|ever\s)?have\b|\bused\sto\b"
    r"|\bhad\s(?:\w+\s)?(?:planned|hoped|intended|expected)\b",
    "continue": r"\b(?:continues?|remains?|keeps?|stays?|still)\b",
    "stop": r"\b(?:never|no\slonger|without|cannot|can['’]t|can)\b",
    "I": r"\b(?:i|we|you|my|our|your|me|us)\b|\b(?:i|we|you)['’]",
    "quoted": r"[\"“”]",
    "asked": r"\?",
    "talk": r"^\s*:{0,2}[A-Z]{2,3}\b:?",
    "told": r"\b(?:was|were|did|had|made|took|came|went|fell|rose|won|lost|became|began|bought|sold|held|killed"
    r"|arrested|died|found|\w{3,}ed)\b",
    "report": _SAID,
}
_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in CUES.items()}
_MOST = 2
LONGEST = 2_000  # characters that are looked at


def cues(text: str) -> dict[str, float]:
    """The number of times each cue is found, cut at two and halved, so 0 to 1; length in words over 40 beside them."""
    text = text[:LONGEST]
    counts = {name: min(_MOST, sum(1 for _ in pattern.finditer(text))) / _MOST for name, pattern in _PATTERNS.items()}
    return counts | {"words": min(1.0, len(text.split()) / 40)}
