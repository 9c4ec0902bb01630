"""Settings, all from the environment: `.env.example` lists the variables and explains them."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import get_language_info

from config import environment
from config.organization import Organization

BASE_DIR = Path(__file__).resolve().parent.parent

env = environment.load(BASE_DIR)
PRODUCTION = environment.is_production(env)
if PRODUCTION:
    environment.refuse_half_configured(env)

SECRET_KEY = env.str("SECRET_KEY", "django-insecure-for-a-first-look-on-loopback-only")
SECRET_KEY_FALLBACKS = [
    key.strip() for key in env.list("SECRET_KEY_FALLBACKS", default=[]) if key.strip()
]
DEBUG = env.bool("DEBUG", False)
# Outside of production mode nothing but this machine is served, whatever else is set.
ALLOWED_HOSTS = (
    [host.strip() for host in env.list("ALLOWED_HOSTS")]
    if PRODUCTION
    else ["localhost", "127.0.0.1", "[::1]"]
)

# A proxy that ends TLS and itself sets X-Forwarded-Proto and X-Forwarded-For.
BEHIND_PROXY = PRODUCTION and env.bool("BEHIND_PROXY", False)

# In which languages there are pages; the first has addresses without a prefix.
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
LANGUAGE_CODE, language_codes = environment.languages(env, LOCALE_PATHS[0])
LANGUAGES = [(code, get_language_info(code)["name_local"]) for code in language_codes]
FORMAT_MODULE_PATH = ["config.formats"]

# Whose directory this is, and whether that and what follows is the example's.
ENVIRONMENT_IS_EXAMPLE = environment.is_example(BASE_DIR, env)
ORGANIZATION = Organization(
    name=env.str("ORGANIZATION_NAME", ""),
    url=env.str("ORGANIZATION_URL", ""),
    motto=env.str("ORGANIZATION_MOTTO", ""),
    logo_text=env.str("ORGANIZATION_LOGO_TEXT", "") or env.str("ORGANIZATION_NAME", ""),
    brand_color=env.str("ORGANIZATION_BRAND_COLOR", "#0b4f8a"),
    language=env.str("ORGANIZATION_LANGUAGE", "").strip() or LANGUAGE_CODE,
    country=env.str("ORGANIZATION_COUNTRY", "CO"),
    subdivision=env.str("ORGANIZATION_SUBDIVISION", ""),
    time_zone=env.str("ORGANIZATION_TIME_ZONE", "America/Bogota"),
    logo=env.str("ORGANIZATION_LOGO", ""),
    paper_size=env.str("ORGANIZATION_PAPER_SIZE", "").strip(),
    hosts=tuple(
        host.strip().lower() for host in env.list("ORGANIZATION_HOSTS", default=[]) if host.strip()
    ),
)

INSTALLED_APPS = [
    "config.apps.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    # Before staticfiles: runserver then serves files the way production does.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "phonenumber_field",
    "directory",
    "escalations",
]

MIDDLEWARE = [
    "config.middleware.ProbeMiddleware",
    "config.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "directory.public.outage.DatabaseOutageMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.LanguageMiddleware",
    "config.middleware.ConditionalMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context_processors.organization",
                "directory.public.mirror_pages.context",
            ],
        },
    },
]

# Database: embedded SQLite unless DATABASE_URL says otherwise.
DATABASES = {"default": env.db_url("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes its lock at the start and waits for others, so none fails half-way through;
        # WAL lets readers go on meanwhile (https://sqlite.org/wal.html).
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 5
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Time, phones: the organisation's own country.
TIME_ZONE = ORGANIZATION.time_zone
USE_TZ = True
# The first one is what the clock beside a field writes; `directory.models.time_fields` reads it.
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S"]
PHONENUMBER_DEFAULT_REGION = ORGANIZATION.country

# Static files: hashed and compressed in production; straight from the apps otherwise.
STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "staticfiles")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = not PRODUCTION

# Sign-in: ten wrong passwords lock the account for that address for an hour.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
# How long the link of an invitation, or for a forgotten password, is good.
PASSWORD_LINK_VALID_FOR_DAYS = environment.days(env, "PASSWORD_LINK_VALID_FOR_DAYS", 7)
PASSWORD_RESET_TIMEOUT = PASSWORD_LINK_VALID_FOR_DAYS * 24 * 60 * 60
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# The page says until when, and what to do; trying meanwhile does not make it longer.
AXES_LOCKOUT_CALLABLE = "directory.admin.lockouts.locked_out"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_VERBOSE = False
# Its rows are for the commands of axes; staff have no use for them.
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "config.client_address.client_address"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
# What was typed into a form of the back office is kept.
CSRF_FAILURE_VIEW = "directory.admin.kept_pages.csrf_failure"

# What a browser may do with our pages: nothing that does not come from here, and no inline code.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

# Forms with many rows: a thousand with some twenty fields each, or a number's ten thousand places.
# What is more gets a page that says so (`failures.bad_request`).
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 365 * 24 * 60 * 60)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
    SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", True)
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Upkeep: after how many days something is due, and how its owners are reminded.
CONTACT_POINT_VERIFIED_FOR_DAYS = environment.days(env, "CONTACT_POINT_VERIFIED_FOR_DAYS", 180)
REVIEW_INTERVAL_DAYS = environment.days(env, "REVIEW_INTERVAL_DAYS", 180)
# How long the mail address stays that a customer left with a report; closing it empties it at once.
REPORT_MAIL_KEPT_FOR_DAYS = environment.days(env, "REPORT_MAIL_KEPT_FOR_DAYS", 90)
vars().update(env.email_url("EMAIL_URL", "consolemail://"))
# Somebody waits for the page that says whether a mail was sent.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "directorio@localhost")
# Where mails say that the back office is; reminders need it in production mode.
BACK_OFFICE_URL = environment.address(env, "BACK_OFFICE_URL")

# The origin of canonical addresses, feeds, vCards, QR codes, sitemaps and mails to customers:
# whatever host a request names, it enters none of them.
PUBLIC_URL = environment.public_url(env)

# Where pages lead while the database cannot be reached: the copy that `export_site` makes.
MIRROR_URL = environment.address(env, "MIRROR_URL")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "config.logs.Formatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {"axes": {"level": "WARNING"}, "django.server": {"propagate": False}},
}
