"""Reading of a headline against a claim: its findings, and the features that the regressions weigh."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from language.classifiers.protocol import Pair
from language.sentences import words
from language.stance.reading import frames, outcomes, reasons, schedule, thresholds, voices
from language.stance.reading.findings import StanceFinding
from language.stance.reading.frames import ClaimFrame
from language.stance.reading.outcomes import ClauseOutcome
from language.stance.reading.voices import Voice

VOICES = ("asks", "explains", "recalls", "partisan", "pleads", "opinion", "quoted")
# What a headline does to the claim, by kind of reading.
DIRECTED = ("unanimous", "settled", "measured", "foreseen", "put_off", "stopped", "came", "lasts", "told_below", "over")
PLAIN = (
    *(f"{name}_size" for name in DIRECTED), *VOICES, "planned", "nearing", "nothing", "shared", "neutral_figure",
)  # fmt: skip
BESIDE_FIGURES = 0.3  # weight of the words of a headline where a claim is settled by its figures
ASKED = 0.4
AGAINST_TITLE = 0.3  # weight of a description that says the opposite of its headline
CONTRARY = 0.6  # weight of words that point both ways
ABOUT = 0.15  # share of the claim's words in a headline from which one of its own is cited as a reason
HEARD = 0.15  # weight of the words of those who plead but do not decide


MOVES = re.compile(r"\b(?:to|until|in|only|from|before|by)\s(?:\w{1,10}\s){0,2}$", re.IGNORECASE)
PUTS_TO = re.compile(r"\b(?:until|only|before|not)\s(?:\w{1,10}\s){0,2}$", re.IGNORECASE)
SAYS_YEAR = re.compile(r"\b(?:20\d\d|next)\b", re.IGNORECASE)
TAKES = words.stems("land sign hire poach lure buy acquire appoint name snatch snap")
SETTLES = ("return", "settle", "resolve", "strike deal", "reach", "accept")
CHOSEN = frozenset(
    str.split("named appointed chosen picked selected elected names appoints chooses picks selects elects")
)
RIVALS = frozenset(str.split("rival rivals opponent opponents challenger challengers contender contenders competitor"))
INSTEAD = frozenset((("instead", "of"), ("rather", "than")))
GOES = frozenset(("goes", "went", "awarded", "given", "handed"))
BEATING = frozenset(
    str.split(
        "beat beats beaten overtake overtakes overtook overtaking defeat defeats defeated outsells outsold sees saw"
        " edges edged snatch snatched"
    )
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Findings, those of figures and dates first; features by the names of DIRECTED and PLAIN.

    `dated`: the claim names its time itself.
    """

    findings: tuple[StanceFinding, ...]
    directed: Mapping[str, float]
    plain: Mapping[str, float]
    dated: bool


def read(pair: Pair, *, lead: str) -> Reading:
    """The reading of an entry's title, and of the sentence below it that says most about the claim."""
    frame = frames.of(pair.claim, pair.question, deadline=pair.deadline, opens=pair.opens, published=pair.published)
    day = pair.published or pair.opens or date(2000, 1, 1)
    late = frame.term.is_over(pair.published) or schedule.is_after_month(pair.claim, pair.title, day)
    voice = voices.read(pair.title, lead)
    head = outcomes.read(pair.title, neutral=frame.neutral, echoes=frame.echoes, settling=frame.settling)
    below = outcomes.read(lead, neutral=frame.neutral, echoes=frame.echoes, settling=frame.settling)
    if frame.dated:  # there the reading alone tells the side
        below = tuple(clause for clause in below if frame.stems & words.stems(" ".join(clause.words)))
    figure = None if voice.asks and not frame.threshold else _figure(frame, pair.title, lead, day, late)
    delay = _delay(frame, pair.title, lead, head, day)
    told = [_told(frame, clause, voice, late=late) for clause in (*head, *below) if _way(frame, clause)]
    directed = dict.fromkeys(DIRECTED, 0.0)
    measured = frame.threshold or (frame.comparison and not frame.comparison.level)
    share = 0.0 if figure and not figure.way else BESIDE_FIGURES if measured else 1.0
    for clause in head:
        directed[_name(clause)] += _way(frame, clause) * clause.weight * share * (ASKED if clause.asks else 1.0)
    told_above = sum(_way(frame, clause) * clause.weight for clause in head)
    told_below = sum(_way(frame, clause) * clause.weight for clause in below)
    directed["told_below"] = told_below * share * (AGAINST_TITLE if told_above * told_below < 0 else 1.0)
    if late and not figure:
        directed["over"] = math.copysign(1.0, told_above) if told_above else 0.0
    directed = {name: math.tanh(value) for name, value in directed.items()}
    if figure:
        name = _figure_name(figure)
        directed[name] = figure.way * (1.0 if name == "settled" else figure.size)
        if name == "settled":
            directed |= dict.fromkeys(("stopped", "came", "lasts", "told_below", "over"), 0.0)
    if delay:  # what is put off has not come about, whatever else is said of it
        directed |= {"put_off": delay.way * delay.size, "came": 0.0, "told_below": 0.0}
    if not figure and not delay:
        heard = HEARD if voice.pleads else 0.0 if voice.asks or voice.explains else 1.0
        directed = {name: value * heard for name, value in directed.items()}
    ways = {math.copysign(1.0, value) for value in directed.values() if value}
    if frame.dated and len(ways) > 1 and not figure and not delay:
        directed = {name: value * CONTRARY for name, value in directed.items()}
    directed["unanimous"] = ways.pop() if len(ways) == 1 else 0.0
    shared = words.news_rarity().overlap(frame.stems, words.stems(pair.title))
    agreed = {each.way for each in told[: sum(bool(_way(frame, clause)) for clause in head)]}
    if len(agreed) == 1 and shared >= ABOUT and not (voice.background or voice.opinion or voice.pleads):
        told[0] = replace(told[0], why=_cited(frame, head, told[0].way))
    plain = {f"{name}_size": abs(value) for name, value in directed.items()} | _form(voice, head)
    plain |= {
        "nothing": float(not any(directed.values())),
        "shared": shared,
        "neutral_figure": float(figure is not None and not figure.way),
    }
    found = [each for each in (figure, delay) if each]
    return Reading((*sorted(found, key=lambda each: -each.size), *told), directed, plain, frame.dated)


