"""The product's settings on a throw-away folder, so that no test ever touches a live installation.

Only the database may be chosen from outside: HINDCAST_DATABASE_URL runs the same tests on PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile

for name in [name for name in os.environ if name.startswith("HINDCAST_") and name != "HINDCAST_DATABASE_URL"]:
    del os.environ[name]
os.environ["HINDCAST_VAR"] = tempfile.mkdtemp(prefix="hindcast-test-")
atexit.register(shutil.rmtree, os.environ["HINDCAST_VAR"], ignore_errors=True)
# Playwright keeps an event loop in the thread of the tests; our code has none.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from config.settings import *  # noqa: E402, F403
from config.settings import STORAGES  # noqa: E402

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
