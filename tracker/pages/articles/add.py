"""Adding an article: paste its text, upload it as a file, or give its address."""

from datetime import UTC, date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from forecasts.refused import Refused
from news.fetch.connections import Fetch
from news.formats.plain_text import MAX_FILE_BYTES
from tracker.curation import article_texts
from tracker.curation.articles import Added, add_article
from tracker.curation.fields import DayField
from tracker.jobs import network
from tracker.jobs.claims.extract import extract_one
from tracker.jobs.readings import claims as readings
from tracker.pages.access import curator_of, curators_only


class ArticleForm(forms.Form):
    text = forms.CharField(required=False, strip=False, widget=forms.Textarea(attrs={"rows": 12}))
    file = forms.FileField(
        required=False, allow_empty_file=True, help_text="Plain text, or a saved page. Used when no text is pasted."
    )
    address = forms.URLField(
        required=False,
        max_length=2000,
        assume_scheme="https",
        help_text="Of the original. With neither text nor file, the page is fetched from here.",
    )
    title = forms.CharField(max_length=300, required=False)
    authors = forms.CharField(max_length=1000, required=False, help_text="Several are parted by semicolons.")
    outlet = forms.CharField(max_length=200, required=False, help_text="Who published it.")
    published_on = DayField(label="Published on", required=False)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        text, file = str(given.get("text") or ""), given.get("file")
        if text.strip() and file:
            self.add_error("file", "Paste the text or upload a file, not both.")
        elif not text.strip() and not file and not given.get("address") and not self.errors:
            self.add_error("text", "Paste the text, upload a file or give an address.")
        return given

    def read(self, *, fetch: Fetch, today: date) -> article_texts.ArticleText | None:
        """The text and what is said of it, what was typed before what its page says; None with errors by the field."""
        given = self.cleaned_data
        field = "text" if given["text"].strip() else "file" if given["file"] else "address"
        try:
            found = self._source(field, fetch=fetch)
        except Refused as refused:
            self.add_error(field, str(refused))
            return None
        typed = tuple(name.strip() for name in given["authors"].split(";") if name.strip())
        read = article_texts.ArticleText(
            text=found.text,
            title=given["title"].strip() or found.title,
            authors=typed or found.authors,
            published_on=given["published_on"] or found.published_on,
            address=given["address"] or found.address,
        )
        if not read.title:
            self.add_error("title", "Give the article's title.")
        if read.published_on is None:
            self.add_error("published_on", "Give the day on which it was published.")
        elif read.published_on > today:
            self.add_error("published_on", "This day has not come yet: correct the date.")
        return None if self.errors else read

    def _source(self, field: str, *, fetch: Fetch) -> article_texts.ArticleText:
        if field == "address":
            return article_texts.from_address(self.cleaned_data["address"], fetch=fetch)
        if field == "text":
            return article_texts.from_file(self.cleaned_data["text"].encode())
        return article_texts.from_file(self.cleaned_data["file"].read(MAX_FILE_BYTES + 1))


@curators_only
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    form = ArticleForm(request.POST or None, request.FILES or None)
    added = _added(request, form) if form.is_valid() else None
    if added is None:
        return render(request, "articles/add.html", {"form": form}, status=422 if form.errors else 200)
    if added.is_new:
        if readings.wanted(added.article.text):  # which takes longer than anybody waits for a page
            messages.success(request, "The article is in. The language model reads it within a few minutes.")
        else:
            extract_one(added.article, timezone.now())
            messages.success(request, "The article is in. These are the claims that were found in it.")
    else:
        messages.info(request, "This text is here already.")
    return redirect("article", added.article.slug)


def _added(request: HttpRequest, form: ArticleForm) -> Added | None:
    """The article, new or known; None where the form has words for the curator."""
    now = timezone.now()
    read = form.read(fetch=network.fetcher(), today=now.astimezone(UTC).date())
    if read is None or read.published_on is None:
        return None
    try:
        return add_article(
            read.text,
            title=read.title,
            published_on=read.published_on,
            by=curator_of(request),
            at=now,
            authors=read.authors,
            outlet=form.cleaned_data["outlet"],
            address=read.address,
        )
    except Refused as refused:
        form.add_error("text", str(refused))
        return None
