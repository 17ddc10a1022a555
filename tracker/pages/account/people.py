"""Who takes part, and inviting somebody: for curators."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from tracker.curation import people
from tracker.models import User
from tracker.pages.access import curator_of, curators_only, said


class InvitationForm(forms.Form):
    email = forms.EmailField(label="E-mail address", max_length=254)
    name = forms.CharField(
        label="Name", max_length=150, required=False, help_text="As others will see it; may be left to them."
    )
    role = forms.ChoiceField(
        label="Role",
        choices=[("member", "Member: follows claims and articles"), ("curator", "Curator: decides, rules, invites")],
    )


@curators_only
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        with said(request, f"The invitation to {email} is in the outbox and goes out with the next delivery."):
            people.invite(**form.cleaned_data, by=curator_of(request), at=timezone.now())
            return redirect("invite")
    everyone = User.objects.order_by("-is_active", "role", "username")[:500]
    return render(request, "account/invite.html", {"form": form, "people": everyone})


@curators_only
@require_POST
def invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    with said(request, f"Another invitation to {user.email} is in the outbox."):
        people.invite_again(user, by=curator_of(request), at=timezone.now())
    return redirect("invite")
