"""Articles, who wrote them, and who published them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

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

    def get_absolute_url(self) -> str:
        return reverse("outlet", args=[self.slug])


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

    def get_absolute_url(self) -> str:
        return reverse("author", args=[self.slug])


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
    language = models.CharField(max_length=8, default="en", help_text="A code such as en or de; und: not told.")
    source_note = models.CharField(max_length=300, blank=True, help_text="Such as: paraphrased, sentence by sentence.")
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=150, blank=True)
    not_read = models.CharField(max_length=300, blank=True, help_text="Why no claim was looked for, in words.")
    unread = models.PositiveIntegerField(null=True, blank=True, help_text="Sentences whose reading failed.")
    reading_note = models.CharField(
        max_length=500, blank=True, help_text="How a language model read it, and what was read without it, in words."
    )
    extracted_at = models.DateTimeField(null=True, blank=True, help_text="When its claims were last proposed.")

    class Meta:
        ordering = ("-published_on", "title")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.slug])

    @property
    def foreign_language(self) -> str:
        """The code of its language where that is told and is not the pages' own; "" otherwise."""
        return "" if self.language in ("en", "und") else self.language


class Authorship(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE)
    author = models.ForeignKey(Author, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["article", "author"], name="authorship_once")]

    def __str__(self) -> str:
        return f"{self.author} wrote {self.article}"
