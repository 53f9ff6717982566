"""Settings, all of them from the installation and a few variables of the environment.

`CASEBOUND_DATA` names the data folder (the `casebound` command sets it from `--data`);
`CASEBOUND_DATABASE_URL` (and `_KEYRING_URL`, `_DERIVED_URL`) choose PostgreSQL;
`CASEBOUND_HOSTS` lists the names the server answers to; `CASEBOUND_POOL` sizes the connection
pool; `CASEBOUND_READ_MUCH` is how many pages a person opens in a day before they are asked why,
`CASEBOUND_MANY_BOOKS` how many books in an hour before their manager is asked about it;
`CASEBOUND_SIGN_ON_ISSUER` (and `_CLIENT`, `_SECRET_FILE`, `_NAME`) lets people sign in at a
provider of OpenID Connect; `CASEBOUND_LANGUAGE` chooses the language of the screens;
`CASEBOUND_GALLERY=yes` shows the
gallery of components to a developer. Without a data folder, only what needs no data works.
"""

import os
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

import casebound.foundation.sqlcipher  # noqa: F401  (swaps the driver; must come first)
from casebound.config.rooms import ROOMS
from casebound.foundation.base import databases
from casebound.foundation.base.installation import Installation
from casebound.foundation.base.sign_on import SignOnSettingError, sign_on_of
from casebound.foundation.stores import addresses

_data = os.environ.get("CASEBOUND_DATA")
INSTALLATION = (
    Installation.open(Path(_data).resolve())
    if _data
    else Installation.passing(Path(tempfile.gettempdir()) / "casebound-no-data")
)
DATA = INSTALLATION.data

SECRET_KEY = INSTALLATION.web_secret
DEBUG = False
DEMO = INSTALLATION.demo
ALLOWED_HOSTS = (
    ["localhost", "127.0.0.1", "[::1]"]
    if DEMO
    else os.environ.get("CASEBOUND_HOSTS", "localhost,127.0.0.1").split(",")
)
# How much of a child's date of birth each printed sheet says: the provider chooses.
PRINT_BIRTH = os.environ.get("CASEBOUND_PRINT_BIRTH", "date")
if PRINT_BIRTH not in {"date", "year", "nothing"}:
    raise ImproperlyConfigured("CASEBOUND_PRINT_BIRTH is date, year or nothing.")

# The page of all components is for who changes the look: tests show it, and no server does.
GALLERY = os.environ.get("CASEBOUND_GALLERY") == "yes"

# TLS ends at the proxy in front; the demo is on this machine only and has none.
BEHIND_TLS = not DEMO and os.environ.get("CASEBOUND_TLS", "yes") != "no"

_urls = {
    "default": os.environ.get("CASEBOUND_DATABASE_URL", ""),
    "keyring": os.environ.get("CASEBOUND_KEYRING_URL", ""),
    "derived": os.environ.get("CASEBOUND_DERIVED_URL", ""),
}
DATABASES = (
    addresses.postgresql(_urls, pool=int(os.environ.get("CASEBOUND_POOL", "0")))
    if _urls["default"]
    else databases.sqlite(INSTALLATION)
)
# Administrators are warned when fewer bytes than this are left on a disk; 0: the usual.
ROOM_WARNED_BELOW = int(os.environ.get("CASEBOUND_ROOM_WARNING", "0")) << 20
# A person who works reads some hundred pages in a day; a person who copies books, thousands.
READ_MUCH = int(os.environ.get("CASEBOUND_READ_MUCH", "600"))
if READ_MUCH < 1:
    raise ImproperlyConfigured("CASEBOUND_READ_MUCH is a number of pages, 1 or more.")
# In an hour, more books than this are a question to the manager: a home has some four children.
MANY_BOOKS = int(os.environ.get("CASEBOUND_MANY_BOOKS", "8"))
if MANY_BOOKS < 1:
    raise ImproperlyConfigured("CASEBOUND_MANY_BOOKS is a number of books, 1 or more.")
DATABASE_ROUTERS = ["casebound.config.routers.StoreRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",  # its provider of OpenID Connect; its tables stay empty
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    *ROOMS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "casebound.foundation.web.headers.HeadersMiddleware",
    "casebound.foundation.web.methods.MethodsMiddleware",
    "casebound.foundation.stores.middleware.RoomMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",  # answers to its own names only
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "casebound.upkeep.running.middleware.WorkedOutAgainMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "casebound.foundation.web.sent_once.SentOnceMiddleware",
    "casebound.foundation.web.middleware.PostedFormsMiddleware",
    "casebound.foundation.web.lengths.LengthMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "casebound.people.accounts.middleware.SessionEndsMiddleware",
    "casebound.people.accounts.middleware.SecondFactorMiddleware",
    "casebound.people.accounts.middleware.HandOverMiddleware",
    "casebound.people.access.looked_from.LookedFromMiddleware",
    "casebound.people.access.watching.RefusedLooksMiddleware",
    "casebound.people.access.asking_why.AskedWhyMiddleware",
    "casebound.foundation.web.middleware.RefusalsMiddleware",
]

