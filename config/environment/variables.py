"""Every variable that is read: its kind, and what holds where it is not set. `.env.example`
explains them, in this order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from config.connections import CONNECTIONS
from config.environment import addresses, files, identity
from config.environment.kinds import days, flag, name, number, one_of, several, text, token


@dataclass(frozen=True)
class Variable:
    """`read` takes what is written, and raises Wrong. `in_production` is the default there, if it
    is another. `required` says how to set what production mode does not start without. What is
    written for a `secret` one is not repeated in messages."""

    read: Callable[[str], Any]
    default: Any = ""
    in_production: Any = None
    required: str = ""
    secret: bool = False

    def unset(self, production: bool) -> Any:
        """The default in this mode."""
        return self.in_production if production and self.in_production is not None else self.default


VARIABLES = {
    "MODE": Variable(one_of("local", "production"), "local"),
    "DEBUG": Variable(flag, False),
    "SECRET_KEY": Variable(
        text,
        "django-insecure-for-a-first-look-on-loopback-only",
        required="Write at least 50 random characters.",
        secret=True,
    ),
    "SECRET_KEY_FALLBACKS": Variable(several(text), [], secret=True),
    "ALLOWED_HOSTS": Variable(
        several(addresses.host, at_least=1),
        ["localhost", "127.0.0.1", "[::1]"],
        required="Name the hosts that this server answers for.",
    ),
    "DATABASE_URL": Variable(
        addresses.database,
        addresses.database("sqlite:///db.sqlite3"),
        required="Write postgres://user:password@host:5432/name.",
        secret=True,
    ),
    "DATABASE_REPLICA_URL": Variable(addresses.database, None, secret=True),
    "DATABASE_CONN_MAX_AGE": Variable(number(0, 86_400), 60),
    "DATABASE_STATEMENT_SECONDS": Variable(number(1, 600, " of seconds"), 15),
    "DATABASE_CONNECTIONS": Variable(number(2, 10_000), CONNECTIONS),
    # Whose directory this is.
    "ORGANIZATION_NAME": Variable(name, required="Write whose directory this is."),
    "ORGANIZATION_URL": Variable(addresses.page_address),
    "ORGANIZATION_MOTTO": Variable(name),
    "ORGANIZATION_LOGO_TEXT": Variable(name),
    "ORGANIZATION_LOGO": Variable(files.image),
    "ORGANIZATION_BRAND_COLOR": Variable(identity.color, "#0b4f8a"),
    "TRUSTED_DOMAINS": Variable(several(addresses.trusted_domain), []),
    "ORGANIZATION_LANGUAGE": Variable(identity.language),
    "ORGANIZATION_COUNTRY": Variable(identity.country, "CO"),
    "ORGANIZATION_SUBDIVISION": Variable(text),
    "ORGANIZATION_TIME_ZONE": Variable(identity.time_zone, "America/Bogota"),
    "ORGANIZATION_PAPER_SIZE": Variable(one_of("letter", "A4")),
    "LANGUAGES": Variable(several(identity.page_language, at_least=1), ["es", "en", "pt"]),
    "LANGUAGE_CODE": Variable(identity.page_language, "es"),
    # The server.
    "STATIC_ROOT": Variable(files.folder, files.PROJECT / "staticfiles"),
    "BEHIND_PROXY": Variable(flag, False),
    "SECURE_SSL_REDIRECT": Variable(flag, True),
    "SECURE_HSTS_SECONDS": Variable(number(0, 10 * 31_536_000), 31_536_000),
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": Variable(flag, False),
    "SECURE_HSTS_PRELOAD": Variable(flag, False),
    "LOG_LEVEL": Variable(one_of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"), "INFO"),
    "LOG_FORMAT": Variable(one_of("text", "json"), "text"),
    "AUDIT_LOG_FILE": Variable(files.json_lines),
    # Upkeep and people.
    "FOUR_EYES": Variable(one_of("off", "risky", "all"), "off", in_production="risky"),
    "CONTACT_POINT_VERIFIED_FOR_DAYS": Variable(days(), 180),
    "REVIEW_INTERVAL_DAYS": Variable(days(), 180),
    "REPORT_MAIL_KEPT_FOR_DAYS": Variable(days(), 90),
    "ERASE_AFTER_DAYS": Variable(days(least=0), 7),
    "PASSWORD_LINK_VALID_FOR_DAYS": Variable(days(), 7),
    "SECOND_FACTOR": Variable(one_of("required", "optional"), "optional", in_production="required"),
    "CONFIRMED_FOR_MINUTES": Variable(number(1, 120), 10),
    "FACTOR_RECOVERY_HOURS": Variable(number(1, 720), 24),
    "SESSION_IDLE_MINUTES": Variable(number(5, 12 * 60), 120),
    "PASSWORDS_HASHED_AT_ONCE": Variable(number(1, 64), None),
    "EMAIL_URL": Variable(
        addresses.mail_server, addresses.mail_server("consolemail://"), secret=True
    ),
    "DEFAULT_FROM_EMAIL": Variable(addresses.sender, "directorio@localhost"),
    "BACK_OFFICE_URL": Variable(addresses.origin),
    "PUBLIC_URL": Variable(addresses.origin),
    "MIRROR_URL": Variable(addresses.web_address),
    # What customers check.
    "CHECKPOINT_KEY_FILE": Variable(files.private_key),
    "CHECKPOINT_PUBLIC_KEY_FILE": Variable(files.public_key),
    "CHECKPOINT_KEY_FALLBACKS": Variable(several(files.former_key), []),
    "SECURITY_CONTACT": Variable(several(addresses.contact), []),
    "SECURITY_POLICY_URL": Variable(addresses.page_address),
    # What watches the server.
    "METRICS_TOKEN": Variable(token, secret=True),
    "SENTRY_DSN": Variable(addresses.sentry, secret=True),
    # What was rendered.
    "ANSWERS_MEMORY_MB": Variable(number(0, 4096), 6),
    "CACHE_URL": Variable(addresses.cache, secret=True),
    # Gunicorn.
    "GUNICORN_BIND": Variable(several(addresses.listening), ["127.0.0.1:8000"]),
    "WEB_CONCURRENCY": Variable(number(1, 200), None),
    "GUNICORN_THREADS": Variable(number(2, 64), 4),
    "GUNICORN_TIMEOUT": Variable(number(10, 3_600, " of seconds"), 60),
}
