"""Claims of articles, each at its exact characters, and pairs of claims that say the same."""

from typing import Self

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from tracker.models.articles import Article


class ClaimQuerySet(models.QuerySet["Claim"]):
    def accepted(self) -> Self:
        return self.filter(state=Claim.State.ACCEPTED)

    def proposed(self) -> Self:
        """Claims that wait for a decision: the likeliest to be worth tracking first, set aside or not."""
        return self.filter(state=Claim.State.PROPOSED).order_by("-forecastable", "start")

    def by_proposer(self, *readers: str) -> dict[str, dict[str, int]]:
        """Counts by state of what each version of these readers proposed, such as "built-in 3" of "built-in"."""
        of_readers = Q(*(("proposed_by__startswith", f"{reader} ") for reader in readers), _connector=Q.OR)
        found: dict[str, dict[str, int]] = {}
        rows = self.filter(of_readers).order_by("proposed_by").values_list("proposed_by", "state")
        for name, state, count in rows.annotate(Count("pk")):
            found.setdefault(name, {})[state] = count
        return found


class Claim(models.Model):
    """One thing an article says, tied to the exact code points [start, end) of its stored text."""

    class Kind(models.TextChoices):
        VERIFIABLE = "verifiable", "verifiable"
        FORECASTABLE = "forecastable", "forecastable"
        EVALUATIVE = "evaluative", "evaluative"

    class Speaker(models.TextChoices):
        AUTHOR = "author", "the author"
        PERSON = "person", "a person quoted"
        INSTITUTION = "institution", "an institution quoted"
        UNNAMED = "unnamed", "somebody unnamed"

    class State(models.TextChoices):
        PROPOSED = "proposed", "proposed"
        ACCEPTED = "accepted", "accepted"
        REJECTED = "rejected", "rejected"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="claims")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300, help_text="What it says, as a headline of our own.")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField(help_text="Exactly the article's characters from start to end.")
    original_words = models.CharField(
        max_length=300, blank=True, help_text="A few words of the original, where the text is a paraphrase."
    )
    restatement = models.TextField(blank=True, help_text="Self-contained, in our own words.")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    speaker_kind = models.CharField(max_length=12, choices=Speaker.choices, default=Speaker.AUTHOR)
    speaker = models.CharField(max_length=200, blank=True, help_text="As worded; empty for the author.")
    hedge = models.CharField(max_length=120, blank=True, help_text="The words that say how sure it is.")
    implied_probability = models.FloatField(null=True, blank=True, help_text="How sure the wording is of what it says.")
    implied_low = models.FloatField(null=True, blank=True, help_text="The least the wording may mean, 0 to 1.")
    implied_high = models.FloatField(null=True, blank=True, help_text="The most the wording may mean, 0 to 1.")
    deadline = models.DateField(null=True, blank=True, help_text="Empty beside words: open-ended, nobody dated it.")
    deadline_words = models.CharField(max_length=120, blank=True)
    checkworthy = models.FloatField(default=0.0)
    forecastable = models.FloatField(default=0.0, help_text="The chance that it is forecastable.")
    verifiable = models.FloatField(default=0.0, help_text="The chance that it is verifiable and no forecast.")
    evaluative = models.FloatField(default=0.0, help_text="The chance that it is a judgement.")
    refusal = models.CharField(
        max_length=300, blank=True, help_text="Why the world cannot settle it, as the reader sees it; a person decides."
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.CharField(max_length=80, blank=True, help_text="Reader and version, or a person.")
    created_at = models.DateTimeField()

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ("article", "start")
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="claim_span_not_empty"),
            models.CheckConstraint(
                condition=Q(implied_probability__isnull=True) | Q(implied_probability__gt=0, implied_probability__lt=1),
                name="claim_probability_in_0_1",
            ),
            models.CheckConstraint(
                condition=Q(implied_low__isnull=True, implied_high__isnull=True)
                | Q(implied_low__gte=0, implied_high__lte=1, implied_low__lte=F("implied_high")),
                name="claim_range_in_0_1",
            ),
            models.CheckConstraint(
                condition=Q(speaker_kind="author", speaker="") | ~Q(speaker_kind="author"),
                name="claim_author_needs_no_speaker",
            ),
            models.UniqueConstraint(fields=["article", "start", "end"], name="claim_span_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("claim", args=[self.slug])

    @property
    def in_other_words(self) -> str:
        """The restatement, where it says more than the quotation does."""
        bare = self.restatement.strip(" .").casefold()
        return "" if bare == self.quote.strip(" .").casefold() else self.restatement


class DuplicateClaimQuerySet(models.QuerySet["DuplicateClaim"]):
    def of(self, claim: Claim) -> Self:
        """The pairs that a claim belongs to and that nobody has told apart."""
        return self.filter(Q(first=claim) | Q(second=claim), is_dismissed=False)


class DuplicateClaim(models.Model):
    """Two claims that say the same, as found by their words; a curator may tell them apart, and the row stays."""

    first = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="said_later")
    second = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="said_before")
    likeness = models.FloatField(help_text="Share of the rarity of their words in common, 0 to 1.")
    is_dismissed = models.BooleanField(default=False, help_text="A curator said that they are not the same.")
    found_at = models.DateTimeField()

    objects = DuplicateClaimQuerySet.as_manager()

    class Meta:
        ordering = ("-likeness", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="same_claim_in_order"),
            models.UniqueConstraint(fields=["first", "second"], name="same_claim_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"
