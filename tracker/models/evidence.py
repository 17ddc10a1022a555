"""Stories that bear on propositions: what a classifier suggests and what a person decided.

Stances look towards YES of the question; pages turn them to the side that a claim takes.
"""

from collections.abc import Collection
from typing import NamedTuple, Self

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from forecasts.models import Estimate, Proposition
from tracker.models.stories import Revision, Story


def present_chance() -> Coalesce:
    """The last estimate of a row's question, or the prior while there is none."""
    last = Estimate.objects.filter(proposition=OuterRef("proposition")).order_by("-at", "-pk")
    return Coalesce(Subquery(last.values("probability")[:1]), F("proposition__prior"))


class Footing(models.TextChoices):
    """How many decisions on its question a suggestion had to go on; a classifier judges otherwise with each."""

    NOTHING = "", "with no decision to go on"
    FEW = "1 to 4", "with 1 to 4 decisions to go on"
    MANY = "5 and more", "with 5 decisions or more to go on"

    @classmethod
    def of(cls, decisions: int) -> "Footing":
        return cls.NOTHING if not decisions else cls.FEW if decisions < 5 else cls.MANY


class RecordKey(NamedTuple):
    """By which records are kept: the classifier (backend and version), and the footing of its suggestions."""

    classifier: str
    footing: str

    def __str__(self) -> str:
        return f"{self.classifier} {Footing(self.footing).label}" if self.footing else self.classifier


def footing_of_row() -> Case:
    """Footing of each row."""
    few = When(decisions_known__lt=5, then=Value(Footing.FEW.value))
    nothing = When(decisions_known=0, then=Value(Footing.NOTHING.value))
    return Case(nothing, few, default=Value(Footing.MANY.value))


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def to_confirm(self) -> Self:
        return self.filter(state=Evidence.State.SUGGESTED)

    def most_at_stake_first(self) -> Self:
        """By how far a decision could move a chance: relevance × P(it takes a side) × chance × (1 - chance).

        The last factor is the slope of the logistic curve: what a step of log-odds is in probability.
        """
        sides = F("relevance") * (F("supports") + F("contradicts"))
        return (
            self.annotate(chance_of_yes=present_chance())
            .annotate(stake=sides * F("chance_of_yes") * (1.0 - F("chance_of_yes")))
            .order_by("-stake", "-relevance", "pk")
        )

    def by_classifier(self) -> dict[RecordKey, dict[str, dict[tuple[str, str], int]]]:
        """Confusion counts of each classifier and footing: decisions of people beside its suggestions.

        Counts by (decided, suggested), by kind of process of the question ("" where that is not said), by key.
        Decided is a stance, or "rejected" of a story that does not bear on the question.
        """
        found: dict[RecordKey, dict[str, dict[tuple[str, str], int]]] = {}
        decided = Case(When(state=Evidence.State.REJECTED, then=Value("rejected")), default=F("stance"))
        rows = self.exclude(state=Evidence.State.SUGGESTED).exclude(classifier="").order_by()
        columns = ("classifier", "footing", "proposition__process", "decided", "suggested_stance")
        counted = rows.annotate(decided=decided, footing=footing_of_row()).values_list(*columns).annotate(Count("pk"))
        for classifier, footing, process, said, suggested, count in counted:
            found.setdefault(RecordKey(classifier, footing), {}).setdefault(process, {})[said, suggested] = count
        return found

    def chances_by_classifier(self, most: int) -> dict[RecordKey, list[tuple[float, float, str]]]:
        """Newest `most` confirmed: how likely each classifier had called either side, and the stance.

        Rows (supports, contradicts, stance), by classifier and footing, of classifiers that gave chances at all.
        """
        found: dict[RecordKey, list[tuple[float, float, str]]] = {}
        given = (
            self.confirmed().exclude(classifier="").exclude(supports=0, contradicts=0).order_by("-decided_at", "-pk")
        )
        for classifier, decisions, supports, contradicts, stance in given.values_list(
            "classifier", "decisions_known", "supports", "contradicts", "stance"
        )[:most]:
            key = RecordKey(classifier, Footing.of(decisions).value)
            found.setdefault(key, []).append((supports, contradicts, stance))
        return found

    def confirmed(self) -> Self:
        return self.filter(state=Evidence.State.CONFIRMED)

    def decided_of(self, propositions: Collection[int]) -> Self:
        """Decided suggestions on these questions."""
        states = (Evidence.State.CONFIRMED, Evidence.State.REJECTED)
        return self.filter(proposition__in=propositions, state__in=states).exclude(classifier="")

    def decided(self) -> Self:
        return self.exclude(state=Evidence.State.SUGGESTED)

    def shown(self) -> Self:
        return self.exclude(state=Evidence.State.REJECTED)


