"""Stories, the entries that tell them, what each entry said when, and full texts."""

from collections.abc import Collection
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from tracker.models.feeds import Feed
from tracker.models.leases import Leased, LeasedQuerySet


class Story(models.Model):
    """The same report across outlets: one piece of evidence however often it is reprinted."""

    headline = models.CharField(max_length=500)
    first_seen_at = models.DateTimeField()
    published_at = models.DateTimeField(help_text="When its first entry says it was published, or was first seen.")
    signature = models.BinaryField(help_text="MinHash of title and text, as language.matching.stories writes it.")

    class Meta:
        ordering = ("-published_at", "-pk")
        verbose_name_plural = "stories"
        indexes = [models.Index(fields=["-published_at"], name="story_latest")]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return reverse("story", args=[self.pk])


class StoryBand(models.Model):
    """A key under which near copies of a story meet, so that one look-up finds them."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="bands")
    band = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["band", "story"], name="story_band")]

    def __str__(self) -> str:
        return f"{self.story_id}/{self.band}"


class LikeStoryQuerySet(models.QuerySet["LikeStory"]):
    def of(self, stories: Collection[int]) -> dict[int, "Story"]:
        """For each of these stories that seems to tell another's event, the earliest such story that is still told."""
        told = Exists(Entry.objects.filter(story=OuterRef("earlier")))
        rows = self.filter(told, later__in=stories).select_related("earlier").defer("earlier__signature")
        return {row.later_id: row.earlier for row in rows.order_by("-earlier__published_at", "-pk")}


class LikeStory(models.Model):
    """Two stories that seem to tell one event in other words, as found by their meaning; a curator may join them."""

    earlier = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="told_again")
    later = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="told_before")
    likeness = models.FloatField(help_text="Cosine of their meaning, 0 to 1.")
    found_at = models.DateTimeField()

    objects = LikeStoryQuerySet.as_manager()

    class Meta:
        ordering = ("-likeness", "pk")
        verbose_name_plural = "like stories"
        constraints = [models.UniqueConstraint(fields=["earlier", "later"], name="like_story_once")]

    def __str__(self) -> str:
        return f"{self.earlier} / {self.later}"


class EntryQuerySet(models.QuerySet["Entry"]):
    def unmatched(self) -> Self:
        """Entries whose present words have not been held against the open propositions."""
        return self.filter(matched_at__isnull=True).order_by("published_at", "pk")

    def match_again(self, since: datetime) -> int:
        """Put what was published since then back among the unmatched.

        What waits there already is written as well, and so locked: a run that reads it now must not mark it unseen.
        """
        return self.filter(published_at__gte=since).update(matched_at=None)


class Entry(models.Model):
    """One item of a feed, known by its identity there; its words live in its revisions."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="entries", db_index=False)
    identity = models.CharField(max_length=64, help_text="SHA-256 of what identifies it within the feed.")
    link_key = models.BigIntegerField(null=True, blank=True, help_text="Of its link, by which it is found again.")
    link = models.CharField(max_length=2000, blank=True)
    outlet_name = models.CharField(max_length=200, blank=True, help_text="Where the item names its own source.")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="entries")
    published_at = models.DateTimeField(help_text="As stated where that can be believed, else when first seen.")
    published_raw = models.CharField(max_length=100, blank=True)
    date_is_doubtful = models.BooleanField(default=False)
    first_seen_at = models.DateTimeField()
    listed_on = models.DateField(null=True, blank=True, help_text="The last day on which its feed was seen to list it.")
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="When its feed took it back.")
    unkept_sha256 = models.CharField(max_length=64, blank=True, help_text="Of its words past the last revision kept.")
    matched_at = models.DateTimeField(null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-pk")
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["feed", "identity"], name="entry_once_a_feed")]
        indexes = [
            models.Index(fields=["published_at"], condition=Q(matched_at__isnull=True), name="entry_unmatched"),
            models.Index(fields=["feed", "link_key"], name="entry_by_link"),
            models.Index(fields=["listed_on"], name="entry_listed"),
            models.Index(fields=["-published_at"], name="entry_latest"),
        ]

    def __str__(self) -> str:
        return self.link or self.identity

    @property
    def publisher(self) -> str:
        """As the item says, else the feed's outlet, else the feed."""
        return self.outlet_name or (self.feed.outlet.name if self.feed.outlet else self.feed.title)


class Revision(models.Model):
    """Words of an entry from a time on; never overwritten, since evidence cites what was read."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    title = models.CharField(max_length=1000)
    body = models.TextField(blank=True)
    content_sha256 = models.CharField(max_length=64)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ("entry", "number")
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="revision_number_once"),
            models.UniqueConstraint(fields=["entry"], condition=Q(is_current=True), name="revision_one_current"),
        ]

    def __str__(self) -> str:
        return self.title


class FullText(Leased):
    """The whole text of an entry that became evidence, read once from its page; or why there is none."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="full_text")
    text = models.TextField(blank=True)
    error = models.CharField(max_length=500, blank=True, help_text="In words; empty when it was read.")
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True, help_text="Empty: read, or given up.")
    read_at = models.DateTimeField(null=True, blank=True)

    objects = LeasedQuerySet["FullText"].as_manager()

    class Meta:
        ordering = ("-read_at", "-pk")
        indexes = [models.Index(fields=["next_try_at"], name="full_text_due")]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.error or f'{len(self.text):,} characters'}"
