"""Adding a feed by its address or by that of a home page: look first, choose, then follow.

Nothing is stored until a curator follows: what was found travels in signed fields, so what is followed was read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from forecasts.refused import Refused
from news.formats.documents import FeedItem
from news.polling.finding import FIRST_LIMITS, NEXT_LIMITS, FoundFeed, NothingFound, find
from tracker.curation.feeds import add_feed as follow_feed
from tracker.curation.feeds import followed_at
from tracker.jobs import network
from tracker.models import Feed, Outlet
from tracker.pages import formats
from tracker.pages.access import curator_of, curators_only

SALT: Final = "tracker.pages.feeds.add"
SIGNED_SECONDS: Final = 24 * 3600
NEWEST: Final = 8
NEWEST_OF_SEVERAL: Final = 3


class AddressForm(forms.Form):
    address = forms.URLField(
        max_length=2000,
        assume_scheme="https",
        label="Address",
        help_text="Of a feed (RSS, Atom or JSON), or of a site's home page: its feeds are then looked for.",
    )


class FollowForm(forms.Form):
    """A curator's words for the feed that was found; `found` is signed and hidden."""

    title = forms.CharField(max_length=300, help_text="What it is called on every page here.")
    outlet = forms.CharField(max_length=200, required=False, help_text="Who publishes it.")
    found = forms.CharField(widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A feed that was found, as its page shows it; `followed` is the feed that reads it already."""

    feed: FoundFeed
    title: str
    outlet: str
    homepage: str
    newest: tuple[FeedItem, ...]
    frequency: str
    followed: Feed | None
    found: str


@curators_only
@require_http_methods(["GET", "HEAD", "POST"])
def add_feed(request: HttpRequest) -> HttpResponse:
    form = AddressForm(request.POST) if request.method == "POST" else AddressForm()
    if not form.is_valid():
        return render(request, "feeds/add_feed.html", {"form": form}, status=422 if form.errors else 200)
    now = timezone.now()
    try:
        finding = find(
            form.cleaned_data["address"],
            fetch=network.fetcher(FIRST_LIMITS),
            fetch_next=network.fetcher(NEXT_LIMITS),
            now=now,
        )
    except NothingFound as nothing:
        form.add_error("address", str(nothing))
        return render(request, "feeds/add_feed.html", {"form": form}, status=422)
    previews = [_preview(feed, most=NEWEST if len(finding.feeds) == 1 else NEWEST_OF_SEVERAL) for feed in finding.feeds]
    if len(previews) > 1:
        context = {"previews": previews, "page_title": finding.page_title, "asked": form.cleaned_data["address"]}
        return render(request, "feeds/choose_feed.html", context)
    return _preview_page(request, previews[0], is_from_page=finding.is_page)


@curators_only
@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    """Follow the feed that was looked at; its title and outlet may have been edited, the rest may not."""
    form = FollowForm(request.POST)
    try:
        found = signing.loads(request.POST.get("found", ""), salt=SALT, max_age=SIGNED_SECONDS)
    except signing.BadSignature:
        messages.error(request, "What was found has been too long ago to trust: look at the feed once more.")
        return redirect("add_feed")
    if not form.is_valid():
        return render(request, "feeds/follow_feed.html", {"form": form, "address": found["address"]}, status=422)
    try:
        feed = follow_feed(
            found["address"],
            title=form.cleaned_data["title"],
            outlet=form.cleaned_data["outlet"],
            homepage=found["homepage"],
            language=found["language"],
            by=curator_of(request),
            at=timezone.now(),
        )
    except Refused as refused:
        form.add_error("title", str(refused))
        return render(request, "feeds/follow_feed.html", {"form": form, "address": found["address"]}, status=422)
    messages.success(request, f"“{feed.title}” is followed, and will be read within the next minutes.")
    return redirect("feed", feed.pk)


def _preview_page(request: HttpRequest, preview: Preview, *, is_from_page: bool) -> HttpResponse:
    form = FollowForm(initial={"title": preview.title, "outlet": preview.outlet, "found": preview.found})
    return render(request, "feeds/preview_feed.html", {"preview": preview, "form": form, "is_from_page": is_from_page})


def _preview(feed: FoundFeed, *, most: int) -> Preview:
    parsed = feed.parsed
    homepage = parsed.homepage if parsed.homepage.startswith(("http://", "https://")) else ""
    facts = {"address": feed.address, "homepage": homepage[:2000], "language": parsed.language}
    return Preview(
        feed=feed,
        title=(parsed.title or feed.name or urlsplit(feed.address).hostname or "")[:300],
        outlet=_outlet_of(feed.address, homepage),
        homepage=homepage,
        newest=_newest(parsed.entries, most=most),
        frequency=formats.published([item.published_at for item in parsed.entries if item.published_at]),
        followed=followed_at(feed.address, feed.final_address),
        found=signing.dumps(facts, salt=SALT, compress=True),
    )


def _newest(entries: Sequence[FeedItem], *, most: int) -> tuple[FeedItem, ...]:
    """By date where there are dates, else in the order of the document."""
    with_dates = [item for item in entries if item.published_at]
    if len(with_dates) < min(len(entries), most):
        return tuple(entries[:most])
    return tuple(sorted(with_dates, key=_published, reverse=True)[:most])


def _published(item: FeedItem) -> datetime:
    assert item.published_at is not None
    return item.published_at


def _outlet_of(*addresses: str) -> str:
    """The outlet that publishes other feeds of the same host, where it is only one."""
    hosts = {urlsplit(address).netloc for address in addresses} - {""}
    names: set[str] = set()
    for host in hosts:
        outlets = Outlet.objects.filter(feeds__address__contains=f"://{host}/").distinct()
        names.update(outlets.values_list("name", flat=True)[:2])
    return names.pop() if len(names) == 1 else ""
