"""Settings, all from the environment: `.env.example` lists the variables and explains them."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import get_language_info

from config import connections, environment, sentry
from config.caches import caches
from config.organization import Organization

BASE_DIR = Path(__file__).resolve().parent.parent

# Raises NotConfigured, with a line for each variable that is wrong.
env = environment.load(BASE_DIR)
PRODUCTION = env.is_production

SECRET_KEY = env["SECRET_KEY"]
SECRET_KEY_FALLBACKS = env["SECRET_KEY_FALLBACKS"]
DEBUG = env["DEBUG"]
# Outside of production mode nothing but this machine is served, whatever else is set.
ALLOWED_HOSTS = env["ALLOWED_HOSTS"] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]

# A proxy that ends TLS and itself sets X-Forwarded-Proto and X-Forwarded-For.
BEHIND_PROXY = PRODUCTION and env["BEHIND_PROXY"]

# In which languages there are pages; the first has addresses without a prefix.
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
LANGUAGE_CODE = env["LANGUAGE_CODE"]
LANGUAGES = [(code, get_language_info(code)["name_local"]) for code in env["LANGUAGES"]]
FORMAT_MODULE_PATH = ["config.formats"]

# Whose directory this is, and whether that and what follows is the example's.
ENVIRONMENT_IS_EXAMPLE = env.is_example
ORGANIZATION = Organization(
    name=env["ORGANIZATION_NAME"],
    url=env["ORGANIZATION_URL"],
    motto=env["ORGANIZATION_MOTTO"],
    logo_text=env["ORGANIZATION_LOGO_TEXT"] or env["ORGANIZATION_NAME"],
    brand_color=env["ORGANIZATION_BRAND_COLOR"],
    language=env["ORGANIZATION_LANGUAGE"] or LANGUAGE_CODE,
    country=env["ORGANIZATION_COUNTRY"],
    subdivision=env["ORGANIZATION_SUBDIVISION"],
    time_zone=env["ORGANIZATION_TIME_ZONE"],
    logo=env["ORGANIZATION_LOGO"],
    paper_size=env["ORGANIZATION_PAPER_SIZE"],
    hosts=tuple(env["TRUSTED_DOMAINS"]),
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
    "csp",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "phonenumber_field",
    "directory",
    "escalations",
]

MIDDLEWARE = [
    "config.frame_room.middleware",
    "config.request_ids.RequestIdMiddleware",
    "config.metrics.MetricsMiddleware",
    "config.headers.HeadersMiddleware",
    "config.middleware.ProbeMiddleware",
    "config.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "directory.public.outage.DatabaseOutageMiddleware",
    "directory.public.altered.AlteredEditionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.LanguageMiddleware",
    "config.middleware.ConditionalMiddleware",
    "directory.public.known_since.KnownSinceMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    # Nobody is signed in without the second factor.
    "directory.admin.second_factor.sessions.SecondFactorMiddleware",
    "directory.admin.sign_in.sessions_in_use.SessionsInUseMiddleware",
    "directory.admin.confirming.ConfirmingMiddleware",
    "config.body_limits.BodyLimitMiddleware",
    "directory.public.not_allowed.NotAllowedMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "directory.admin.sign_in.refused_tries.RefusedTriesMiddleware",
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
                "directory.public.known_since.context",
                "directory.public.mirror_pages.context",
            ],
        },
    },
]

FORM_RENDERER = "config.form_rendering.FormRenderer"

# Database: embedded SQLite unless DATABASE_URL says otherwise.
DATABASES = {"default": connections.database(env["DATABASE_URL"], env["DATABASE_CONN_MAX_AGE"])}
# What public pages and the API read, as long as it has all that the other one has.
HAS_REPLICA = bool(env["DATABASE_REPLICA_URL"])
if HAS_REPLICA:
    DATABASES["replica"] = {
        **connections.database(env["DATABASE_REPLICA_URL"], env["DATABASE_CONN_MAX_AGE"]),
        "TEST": {"MIRROR": "default"},
    }
    DATABASE_ROUTERS = ["directory.editions.replica.Router"]
# The longest that one statement of a request may take; commands have no limit.
DATABASE_STATEMENT_SECONDS = env["DATABASE_STATEMENT_SECONDS"]
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
STATIC_ROOT = env["STATIC_ROOT"]
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

# Sign-in. `directory.admin.sign_in.limits` counts wrong passwords and codes.
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
# The first is what passwords are kept with; what an earlier one made is made anew on signing in.
PASSWORD_HASHERS = ["config.hashers.Argon2", "config.hashers.PBKDF2"]
# How many passwords a process hashes at once, each in 46 MiB: half of its threads serve pages.
GUNICORN_THREADS = env["GUNICORN_THREADS"]
# How many connections to the database all processes keep, and how many of them it has for us.
DATABASE_CONNECTIONS_WANTED = GUNICORN_THREADS * connections.processes(
    env["WEB_CONCURRENCY"], os.cpu_count() or 1, GUNICORN_THREADS
)
DATABASE_CONNECTIONS = env["DATABASE_CONNECTIONS"]
PASSWORDS_HASHED_AT_ONCE = env["PASSWORDS_HASHED_AT_ONCE"] or GUNICORN_THREADS // 2
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "directory.admin.sign_in.leaked_passwords.LeakedPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# How long the link of an invitation, or for a forgotten password, is good.
PASSWORD_LINK_VALID_FOR_DAYS = env["PASSWORD_LINK_VALID_FOR_DAYS"]
PASSWORD_RESET_TIMEOUT = PASSWORD_LINK_VALID_FOR_DAYS * 24 * 60 * 60
# Whether nobody works in the back office without a passkey or an authenticator app.
SECOND_FACTOR_IS_REQUIRED = env["SECOND_FACTOR"] == "required"
# For how long who was asked for it before a risky act is not asked again.
CONFIRMED_FOR_MINUTES = env["CONFIRMED_FOR_MINUTES"]
# How long who lost it waits until the link in the mail opens; it is good as long again.
FACTOR_RECOVERY_HOURS = env["FACTOR_RECOVERY_HOURS"]
# A code is good once, in its half minute, the one before or the one after. Wrong ones are counted
# with wrong passwords: the library's own brake would let a stranger lock the owner out.
OTP_TOTP_ISSUER = ORGANIZATION.name
OTP_TOTP_SYNC = False
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0
# Sessions end when nothing was done for so long, and after twelve hours.
SESSION_ENGINE = "directory.models.sessions"
SESSION_IDLE_MINUTES = env["SESSION_IDLE_MINUTES"]
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
    SECURE_SSL_REDIRECT = env["SECURE_SSL_REDIRECT"]
    SECURE_HSTS_SECONDS = env["SECURE_HSTS_SECONDS"]
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    SECURE_HSTS_PRELOAD = env["SECURE_HSTS_PRELOAD"]
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # A proxy may listen on another port, or pass another name on, than what browsers see.
    CSRF_TRUSTED_ORIGINS = [url for url in {env["PUBLIC_URL"], env["BACK_OFFICE_URL"]} if url]
    # Hosts below this one may not speak HTTPS, and a list of browsers is not left again soon: who
    # knows that all of them do, says so.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Which acts of the back office wait until somebody else agrees: off, risky or all.
FOUR_EYES = env["FOUR_EYES"]

# Upkeep: after how many days something is due, and how its owners are reminded.
CONTACT_POINT_VERIFIED_FOR_DAYS = env["CONTACT_POINT_VERIFIED_FOR_DAYS"]
REVIEW_INTERVAL_DAYS = env["REVIEW_INTERVAL_DAYS"]
# How long the mail address stays that a customer left with a report; closing it empties it at once.
REPORT_MAIL_KEPT_FOR_DAYS = env["REPORT_MAIL_KEPT_FOR_DAYS"]
# How long what was withdrawn waits before a second person may erase it, so that others can object.
ERASE_AFTER_DAYS = env["ERASE_AFTER_DAYS"]
mail_server = env["EMAIL_URL"]
if PRODUCTION and mail_server["EMAIL_BACKEND"].endswith(".console.EmailBackend"):
    mail_server["EMAIL_BACKEND"] = "config.mail.NoMailServer"
vars().update(mail_server)
# Somebody waits for the page that says whether a mail was sent.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env["DEFAULT_FROM_EMAIL"]
# Where mails say that the back office is; reminders need it in production mode.
BACK_OFFICE_URL = env["BACK_OFFICE_URL"]

# The origin of canonical addresses, feeds, vCards, QR codes, sitemaps and mails to customers:
# whatever host a request names, it enters none of them.
PUBLIC_URL = env["PUBLIC_URL"] or (f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "")

# Where pages lead while the database cannot be reached: the copy that `export_site` makes.
MIRROR_URL = env["MIRROR_URL"]

# Where the audit log's lines go besides the database, one object of JSON each; else to stderr.
AUDIT_LOG_FILE = env["AUDIT_LOG_FILE"]
# The Ed25519 key that signs checkpoints: files that stand outside of the database, so that who
# writes to that cannot sign. Pages hand out the public one, and need no other.
CHECKPOINT_KEY_FILE = env["CHECKPOINT_KEY_FILE"]
CHECKPOINT_PUBLIC_KEY_FILE = env["CHECKPOINT_PUBLIC_KEY_FILE"]
CHECKPOINT_KEY_FALLBACKS = env["CHECKPOINT_KEY_FALLBACKS"]

# security.txt (RFC 9116): where to report what is wrong with the security of this site.
SECURITY_CONTACT = env["SECURITY_CONTACT"]
SECURITY_POLICY_URL = env["SECURITY_POLICY_URL"]

# How much of what was rendered a process keeps; in DEBUG nothing, so that templates show at once.
ANSWERS_MEMORY_MB = 0 if DEBUG else env["ANSWERS_MEMORY_MB"]
# The Redis in which processes and machines share it.
CACHE_URL = env["CACHE_URL"]
CACHES = caches(CACHE_URL)

# What opens /metrics to Prometheus; without it there is none.
METRICS_TOKEN = env["METRICS_TOKEN"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {
            "class": "config.logs.Formatter",
            "format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s",
        },
        "json": {"class": "config.logs.JsonFormatter"},
        "bare": {"format": "%(message)s"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": env["LOG_FORMAT"]},
        # To be moved away by whoever rotates files.
        "audit": {
            "class": "logging.handlers.WatchedFileHandler",
            "filename": AUDIT_LOG_FILE,
            "encoding": "utf-8",
            "formatter": "bare",
        }
        if AUDIT_LOG_FILE
        # On a machine of one's own they would stand between all that a command says.
        else {"class": f"logging.{'Stream' if PRODUCTION else 'Null'}Handler", "formatter": "bare"},
    },
    "root": {"handlers": ["console"], "level": env["LOG_LEVEL"]},
    "loggers": {
        # Without Django's own, which writes mails with the variables of what failed.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"propagate": False},
        "directory.audit": {"handlers": ["audit"], "level": "INFO", "propagate": False},
    },
}

if env["SENTRY_DSN"]:
    sentry.start(env["SENTRY_DSN"], env["MODE"])
