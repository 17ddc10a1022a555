"""Which page answers which address."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from tracker.pages import feeds


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hindcast")


urlpatterns = [
    path("", home, name="home"),
    path("feeds/", feeds.feed_list, name="feeds"),
    path("feeds/add/", feeds.add_feed, name="add_feed"),
    path("feeds/<int:pk>/pause/", feeds.pause, name="pause_feed"),
    path("feeds/<int:pk>/resume/", feeds.resume, name="resume_feed"),
    path("feeds/<int:pk>/poll/", feeds.poll_now, name="poll_feed"),
]