class Evidence(models.Model):
    """One story's bearing on one proposition; a suggestion counts only as far as its classifier's record goes."""

    class Stance(models.TextChoices):
        SUPPORTS = "supports", "supports YES"
        CONTRADICTS = "contradicts", "contradicts YES"
        MENTIONS = "mentions", "mentions"

    class Strength(models.TextChoices):
        WEAK = "weak", "weak"
        MODERATE = "moderate", "moderate"
        STRONG = "strong", "strong"
        DECISIVE = "decisive", "decisive: it settles the question"

    class State(models.TextChoices):
        SUGGESTED = "suggested", "suggested"
        CONFIRMED = "confirmed", "confirmed"
        REJECTED = "rejected", "rejected"

    proposition = models.ForeignKey(
        Proposition, verbose_name="question", on_delete=models.PROTECT, related_name="evidence"
    )
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="evidence")
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="evidence", help_text="What was read."
    )
    passage = models.TextField(help_text="The words that show it.")
    relevance = models.FloatField()
    suggested_stance = models.CharField(max_length=12, choices=Stance.choices, default=Stance.MENTIONS)
    confidence = models.FloatField(default=0.0, help_text="The classifier's own probability of its suggestion.")
    supports = models.FloatField(default=0.0, help_text="The classifier's probability that it supports YES.")
    contradicts = models.FloatField(default=0.0, help_text="The classifier's probability that it contradicts YES.")
    why = models.CharField(max_length=200, blank=True, help_text="What weighed most in the classifier's judgement.")
    classifier = models.CharField(
        max_length=80, blank=True, help_text="Backend and version; empty: a person attached it."
    )
    untaught_relevance = models.FloatField(
        null=True, blank=True, help_text="The relevance before any decision on the question; empty: the same."
    )
    untaught_supports = models.FloatField(null=True, blank=True)
    untaught_contradicts = models.FloatField(null=True, blank=True)
    decisions_known = models.PositiveIntegerField(
        default=0, help_text="How many decisions on its question the classifier had to go on."
    )
    weighed = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The decided story that weighed most in the judgement.",
    )
    vector = models.BinaryField(null=True, blank=True, help_text="Embedding of what was read, as float16.")
    queue_place = models.PositiveIntegerField(
        null=True, blank=True, help_text="Its place among what waits on its question, by what deciding on it teaches."
    )
    tells_about = models.PositiveIntegerField(default=0, help_text="Stories that wait and resemble it.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SUGGESTED)
    stance = models.CharField(
        max_length=12, choices=Stance.choices, blank=True, help_text="As a person decided; empty until then."
    )
    strength = models.CharField(max_length=10, choices=Strength.choices, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField(help_text="Its story's time, kept beside it for order.")
    attached_at = models.DateTimeField()

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-pk")
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["proposition", "story"], name="evidence_one_a_story"),
            models.CheckConstraint(condition=Q(relevance__gte=0, relevance__lte=1), name="evidence_relevance_0_to_1"),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1), name="evidence_confidence_0_to_1"
            ),
            models.CheckConstraint(
                condition=Q(
                    state="confirmed", decided_at__isnull=False, stance__in=["supports", "contradicts", "mentions"]
                )
                | ~Q(state="confirmed"),
                name="evidence_confirmed_has_stance",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed", stance__in=["supports", "contradicts"]) | ~Q(strength=""),
                name="evidence_moving_has_strength",
            ),
        ]
        indexes = [models.Index(fields=["proposition", "-published_at"], name="evidence_ledger")]

    def __str__(self) -> str:
        return f"{self.shown_stance} {self.proposition_id}: {self.story_id}"

    @property
    def record(self) -> RecordKey:
        """The key of the record that its suggestion belongs to."""
        return RecordKey(self.classifier, Footing.of(self.decisions_known).value)

    @property
    def is_confirmed(self) -> bool:
        return self.state == self.State.CONFIRMED

    @property
    def direction(self) -> int:
        """Where a confirmed story points: +1 to YES, -1 to NO, 0 to neither, as while nobody has decided."""
        return {self.Stance.SUPPORTS.value: 1, self.Stance.CONTRADICTS.value: -1}.get(self.stance, 0)

    @property
    def shown_stance(self) -> str:
        """The person's stance, or the classifier's while nobody has decided; towards YES."""
        return self.stance or self.suggested_stance
