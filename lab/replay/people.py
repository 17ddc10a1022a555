"""The people of a replay: at their times they forecast, decide on evidence and rule, through the usual doors."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from forecasts import estimates
from forecasts.models import Forecaster, Proposition
from forecasts.refused import Refused
from lab.replay.archive import ArchivedQuestion
from lab.replay.archived_people import REJECTED, ArchivedDecision, ArchivedForecast
from news.entries.links import canonical
from tracker.curation import evidence, rulings
from tracker.models import Entry, Evidence, Revision

SOURCE = "The outcome stated in the file of propositions."


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleReport:
    """Counts of what people did in a replay, and of what found no place in it."""

    decisions: int
    decisions_left: int
    forecasts: int
    forecasts_left: int
    rulings: int
    rulings_left: int


class People:
    """Does what is due at each moment, given in order; `by` is the curator's name. What is not due yet waits."""

    def __init__(
        self,
        propositions: Mapping[str, Proposition],
        *,
        questions: Sequence[ArchivedQuestion],
        decisions: Sequence[ArchivedDecision],
        forecasts: Sequence[ArchivedForecast],
        by: str,
    ) -> None:
        self._propositions = propositions
        self._to_rule = [(row.id, row.settled) for row in questions if row.settled]
        self._to_decide = [(_page(decision.link), decision) for decision in decisions]
        self._to_forecast = list(forecasts)
        self._by = by
        self._pages: dict[str, int] = {}
        self._wanted = {page for page, _ in self._to_decide}
        self._last_entry = 0
        self._forecasters: dict[str, Forecaster] = {}
        self._counts = dict.fromkeys(PeopleReport.__slots__, 0)

    def forecast(self, moment: datetime) -> None:
        """Record what was given by then, each at its own time; what the question does not take is left."""
        due = bisect_right(self._to_forecast, moment, key=lambda forecast: forecast.at)
        coming, self._to_forecast = self._to_forecast[:due], self._to_forecast[due:]
        for forecast in coming:
            done = self._record(forecast)
            self._counts["forecasts" if done else "forecasts_left"] += 1

    def decide(self, moment: datetime) -> None:
        """Decide on what has come in, once it was decided by then."""
        if not self._to_decide:
            return
        self._look_at_what_came()
        waiting = []
        for page, decision in self._to_decide:
            entry = self._pages.get(page)
            if entry is None or decision.at > moment:
                waiting.append((page, decision))
            else:
                self._decide(decision, entry, moment)
                self._counts["decisions"] += 1
        self._to_decide = waiting

    def rule(self, moment: datetime) -> None:
        """Rule on what was settled on the day that has just ended."""
        due = [(key, settled) for key, settled in self._to_rule if settled.known_at == moment]
        self._to_rule = [(key, settled) for key, settled in self._to_rule if settled.known_at != moment]
        for key, settled in due:
            rulings.rule(
                self._propositions[key],
                outcome=settled.outcome,
                effective_on=settled.on,
                source=SOURCE,
                reason="Settled in the world on that day.",
                by=self._by,
                at=moment,
            )
            self._counts["rulings"] += 1

    def report(self) -> PeopleReport:
        """Counts so far."""
        left = {
            "decisions_left": len(self._to_decide),
            "rulings_left": len(self._to_rule),
            "forecasts_left": self._counts["forecasts_left"] + len(self._to_forecast),
        }
        return PeopleReport(**{**self._counts, **left})

    def _record(self, forecast: ArchivedForecast) -> bool:
        if forecast.forecaster not in self._forecasters:
            kind = Forecaster.Kind.MEMBER
            self._forecasters[forecast.forecaster] = Forecaster.objects.create(kind=kind, name=forecast.forecaster)
        try:
            estimates.record(
                self._propositions[forecast.proposition],
                forecaster=self._forecasters[forecast.forecaster],
                probability=forecast.probability,
                at=forecast.at,
            )
        except Refused:
            return False
        return True

    def _decide(self, decision: ArchivedDecision, entry: int, moment: datetime) -> None:
        proposition = self._propositions[decision.proposition]
        revision = Revision.objects.select_related("entry").get(entry=entry, is_current=True)
        if decision.stance == REJECTED:
            held = Evidence.objects.filter(proposition=proposition, story=revision.entry.story_id).first()
            if held is not None:
                evidence.reject(held, by=self._by, reason=decision.reason, at=moment)
            return
        evidence.attach(
            revision,
            proposition=proposition,
            stance=decision.stance,
            strength=decision.strength,
            by=self._by,
            reason=decision.reason,
            at=moment,
        )

    def _look_at_what_came(self) -> None:
        """Note the entries that came in since the last look; of those with the same page the first counts."""
        for pk, link in Entry.objects.filter(pk__gt=self._last_entry).order_by("pk").values_list("pk", "link"):
            self._last_entry = pk
            if (page := _page(link)) in self._wanted:
                self._pages.setdefault(page, pk)


def _page(link: str) -> str:
    return canonical(link) or link
