"""Signing in and out, forgotten passwords, and a reader's own page."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages.views import SuccessMessageMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tracker.curation import people
from tracker.models import User
from tracker.pages.access import Bound, address_of, return_address
from tracker.pages.questions import forecasting
from tracker.pages.questions.following import followed_by

# From one place an account is tried a few times; from everywhere together more often, but not without end.
WRONG_PASSWORDS = Bound(name="sign-in", most=5, within=timedelta(minutes=15))
WRONG_PASSWORDS_ANYWHERE = Bound(name="sign-in-anywhere", most=50, within=timedelta(minutes=15))
RESETS = Bound(name="reset", most=3, within=timedelta(hours=1))
RESETS_OF_A_PLACE = Bound(name="reset-place", most=30, within=timedelta(hours=1))


class SignInForm(AuthenticationForm):
    """Counts wrong passwords before it looks at one more."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": "No account has this name and password. Both mind capital letters.",
        "too_often": "Too many wrong passwords for this account. Wait 15 minutes, or choose a new password by mail.",
    }

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = "Name or e-mail address"

    def clean(self) -> dict[str, Any]:
        name = str(self.cleaned_data.get("username", ""))
        place = address_of(self.request) if self.request else ""
        if WRONG_PASSWORDS.is_reached(name, place) or WRONG_PASSWORDS_ANYWHERE.is_reached(name):
            raise forms.ValidationError(self.error_messages["too_often"], code="too_often")
        try:
            cleaned = super().clean()
        except forms.ValidationError:
            WRONG_PASSWORDS.count(name, place)
            WRONG_PASSWORDS_ANYWHERE.count(name)
            raise
        WRONG_PASSWORDS.forget(name, place)
        return cleaned


class SignIn(auth.LoginView):
    template_name = "account/sign_in.html"
    form_class = SignInForm
    redirect_authenticated_user = True

    def get_redirect_url(self, request: HttpRequest | None = None) -> str:
        return return_address(self.request, default="")


@require_safe
def sign_in_to_admin(request: HttpRequest) -> HttpResponse:
    """The administration has no door of its own, which would not count wrong passwords."""
    if request.user.is_authenticated:
        raise PermissionDenied("Only a curator may use the administration.")
    return redirect_to_login(return_address(request, default="/admin/"))


class ForgottenPasswordForm(forms.Form):
    email = forms.EmailField(label="Your e-mail address", widget=forms.EmailInput(attrs={"autocomplete": "email"}))


@require_http_methods(["GET", "HEAD", "POST"])
def forgotten_password(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether an account has the address or not, and whether it asked too often or not."""
    form = ForgottenPasswordForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/forgotten.html", {"form": form})
    email, place = form.cleaned_data["email"], address_of(request)
    if not RESETS.is_reached(email) and not RESETS_OF_A_PLACE.is_reached(place):
        RESETS.count(email)
        RESETS_OF_A_PLACE.count(place)
        people.ask_for_password(email, at=timezone.now())
    return render(request, "account/letter_sent.html", {"email": email})


class SetPassword(SuccessMessageMixin[Any], auth.PasswordResetConfirmView):
    """Where the link in an invitation or a password letter leads; whoever sets the password is signed in."""

    template_name = "account/set_password.html"
    post_reset_login = True
    success_url = reverse_lazy("account")
    success_message = "Your password is set, and you are signed in."


class ChangePassword(SuccessMessageMixin[Any], auth.PasswordChangeView):
    template_name = "account/change_password.html"
    success_url = reverse_lazy("account")
    success_message = "Your password is changed. You stay signed in here, and nowhere else."


class NameForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ("first_name",)
        labels = {"first_name": "Name as others see it"}
        help_texts = {"first_name": "It stands beside what you decide; what is decided already keeps the old one."}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """The member's own page: name, subscriptions, forecasts."""
    assert isinstance(request.user, User)
    form = NameForm(request.POST if request.method == "POST" else None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your name is kept.")
        return redirect("account")
    context = {
        "form": form,
        "following": followed_by(request.user),
        "forecasts": forecasting.lines(request.user, now=timezone.now()),
    }
    return render(request, "account/account.html", context)
