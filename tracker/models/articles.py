"""Texts that somebody published, and what each of them claims at which characters."""

from typing import Self

from django.db import models
from django.db.models import Case, F, Q, When

from forecasts.models import Forecaster


class Outlet(models.Model):
    """Who publishes: a newspaper, a think tank, an agency."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    homepage = models.URLField(max_length=2000, blank=True)
    weight = models.FloatField(default=1.0, help_text="How far its reports move an estimate, 0 to 1.")

    class Meta:
        ordering = ("name",)
        constraints = [models.CheckConstraint(condition=Q(weight__gte=0, weight__lte=1), name="outlet_weight_0_to_1")]

    def __str__(self) -> str:
        return self.name


class Author(models.Model):
    """A person or body that signs articles; scored as a forecaster from the wording of its own claims."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    about = models.CharField(max_length=300, blank=True)
    forecaster = models.OneToOneField(
        Forecaster, null=True, blank=True, on_delete=models.SET_NULL, related_name="author"
    )

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """A text, stored as it was read; once claims quote it, its characters do not change."""

    title = models.CharField(max_length=300)
    slug = models.SlugField(max_length=80, unique=True)
    outlet = models.ForeignKey(Outlet, null=True, blank=True, on_delete=models.PROTECT, related_name="articles")
    authors = models.ManyToManyField(Author, through="Authorship", related_name="articles")
    published_on = models.DateField()
    address = models.URLField(max_length=2000, blank=True)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64, unique=True, help_text="Of the text in UTF-8; one text, one article.")
    language = models.CharField(max_length=8, default="en")
    source_note = models.CharField(max_length=300, blank=True, help_text="Such as: paraphrased, sentence by sentence.")
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=150, blank=True)
    not_read = models.CharField(max_length=300, blank=True, help_text="Why no claim was looked for, in words.")
    extracted_at = models.DateTimeField(null=True, blank=True, help_text="When its claims were last proposed.")

    class Meta:
        ordering = ("-published_on", "title")

    def __str__(self) -> str:
        return self.title


class Authorship(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE)
    author = models.ForeignKey(Author, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["article", "author"], name="authorship_once")]

    def __str__(self) -> str:
        return f"{self.author} wrote {self.article}"


class ClaimQuerySet(models.QuerySet["Claim"]):
    def accepted(self) -> Self:
        return self.filter(state=Claim.State.ACCEPTED)

    def proposed(self) -> Self:
        """What the machine found and nobody has decided: the most forecastable first, what nobody could settle last."""
        unsettling = Case(When(refusal="", then=0), default=1)
        waiting = self.filter(state=Claim.State.PROPOSED).annotate(has_refusal=unsettling)
        return waiting.order_by("has_refusal", "-forecastable", "start")


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
        max_length=300,
        blank=True,
        help_text="A few words of the original, where the text is a paraphrase.",
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

    @property
    def in_other_words(self) -> str:
        """The restatement, where it says more than the quotation does."""
        bare = self.restatement.strip(" .").casefold()
        return "" if bare == self.quote.strip(" .").casefold() else self.restatement


class SameClaimQuerySet(models.QuerySet["SameClaim"]):
    def of(self, claim: Claim) -> Self:
        """The pairs that a claim belongs to and that nobody has told apart."""
        return self.filter(Q(first=claim) | Q(second=claim), is_apart=False)


class SameClaim(models.Model):
    """Two claims that say the same, as found by their words; a curator may tell them apart, and the row stays."""

    first = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="said_later")
    second = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="said_before")
    likeness = models.FloatField(help_text="Share of the rarity of their words in common, 0 to 1.")
    is_apart = models.BooleanField(default=False, help_text="A curator said that they are not the same.")
    found_at = models.DateTimeField()

    objects = SameClaimQuerySet.as_manager()

    class Meta:
        ordering = ("-likeness", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="same_claim_in_order"),
            models.UniqueConstraint(fields=["first", "second"], name="same_claim_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"
