"""Marking a claim by hand: words copied out of the text, whatever its language."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from forecasts.refused import Refused
from language.readings.spans import LONGEST_WORDS
from tracker.curation import claims as curation
from tracker.curation.fields import DayField
from tracker.models import Article
from tracker.pages.access import curator_of, curators_only


class MarkForm(forms.Form):
    words = forms.CharField(
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Words of the claim",
        help_text="Select them in the text, copy them, and paste them here.",
    )
    speaker = forms.CharField(
        max_length=200, required=False, label="Who says it", help_text="Empty where it is the author."
    )
    deadline = DayField(label="By when", required=False)


@curators_only
@require_http_methods(["GET", "HEAD", "POST"])
def mark_claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Mark the claim, and go on to its question."""
    article = get_object_or_404(Article, slug=slug)
    form = MarkForm(request.POST or None)
    if form.is_valid():
        try:
            claim = curation.mark_words(article, **form.cleaned_data, by=curator_of(request), at=timezone.now())
            return redirect("accept_claim", claim.pk)
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
    context = {"article": article, "form": form}
    return render(request, "articles/mark_claim.html", context, status=422 if form.errors else 200)
