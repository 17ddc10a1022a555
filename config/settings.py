"""All settings. Everything an operator may choose is read from HINDCAST_* variables (docs/settings.md)."""

import os
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from config.environment import Environment, host_of, last_base_url, postgres, read_secret_key, sqlite, writable_folder

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(os.environ)

# Where everything lies that this installation writes.
HINDCAST_VAR = writable_folder(Path(env.text("HINDCAST_VAR", default=str(BASE_DIR / "var"))).absolute())
HINDCAST_OUTBOX = HINDCAST_VAR / "outbox"
HINDCAST_BROKER = HINDCAST_VAR / "broker"
HINDCAST_HEARTBEAT = HINDCAST_VAR / "heartbeat"
HINDCAST_SEEDS = BASE_DIR / "seeds"

# The two variables that choose production.
HINDCAST_DATABASE_URL = env.address("HINDCAST_DATABASE_URL", default="", schemes=("postgresql", "postgres"))
HINDCAST_REDIS_URL = env.address("HINDCAST_REDIS_URL", default="", schemes=("redis", "rediss"))

# What the web site is called from outside.
HINDCAST_BASE_URL_FILE = HINDCAST_VAR / "base_url"  # what `up` ran as, for the commands beside it
HINDCAST_BASE_URL = env.address(
    "HINDCAST_BASE_URL", default=last_base_url(HINDCAST_BASE_URL_FILE), schemes=("https", "http")
)
HINDCAST_HOST = host_of(HINDCAST_BASE_URL)
HINDCAST_IS_HTTPS = HINDCAST_BASE_URL.startswith("https://")
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]

# How news is fetched.
HINDCAST_POLL = env.flag("HINDCAST_POLL", default=True)
HINDCAST_USER_AGENT = env.text("HINDCAST_USER_AGENT", default=f"Hindcast/0.1 (+{HINDCAST_BASE_URL})")
HINDCAST_HOST_GAP = timedelta(milliseconds=env.number("HINDCAST_HOST_GAP_MS", default=1000, least=0))
HINDCAST_ALLOWED_NETWORKS = env.networks("HINDCAST_ALLOWED_NETWORKS")

# How long entries are kept that never became evidence, in days; 0 for ever.
HINDCAST_KEEP_ENTRIES_DAYS = env.days("HINDCAST_KEEP_ENTRIES_DAYS", default=180, least=30)

# Who judges the news: the built-in classifier, a local NLI model, or a language model at an OpenAI-compatible address;
# and what else that language model reads.
HINDCAST_READER = env.choice("HINDCAST_READER", default="built-in", among=("built-in", "onnx", "openai"))
HINDCAST_NLI_FOLDER = env.text("HINDCAST_NLI_FOLDER", default="")
HINDCAST_LLM_URL = env.address("HINDCAST_LLM_URL", default="", schemes=("https", "http"))
HINDCAST_METACULUS_TOKEN = env.text("HINDCAST_METACULUS_TOKEN", default="")
HINDCAST_LLM_KEY = env.text("HINDCAST_LLM_KEY", default="")
HINDCAST_LLM_MODEL = env.text("HINDCAST_LLM_MODEL", default="")
HINDCAST_LLM_TIMEOUT_SECONDS = env.number("HINDCAST_LLM_TIMEOUT_SECONDS", default=60)
HINDCAST_LLM_RETRIES = env.number("HINDCAST_LLM_RETRIES", default=2, least=0)
HINDCAST_LLM_CALLS_A_DAY = env.number("HINDCAST_LLM_CALLS_A_DAY", default=500, least=0)
env.require("HINDCAST_READER", "onnx", needs=("HINDCAST_NLI_FOLDER",))
HINDCAST_LLM_READS = env.chosen(
    "HINDCAST_LLM_READS",
    among=("claims", "foreign", "drafts", "stance", "rulings", "forecasts"),
    every=("claims", "drafts", "stance", "rulings"),
)
env.require("HINDCAST_READER", "openai", needs=("HINDCAST_LLM_URL", "HINDCAST_LLM_MODEL"))
if HINDCAST_LLM_READS:
    env.need("HINDCAST_LLM_READS", needs=("HINDCAST_LLM_URL", "HINDCAST_LLM_MODEL"))
if "stance" in HINDCAST_LLM_READS:
    env.refuse("HINDCAST_READER", "onnx", beside="stance in HINDCAST_LLM_READS")
    HINDCAST_READER = "openai"

# How many processes work.
HINDCAST_WEB_WORKERS = env.number("HINDCAST_WEB_WORKERS", default=1)
HINDCAST_JOB_WORKERS = env.number("HINDCAST_JOB_WORKERS", default=1)

DEBUG = env.flag("HINDCAST_DEBUG", default=False)
SECRET_KEY = env.text("HINDCAST_SECRET_KEY", default="") or read_secret_key(HINDCAST_VAR / "secret_key")
# The loopback names are for the health checks of one's own machine.
ALLOWED_HOSTS = [HINDCAST_HOST, *env.names("HINDCAST_ALLOWED_HOSTS"), *LOOPBACK]
CSRF_TRUSTED_ORIGINS = [HINDCAST_BASE_URL] if HINDCAST_IS_HTTPS else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "tracker",  # before the admin, whose templates it may replace
    "forecasts",
    "lab",
    "django.contrib.admin",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", ["config.templates.Loader"])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {
    "default": postgres(HINDCAST_DATABASE_URL) if HINDCAST_DATABASE_URL else sqlite(HINDCAST_VAR / "db.sqlite3"),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": HINDCAST_REDIS_URL}
    if HINDCAST_REDIS_URL
    # With room for what the robots.txt of every host says.
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}},
}

AUTH_USER_MODEL = "tracker.User"
AUTHENTICATION_BACKENDS = ["tracker.sign_in.Roles"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/account/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = HINDCAST_VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "config.static.StaticFiles"
    },
}
# Room for an article of five megabytes in a form, so that it is refused in words and not by a bare error.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
MEDIA_ROOT = HINDCAST_VAR / "media"

# Letters: by SMTP where a server is named, else as files in the outbox.
HINDCAST_MAIL_URL = env.address("HINDCAST_MAIL_URL", default="", schemes=("smtp", "smtp+tls", "smtp+ssl"))
if HINDCAST_MAIL_URL:
    vars().update(environ.Env.email_url_config(HINDCAST_MAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(HINDCAST_OUTBOX)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("HINDCAST_MAIL_FROM", default=f"Hindcast <hindcast@{HINDCAST_HOST}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Nothing but our own files is loaded or sent to, and no script or style stands inside a page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HINDCAST_IS_HTTPS
# `up` and the container speak plain HTTP, so an https address means a proxy in front, which must set this header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HINDCAST_IS_HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 30 * 24 * 3600 if HINDCAST_IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HINDCAST_IS_HTTPS
# Preloading binds a whole domain in browsers for years: its owner's choice, not a default of ours.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if HINDCAST_HOST in LOOPBACK and not HINDCAST_IS_HTTPS:
    # HSTS, redirect and secure cookies protect the way across a network, and here there is none.
    SILENCED_SYSTEM_CHECKS += ["security.W004", "security.W008", "security.W012", "security.W016"]

HINDCAST_LOG_LEVEL = env.choice("HINDCAST_LOG_LEVEL", default="INFO", among=("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "tracker": {"level": HINDCAST_LOG_LEVEL},
        "forecasts": {"level": HINDCAST_LOG_LEVEL},
        "config": {"level": HINDCAST_LOG_LEVEL},
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}

env.refuse_unknown()