def _figure_name(figure: StanceFinding) -> str:
    if figure.kind in ("passed", "missed") or (figure.kind == "compared" and figure.strength == "decisive"):
        return "settled"
    return "foreseen" if figure.kind == "forecast" else "measured"


def _name(clause: ClauseOutcome) -> str:
    """The feature that a clause goes to."""
    if clause.holds:
        return "lasts"
    return "stopped" if any(cue.role in (outcomes.STOPS, outcomes.LEAF) for cue in clause.cues) else "came"


def _form(voice: Voice, head: Sequence[ClauseOutcome]) -> dict[str, float]:
    return {
        **{name: float(getattr(voice, name)) for name in VOICES},
        "planned": float(any(clause.planned for clause in head)),
        "nearing": float(any(clause.nearing for clause in head)),
    }


def _told(frame: ClaimFrame, clause: ClauseOutcome, voice: Voice, *, late: bool) -> StanceFinding:
    """The finding of a clause without figures or dates."""
    way = 1 if _way(frame, clause) > 0 else -1
    if voice.opinion or voice.partisan:
        return StanceFinding("voice", way, "weak")
    stops = [cue for cue in clause.cues if cue.role in (outcomes.STOPS, outcomes.LEAF)]
    cue = stops[0] if stops else next(iter(clause.cues), None)
    kind = cue.kind.removesuffix("_noun") if cue and len(stops) < 2 else ""
    if clause.planned or clause.nearing:
        return StanceFinding("planned", way, "moderate")
    strength = "decisive" if late or (not stops and kind in ("agreed", "begun", "won")) else "strong"
    return StanceFinding(kind, way, strength)


def _cited(frame: ClaimFrame, head: Sequence[ClauseOutcome], way: int) -> str:
    """A sentence that cites the word by which a headline points this way."""
    clause = next(clause for clause in head if _way(frame, clause) * way > 0)
    stops = [cue for cue in clause.cues if cue.role in (outcomes.STOPS, outcomes.LEAF)]
    if clause.asks or len(stops) > 1 or not clause.cues:
        return ""
    cue = stops[0] if stops else clause.cues[0]
    return reasons.citing(cue, its_own=words.stem(cue.text.split()[0]) in frame.echoes)


def _figure(frame: ClaimFrame, title: str, lead: str, day: date, late: bool) -> StanceFinding | None:
    if (frame.threshold or frame.comparison) and schedule.is_of_earlier_year(title, frame.year):
        return StanceFinding("other year", 0, "weak")
    if frame.threshold:
        return thresholds.find(frame.threshold, title=title, body=lead, published=day, late=late)
    if frame.comparison:
        return thresholds.compare(frame.comparison, title=title, body=lead, published=day, late=late)
    return None


def _way(frame: ClaimFrame, clause: ClauseOutcome) -> float:
    """Which way a clause points for the claim."""
    if clause.holds:
        return 1.0 if frame.lasting else 1.0 if frame.denied else -1.0
    if told := _preferred(frame, clause):
        return float(frame.sign * told)
    if frame.lasting and frame.sign > 0 and not (frame.threshold or frame.comparison) and _moves(clause):
        return -1.0
    if frame.lasting and frame.conflict and _settles(clause):
        return -1.0
    if frame.lasting and clause.sign > 0 and (taken := _taken(frame, clause)):
        return float(taken)
    if frame.lasting and clause.sign < 0 and _to_last(clause):
        return 1.0
    missed = frame.threshold and all(cue.kind == "failure" for cue in clause.cues if cue.role == outcomes.STOPS)
    if frame.contest and clause.sign < 0 and RIVALS & set(clause.words):
        return float(frame.sign)
    way = (-1 if frame.denied else 1) * clause.sign if missed and clause.sign < 0 else frame.sign * clause.sign
    if way and clause.sign > 0 and _rival(frame, clause):
        way = -way
    return float(way)


