# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Django's settings, all of them derived from ``vaxel.site.config``."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from vaxel.site.catalogues import LOCALE, compile_stale
from vaxel.site.config import config
from vaxel.site.database import database

CONFIG = config()
HTTPS = CONFIG.web_url.startswith("https://")

SECRET_KEY = CONFIG.secrets["django"]
DEBUG = False
ALLOWED_HOSTS = sorted(
    {"127.0.0.1", "localhost", "[::1]", "testserver", CONFIG.web_host, urlsplit(CONFIG.web_url).hostname or "localhost"}
)
CSRF_TRUSTED_ORIGINS = [CONFIG.public_url.rstrip("/")] if CONFIG.public_url else []

ROOT_URLCONF = "vaxel.site.urls"
ASGI_APPLICATION = "vaxel.site.asgi.application"
APPEND_SLASH = False

INSTALLED_APPS = [
    "vaxel.directory",
    "vaxel.absence",
    "vaxel.policy",
    "vaxel.calls",
    "vaxel.cases",
    "vaxel.duties",
    "vaxel.proof",
    "vaxel.prompts",
    "vaxel.notices",
    "vaxel.staffing",
    "vaxel.exchange",
    "vaxel.portal",
    "vaxel.console",
    "vaxel.site.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "vaxel.site.middleware.count_requests",
    "vaxel.site.middleware.security_headers",
    "vaxel.site.problems.problems_as_json",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "vaxel.site.middleware.own_language",
    "vaxel.directory.acting.who_acts",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "vaxel.site.races.LostRaces",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ]
        },
    }
]

DATABASES = {"default": database(CONFIG.database_url, CONFIG.var)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "directory.User"
LOGIN_URL = "portal:log_in"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = reverse_lazy("portal:log_in", query={"logged-out": ""})
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

CACHES = {
    # Failed log-ins are counted here: with the usual 300 entries, made-up users' would push out those that matter.
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}}
}

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = "vaxel.site.formats"
LANGUAGES = [("sv", _("Swedish")), ("nb", _("Norwegian Bokmål")), ("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [LOCALE]
compile_stale()
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
# Files are served from where they lie, so that an installation needs no collecting step.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 300

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 14 * 3600
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
# A division of cases has eight fields for each part, and a town hundreds of streets: Django's 1,000 end at 124 parts.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# vaxel.site.logging sets logging up for each process, before Django.
LOGGING_CONFIG = None
