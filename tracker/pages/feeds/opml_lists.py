"""Lists of feeds (OPML): look at one, then add what is new in it; and ours, for other readers."""

from dataclasses import asdict, replace
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forecasts.refused import Refused
from news.formats import opml
from tracker.curation import feed_lists as curation
from tracker.pages.access import curator_of, curators_only
from tracker.wording import counted

SALT: Final = "tracker.pages.feeds.opml_lists"
SIGNED_SECONDS: Final = 24 * 3600
MOST_SIGNED: Final = 4 * 1024 * 1024


class ListForm(forms.Form):
    file = forms.FileField(
        label="OPML file", required=False, allow_empty_file=True, help_text="As your reader exports it; at most 2 MB."
    )
    text = forms.CharField(
        label="Or paste it",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    folders_are_outlets = forms.BooleanField(
        label="Its folders name the outlets",
        required=False,
        help_text="Tick where each folder is a publisher. In a list that Hindcast wrote they always are.",
    )

    def read(self) -> tuple[opml.Outline, ...] | None:
        """The lines of the list; None with an error beside the field that brought it."""
        text, file = self.cleaned_data["text"], self.cleaned_data["file"]
        field = "text" if text.strip() else "file"
        if text.strip() and file:
            self.add_error("file", "Choose a file or paste the list, not both.")
            return None
        try:
            lines = opml.read(text.encode() if text.strip() else file.read(opml.MAX_BYTES + 1) if file else b"")
        except opml.UnreadableList as unreadable:
            self.add_error(field, str(unreadable))
            return None
        if self.cleaned_data["folders_are_outlets"]:
            lines = tuple(replace(one, outlet=one.outlet or one.folder.rpartition(" / ")[2]) for one in lines)
        return lines


@curators_only
@require_http_methods(["GET", "HEAD", "POST"])
def import_feeds(request: HttpRequest) -> HttpResponse:
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    lines = form.read() if form.is_valid() else None
    if lines is None:
        return render(request, "feeds/import_feeds.html", {"form": form}, status=422 if form.errors else 200)
    checked = curation.check(lines)
    signed = _signed(checked.new)
    if len(signed) > MOST_SIGNED:
        form.add_error("file", "The list is too large to be carried from page to page: split it.")
        return render(request, "feeds/import_feeds.html", {"form": form}, status=422)
    return render(request, "feeds/check_list.html", {"checked": checked, "signed": signed, "lines": len(lines)})


@curators_only
@require_POST
def add_list(request: HttpRequest) -> HttpResponse:
    """Add what the page before has shown."""
    try:
        facts: list[dict[str, Any]] = signing.loads(request.POST.get("list", ""), salt=SALT, max_age=SIGNED_SECONDS)
        feeds = curation.import_feeds(
            [opml.Outline(**one) for one in facts],
            by=curator_of(request),
            at=timezone.now(),
            reason="Imported from an OPML list.",
        )
    except signing.BadSignature:
        messages.error(request, "The list was checked too long ago: choose it once more.")
        return redirect("import_feeds")
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("import_feeds")
    if feeds:
        messages.success(
            request, f"{counted(len(feeds), 'feed').capitalize()} added; the first are read within minutes."
        )
    else:
        messages.info(request, "Every feed of the list is here already.")
    return redirect("feeds")


@require_safe
def export_feeds(request: HttpRequest) -> HttpResponse:
    written = opml.write(curation.exported(), title="Feeds that Hindcast reads", at=timezone.now())
    headers = {"Content-Disposition": 'attachment; filename="hindcast-feeds.opml"'}
    return HttpResponse(written, content_type="text/x-opml; charset=utf-8", headers=headers)


def _signed(lines: tuple[opml.Outline, ...]) -> str:
    return signing.dumps([asdict(one) for one in lines], salt=SALT, compress=True)
