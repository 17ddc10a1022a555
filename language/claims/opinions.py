"""Opinion in a clause, which judges rather than tells: praise, blame, advice, figures of speech, the first person."""

import math
import re

JUDGING = re.compile(
    r"\b(?:tenuous|ideal|best|worst|better|worse|dangerous|wise|unwise|wrong|fair|unfair|important|crucial|vital|essential"
    r"|delicate|credib(?:le|ility)|sensible|foolish|remarkabl[ey]|disastrous|tragic|welcome|troubling|worrying|alarming"
    r"|impressive|absurd|ridiculous|shameful|disgrac\w{1,6}|brilliant|beautiful|terribl[ey]|horribl[ey]|awful|great|stupid"
    r"|hypocri\w{1,7}|unfortunately|sadly|thankfully|clearly|obviously|undeniabl[ey]|surely|naturally|shocking|outrageous"
    r"|insan[ei]\w{0,3}|crazy|cruel|brutal|reckless|cynical|pathetic|lazy|corrupt|evil|noble|brave|coward\w{0,4}|naive|smug"
    r"|sinister|ludicrous|bizarre|incompeten\w{1,3}|mere(?:ly)?|so-called|supposed(?:ly)?|nonsense|myth|folly|madness|mess"
    r"|fantas\w{1,5}|illusion|delusion|betray\w{0,5}|failure|contradictions?|underscores?|highlights?|notion|complex"
    r"|opportunity|challenges?)\b",
    re.IGNORECASE,
)
ADVICE = re.compile(
    r"\b(?:should|must|ought\sto|needs?\sto|have\sto|has\sto|had\sbetter|let\sus|let['’]s|it\sis\stime)\b",
    re.IGNORECASE,
)
PERSONAL = re.compile(
    r"\b(?:i|we|you|us|me|my|our|your|ours|myself|ourselves)\b(?!\.)|\bi['’](?:m|ve|ll|d)\b", re.IGNORECASE
)
DEGREE = re.compile(
    r"\b(?:very|too|so|such|quite|really|truly|simply|just|utterly|totally|deeply|extremely|far|even|only|never|always"
    r"|nothing|everyone|everything|nobody|no\sone|perhaps|indeed|of\scourse|in\sfact|after\sall)\b",
    re.IGNORECASE,
)
FIGURE = re.compile(
    r"[!?]|\b(?:as\sif|as\sthough|the\skind\sof|what\sa|how\scan|why\s(?:do|does|is|are))\b", re.IGNORECASE
)
TELLING = re.compile(
    r"\d|\b(?:said|told|announced|reported|according\sto|percent|per\scent|million|billion|monday|tuesday|wednesday|thursday"
    r"|friday|saturday|sunday|elected|signed|published|founded|located|died|born)\b",
    re.IGNORECASE,
)
# Set by hand and held against public labels of sentences of news (see docs/method.md); not fitted to them.
WEIGHTS = (-1.0, 1.2, 0.9, 0.7, 0.5, 0.8, -0.9)


def evaluative(text: str) -> float:
    """Probability that a clause judges, by its wording alone."""
    patterns = (JUDGING, ADVICE, PERSONAL, DEGREE, FIGURE, TELLING)
    counts = (1, *(min(2, len(pattern.findall(text))) for pattern in patterns))
    return 1 / (1 + math.exp(-sum(weight * count for weight, count in zip(WEIGHTS, counts, strict=True))))
