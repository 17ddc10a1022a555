"""Which part answers which address."""

from django.contrib import admin
from django.urls import include, path

from config.health import health
from tracker.pages.account import views as account

urlpatterns = [
    path("health/", health, name="health"),
    path("admin/login/", account.sign_in_to_admin),
    path("admin/", admin.site.urls),
    path("", include("tracker.pages.urls")),
]
