"""Reasons: the finding that stands behind a stance, with a sentence that a person would accept, or none."""

from dataclasses import replace

from language.stance.reading.findings import StanceFinding
from language.stance.reading.reader import Reading

STANCES = {"supports": 1, "contradicts": -1, "mentions": 0}
SENTENCES = {
    "delay": "It reports a delay.",
    "refusal": "It reports a refusal or a denial.",
    "ending": "It reports that something was ended or called off.",
    "failure": "It reports a failure or a defeat.",
    "agreed": "It reports an agreement or an approval.",
    "begun": "It reports that it has happened.",
    "won": "It reports a win.",
    "lasts": "It reports that nothing has changed.",
    "planned": "It reports a step on the way.",
}


def for_stance(reading: Reading, stance: str) -> StanceFinding | None:
    """The first finding that points the same way, its sentence filled in; None where the stance has none."""
    way = STANCES[stance]
    if not way:
        return None
    found = next((finding for finding in reading.findings if finding.way == way), None)
    return found and replace(found, why=found.why or SENTENCES.get(found.kind, ""))