def _moves(clause: ClauseOutcome) -> bool:
    """Whether all that a clause tells is a step up or down, and none is denied: what is to stay as it is has moved."""
    return bool(clause.cues) and all(cue.kind.removesuffix("_noun") in ("more", "less") for cue in clause.cues)


def _settles(clause: ClauseOutcome) -> bool:
    """Whether a clause says that those who are at odds have settled."""
    return clause.sign > 0 and any(cue.kind == "agreed_noun" or cue.text.startswith(SETTLES) for cue in clause.cues)


def _taken(frame: ClaimFrame, clause: ClauseOutcome) -> int:
    """-1 where others take those of whom it is said that they stay: "Lyon land Brandt"."""
    come = next((cue for cue in clause.cues if cue.role == outcomes.COMES), None)
    if come is None or words.stem(come.text.split()[0]) not in TAKES:
        return 0
    before, after = (
        words.stems(" ".join(part)) for part in (clause.words[: come.place], clause.words[come.place + 1 :])
    )
    return -1 if before and not before & frame.doers and after & frame.doers else 0


def _to_last(clause: ClauseOutcome) -> bool:
    """Whether something is turned down in order to stay: "rejects Lyon to stay in Basel"."""
    lasts = next((cue for cue in clause.cues if cue.role == outcomes.LASTS), None)
    if lasts is None or not any(cue.kind == "refusal" and cue.place < lasts.place for cue in clause.cues):
        return False
    return lasts.place > 0 and clause.words[lasts.place - 1] in ("to", "and")


def _preferred(frame: ClaimFrame, clause: ClauseOutcome) -> int:
    """1 where a thing goes to those whom the claim names, -1 where it goes to others instead of them, else 0."""
    said = clause.words
    for place, (first, second) in enumerate(pairwise(said)):
        theirs = bool(words.stems(" ".join(said[place + 2 : place + 6])) & frame.doers)
        if theirs and (first, second) in INSTEAD and not words.stems(" ".join(said[:place])) & frame.doers:
            return -1
        if first == "over" and CHOSEN & set(said[:place]) and words.stems(" ".join(said[place + 1 :])) & frame.doers:
            return -1
        if theirs and frame.contest and first in GOES and second == "to" and INSTEAD.isdisjoint(pairwise(said)):
            return 1
    return 0


def _rival(frame: ClaimFrame, clause: ClauseOutcome) -> bool:
    """Whether what was won was won by somebody whom the claim does not speak of."""
    won = next((cue for cue in clause.cues if cue.kind.startswith("won") or cue.text in CHOSEN), None)
    if won is None or not won.place:
        return False
    before = words.stems(" ".join(clause.words[: won.place]))
    after = words.stems(" ".join(clause.words[won.place :]))
    if not before or before & frame.doers:
        return False
    if after & frame.doers:
        return won.text.split()[0] in BEATING
    return frame.contest


def _delay(frame: ClaimFrame, title: str, lead: str, head: Sequence[ClauseOutcome], day: date) -> StanceFinding | None:
    """Finding on the time: put off beyond the deadline, or within it, or not put off at all."""
    occurs = -1 if frame.denied else 1
    late = next((clause for clause in head if any(cue.kind.startswith("delay") for cue in clause.cues)), None)
    negated = any(cue.kind == "negation" for clause in head for cue in clause.cues)
    until = frame.term.until
    denied = (cue for cue in late.cues if cue.kind in ("negation", "refusal", "absence")) if late else ()
    if late and sum(1 for _ in denied) % 2:
        return StanceFinding("no delay", occurs, "moderate", "It denies a delay." if negated else "")
    target = schedule.target(title, published=day) or (schedule.target(lead, published=day) if late else None)
    moved = bool(late) or bool(target and schedule.MOVED.search(title))
    if target and until and moved and day < target[1] <= until:
        return StanceFinding(
            "delay within", occurs, "moderate", f"It has been put off to {target[2]}, which is still in time."
        )
    if target and until and target[0] > until:
        if frame.lasting and not moved:
            told = (_way(frame, clause) for clause in head)
            way = next((1 if each > 0 else -1 for each in told if each), 1)
            return StanceFinding("lasts", way, "strong", f"It is to last to {target[2]}, past the deadline.")
        if moved or negated:
            why = f"It has been put off to {target[2]}" if moved else f"It is not due before {target[2]}"
            return StanceFinding("delay beyond", -occurs, "strong", f"{why}, after the deadline.")
        before = title[: title.find(target[2])][-30:] if target[2] in title else ""
        if (MOVES if SAYS_YEAR.search(target[2]) else PUTS_TO).search(before) and not any(
            clause.holds for clause in head
        ):
            return StanceFinding("later", -occurs, "moderate", f"It is now due in {target[2]}, after the deadline.")
    return StanceFinding("delay", -occurs, "moderate") if late and not negated else None
