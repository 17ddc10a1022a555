"""Reasons: the finding that stands behind a stance, with a sentence that a person would accept, or none."""

from collections.abc import Sequence

from language.stance.reading.findings import StanceFinding
from language.stance.reading.outcomes import Cue

STANCES = {"supports": 1, "contradicts": -1, "mentions": 0}
# Verbs of these kinds show by themselves what happened; nouns and these words do not.
TELLING = frozenset(("delay", "refusal", "ending", "failure", "agreed", "won", "lasts", "absence"))
MEANING_LITTLE = frozenset(str.split("back backs backed lead leads led over end kill kills killed lift"))


def for_stance(findings: Sequence[StanceFinding], stance: str) -> StanceFinding | None:
    """The first finding that points the same way; None where the stance has none."""
    way = STANCES[stance]
    return next((finding for finding in findings if way and finding.way == way), None)


def citing(cue: Cue, *, its_own: bool) -> str:
    """A sentence that cites a headline's word; empty where the word alone shows nothing.

    `its_own`: the claim says the same word.
    """
    tells = cue.kind in TELLING and cue.text not in MEANING_LITTLE
    return f"The headline says “{cue.text}”." if its_own or tells else ""