ROOT_URLCONF = "casebound.config.urls"
WSGI_APPLICATION = "casebound.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "casebound.config.frame.frame",
            ],
        },
    }
]
COTTON_DIR = "components"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["casebound.people.accounts.backend.AccountBackend"]
PASSWORD_HASHERS = ["casebound.people.accounts.hashing.PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "full_name")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
] + [{"NAME": "casebound.people.accounts.own_words.OwnWordsValidator"}]
# A visitor of the demo has no password: the page of its people lets them in.
LOGIN_URL = "/demo/" if DEMO else "/sign-in/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_ADAPTER = "casebound.people.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up: the adapter refuses
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60  # to change how one signs in; signing an entry asks again
ACCOUNT_PREVENT_ENUMERATION = True
# Tries are counted in accounts/limits.py, which lets a person pass on a device that is known.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
MFA_RATE_LIMITS = {"webauthn_login": None}
# Behind a proxy, the address of a guesser is the one the proxy saw.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_TLS else 0
PASSWORD_RESET_TIMEOUT = 2 * 24 * 60 * 60  # how long a set-up link works
MFA_ADAPTER = "casebound.people.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "casebound.people.accounts.forms.CodeForm",
    "reauthenticate": "casebound.people.accounts.forms.CodeAgainForm",
    "add_webauthn": "casebound.people.accounts.forms.AddPasskeyForm",
    "login_webauthn": "casebound.people.accounts.forms.PasskeySignInForm",
    "authenticate_webauthn": "casebound.people.accounts.forms.PasskeyForm",
    "reauthenticate_webauthn": "casebound.people.accounts.forms.PasskeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey asks its person, or it is only a thing
MFA_TOTP_ISSUER = "casebound"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_RECOVERY_CODES_SHOW_ONCE = True

# Single sign-on, if the provider of the homes has one (docs/operating.md).
try:
    SIGN_ON = None if DEMO else sign_on_of(os.environ)
except SignOnSettingError as wrong:
    raise ImproperlyConfigured(str(wrong)) from wrong
SOCIALACCOUNT_ADAPTER = "casebound.people.accounts.sign_on.SignOnErrors"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True}}
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5

SESSION_ENGINE = "casebound.people.accounts.sessions"
# With the prefix, a browser takes the cookie from this very host and over TLS only.
SESSION_COOKIE_NAME = "__Host-casebound" if BEHIND_TLS else "casebound"
# A random number for a browser on which somebody signed in; it names nobody and opens nothing.
DEVICE_COOKIE_NAME = "__Host-casebound-device" if BEHIND_TLS else "casebound-device"
SESSION_COOKIE_AGE = 12 * 60 * 60  # one long shift, whatever happens
SESSION_IDLE_AFTER = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = BEHIND_TLS
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # never in a cookie
CSRF_COOKIE_NAME = "__Host-casebound-form" if BEHIND_TLS else "casebound-form"
CSRF_COOKIE_AGE = None  # until the browser is closed
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_FAILURE_VIEW = "casebound.foundation.web.errors.form_too_old"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 63072000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_SSL_REDIRECT = False
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

CACHES = {
    # Shared between processes, so that slowing down a guesser does not depend on which answers.
    "default": {"BACKEND": "casebound.foundation.web.json_cache.JsonCache", "LOCATION": "cache"}
}

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Fixed words are messages in English; a translation is a folder of `config/locale` (docs/words.md).
LOCALE_PATHS = [Path(__file__).parent / "locale"]
SHIPPED = {"en-gb", *(folder.name for folder in LOCALE_PATHS[0].iterdir() if folder.is_dir())}
LANGUAGE_CODE = os.environ.get("CASEBOUND_LANGUAGE", "en-gb")
if LANGUAGE_CODE not in SHIPPED:
    raise ImproperlyConfigured(f"CASEBOUND_LANGUAGE is one of: {', '.join(sorted(SHIPPED))}.")
LANGUAGES = [(code, code) for code in sorted(SHIPPED)]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# No file ever lies in plain on the disk: the one page that takes files encrypts them as they come.
FILE_UPLOAD_HANDLERS = ["casebound.foundation.web.lengths.RefusingHandler"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "casebound.foundation.web.errors.IdsOnlyFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # A refused address is not an error of ours, and may hold whatever somebody typed.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        # Each try to reach a database that is away; the refusal says it once.
        "psycopg.pool": {"level": "ERROR"},
        # A stranger may send many of these, and the first would be in the log as it was sent.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.security.FileNotTakenError": {"level": "CRITICAL"},
        "django.security.RequestDataTooBig": {"level": "CRITICAL"},
    },
}

# SQLite keeps no comments on columns; there they stand in docs/schema.txt.
SILENCED_SYSTEM_CHECKS = ["fields.W163"]
