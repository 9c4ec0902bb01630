"""What `check --deploy` tells of a configuration that starts and does not serve well."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Info, Warning
from django.http.request import validate_host

from config import mail


def deployment(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """All that is found."""
    return [*_of_people(), *_static_files(), *_addresses(), *_database()]


def _of_people() -> Iterator[CheckMessage]:
    if not settings.SECURITY_CONTACT:
        yield Info(
            "There is no /.well-known/security.txt: who finds a vulnerability has nobody to tell.",
            hint="Set SECURITY_CONTACT to a mail address, or an https: or tel: address.",
            id="config.I001",
        )
    if mail.is_for_nobody():
        yield Info(
            "No mail is sent: nobody can be invited, nor is told when a number changes.",
            hint="Set EMAIL_URL to a mail server.",
            id="config.I002",
        )


def _static_files() -> Iterator[CheckMessage]:
    if settings.PRODUCTION and not (settings.STATIC_ROOT / "staticfiles.json").is_file():
        yield Warning(
            f"There are no styles and scripts in {settings.STATIC_ROOT}: pages will fail.",
            hint="Run manage.py collectstatic with the STATIC_ROOT of the server.",
            id="config.W003",
        )


def _addresses() -> Iterator[CheckMessage]:
    for number, name in ((4, "PUBLIC_URL"), (5, "BACK_OFFICE_URL")):
        address = getattr(settings, name)
        host = urlsplit(address).hostname
        if host and not validate_host(host, settings.ALLOWED_HOSTS):
            yield Warning(
                f"{name} is {address}, and ALLOWED_HOSTS has no {host}: its links are refused.",
                hint=f"Add {host} to ALLOWED_HOSTS, or correct {name}.",
                id=f"config.W{number:03}",
            )


def _database() -> Iterator[CheckMessage]:
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield Info(
            "The database is a file of SQLite: one machine serves it, and one person writes at a "
            "time.",
            hint="Set DATABASE_URL to PostgreSQL before there is a second machine.",
            id="config.I006",
        )
        return
    wanted, there = settings.DATABASE_CONNECTIONS_WANTED, settings.DATABASE_CONNECTIONS
    if wanted > there:
        yield Warning(
            f"WEB_CONCURRENCY times GUNICORN_THREADS is {wanted} connections to the database, which"
            f" has {there} for them: at times of many visitors, some would be refused.",
            hint="Lower WEB_CONCURRENCY; or raise max_connections of PostgreSQL, or put a pooler "
            "before it, and set DATABASE_CONNECTIONS to ten less than it takes.",
            id="config.W001",
        )
