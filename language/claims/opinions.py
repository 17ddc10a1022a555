"""Opinion in a clause, which judges rather than tells: praise, blame, advice, figures of speech, the first person."""

import math

from language import wordlists

LISTS = wordlists.read("opinions")
KINDS = [(wordlists.pattern(kind["words"]), kind["weight"]) for kind in LISTS["kinds"]]


def evaluative(text: str) -> float:
    """Probability that a clause judges, by its wording alone."""
    log_odds = sum((weight * min(2, len(pattern.findall(text))) for pattern, weight in KINDS), start=LISTS["bias"])
    return 1 / (1 + math.exp(-log_odds))
