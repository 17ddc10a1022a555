"""Findings: one thing that an entry says about a claim, which way it points, how strongly, and why in a sentence."""

from dataclasses import dataclass

STRENGTHS = ("weak", "moderate", "strong", "decisive")


@dataclass(frozen=True, slots=True)
class StanceFinding:
    """`kind` names what was read ("reached", "delayed"); `way` is 1 for the claim, -1 against it, 0 for neither.

    `strength` is one of STRENGTHS; `why` is a whole sentence for people, or empty.
    """

    kind: str
    way: int
    strength: str
    why: str = ""

    @property
    def size(self) -> float:
        """From 1/4 for the weakest to 1 for what settles it."""
        return (STRENGTHS.index(self.strength) + 1) / len(STRENGTHS)
