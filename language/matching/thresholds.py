"""The relevance from which news is attached to a question, learned from what its curator accepted and rejected."""

import math
from collections.abc import Sequence

# The model's log-odds may be this far off for one question, before anybody decided: one standard deviation.
USUAL_SHIFT = 0.5
LOWEST, HIGHEST = 0.2, 0.9
CLOSE_TO_SURE = 0.01
ROUNDS = 50


def threshold(accepted: Sequence[float], rejected: Sequence[float], *, prior: float) -> float:
    """The relevance at which an entry is as likely to be accepted for this question as one at `prior` usually is.

    `accepted` and `rejected` are the relevances (0 to 1) of what was decided. The model is taken to be off by a
    constant shift of log-odds for the question, the most probable one where shifts are normal about 0 (MAP).
    """
    if not (accepted or rejected):
        return prior
    return max(LOWEST, min(HIGHEST, _chance(_log_odds(prior) - shift(accepted, rejected))))


def shift(accepted: Sequence[float], rejected: Sequence[float]) -> float:
    """How much too low the model's log-odds are for the question, by what was decided of these relevances."""
    log_odds = [_log_odds(relevance) for relevance in (*accepted, *rejected)]
    off = 0.0
    for _ in range(ROUNDS):
        chances = [_chance(value + off) for value in log_odds]
        slope = len(accepted) - sum(chances) - off / USUAL_SHIFT**2
        step = slope / (sum(chance * (1 - chance) for chance in chances) + 1 / USUAL_SHIFT**2)
        off += max(-1.0, min(1.0, step))
        if abs(step) < 1e-9:
            break
    return off


def _log_odds(chance: float) -> float:
    bounded = max(CLOSE_TO_SURE, min(1 - CLOSE_TO_SURE, chance))
    return math.log(bounded / (1 - bounded))


def _chance(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))
