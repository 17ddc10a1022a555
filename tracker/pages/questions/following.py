"""Following a claim, an article or a question, and stopping: by a button on its page, or the link in a letter."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from forecasts.models import Proposition
from tracker.curation import subscriptions
from tracker.curation.subscriptions import Subject
from tracker.mail.links import reader_of
from tracker.models import Article, Claim, User
from tracker.pages.access import return_address, said


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """Facts for the follow button of a page; `kind` is claim, article or question."""

    kind: str
    slug: str
    title: str
    address: str
    is_followed: bool


def follow_button(request: HttpRequest, subject: Subject) -> Follow:
    """For `{% include "account/follow.html" with follow=follow %}` on the page of the subject."""
    user = request.user
    is_followed = (
        isinstance(user, User) and user.subscriptions.filter(ended_at=None, **subscriptions.about(subject)).exists()
    )
    return _follow(subject, is_followed=is_followed)


def followed_by(reader: User) -> Sequence[Follow]:
    """Subjects that somebody follows, the latest first."""
    rows = reader.subscriptions.active().select_related("claim", "article", "proposition")
    followed = [row.claim or row.article or row.proposition for row in rows.order_by("-created_at", "-pk")]
    return [_follow(subject, is_followed=True) for subject in followed if subject]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Who had to sign in first comes back with a GET, and finds the button on the page."""
    subject = _subject(kind, slug)
    if request.method == "POST":
        assert isinstance(request.user, User)
        words = "You follow this: a letter tells you when something changes, and none comes when nothing does."
        with said(request, words):
            subscriptions.follow(request.user, subject=subject, at=timezone.now())
    return redirect(return_address(request, default=subject.get_absolute_url()))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def unfollow(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    subject = _subject(kind, slug)
    if request.method == "POST":
        assert isinstance(request.user, User)
        subscriptions.unfollow(request.user, subject=subject, at=timezone.now())
        messages.success(request, "You no longer follow this.")
    return redirect(return_address(request, default=subject.get_absolute_url()))


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the token is the right to do it
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A look changes nothing, since mail scanners look at every link; a post stops all letters at once."""
    pk = reader_of(token)
    reader = User.objects.filter(pk=pk).first() if pk else None
    if reader is None:
        return render(request, "account/unsubscribe.html", {"state": "unknown"}, status=404)
    if request.method != "POST":
        followed = reader.subscriptions.active().count()
        return render(request, "account/unsubscribe.html", {"state": "asked" if followed else "stopped"})
    subscriptions.unfollow_all(reader, at=timezone.now(), reason="by the link in a letter")
    return render(request, "account/unsubscribe.html", {"state": "stopped"})


def _follow(subject: Subject, *, is_followed: bool) -> Follow:
    return Follow(
        kind=_kind(subject),
        slug=subject.key if isinstance(subject, Proposition) else subject.slug,
        title=subject.question if isinstance(subject, Proposition) else subject.title,
        address=subject.get_absolute_url(),
        is_followed=is_followed,
    )


def _kind(subject: Subject) -> str:
    if isinstance(subject, Proposition):
        return "question"
    return "claim" if isinstance(subject, Claim) else "article"


def _subject(kind: str, slug: str) -> Subject:
    if kind == "question":
        return get_object_or_404(Proposition.objects.published(), key=slug)
    if kind == "claim":
        return get_object_or_404(Claim, slug=slug)
    if kind == "article":
        return get_object_or_404(Article, slug=slug)
    raise Http404(f"Nothing called {kind} can be followed.")
