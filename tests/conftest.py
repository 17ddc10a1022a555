"""What every test shares: static files without a manifest, and passwords that hash quickly."""

import pytest


@pytest.fixture(autouse=True)
def quick_settings(settings):
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
