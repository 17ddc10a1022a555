"""Which page answers which address."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hindcast")


urlpatterns = [path("", home, name="home")]
