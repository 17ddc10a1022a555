"""The figures we defend, one file each, measured beside a peer or a physical bound in the same run.

A file's `measure()` gives Figures; `./hindcast bench NAME` shows them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What was measured, ours and the peer's in the same `unit`."""

    name: str
    unit: str
    ours: float
    peer: str
    theirs: float
