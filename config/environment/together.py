"""What one variable asks of another."""

from collections.abc import Iterator, Mapping
from typing import Any

from config.environment.identity import subdivisions

SECRET_KEY_MINIMUM = 50


def problems(values: Mapping[str, Any], production: bool) -> Iterator[tuple[str, str]]:
    """The variable, and a line, of each pair that does not go together."""
    if values["LANGUAGE_CODE"] not in values["LANGUAGES"]:
        yield (
            "LANGUAGE_CODE",
            f'LANGUAGE_CODE is "{values["LANGUAGE_CODE"]}", which is not among LANGUAGES: '
            f"{', '.join(values['LANGUAGES'])}.",
        )
    part, country = values["ORGANIZATION_SUBDIVISION"], values["ORGANIZATION_COUNTRY"]
    if part and part not in (known := subdivisions(country)):
        yield (
            "ORGANIZATION_SUBDIVISION",
            f'ORGANIZATION_SUBDIVISION is "{part}". Leave it empty, or write a part of {country} '
            f"with holidays of its own: {', '.join(known) or 'none is known'}.",
        )
    if replica := values["DATABASE_REPLICA_URL"]:
        primary = values["DATABASE_URL"]
        if any(not each["ENGINE"].endswith("postgresql") for each in (primary, replica)):
            yield (
                "DATABASE_REPLICA_URL",
                "DATABASE_REPLICA_URL is not right. Both databases have to be PostgreSQL.",
            )
        elif all(primary[part] == replica[part] for part in ("HOST", "PORT", "NAME")):
            yield (
                "DATABASE_REPLICA_URL",
                "DATABASE_REPLICA_URL is DATABASE_URL. Name a replica, or leave it empty.",
            )
    if production:
        yield from _of_production(values)


def _of_production(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if values["DEBUG"]:
        yield "DEBUG", "DEBUG is on, which shows strangers how the site works. Set it to off."
    for name in ("SECRET_KEY", "SECRET_KEY_FALLBACKS"):
        keys = [values[name]] if name == "SECRET_KEY" else values[name]
        if any(len(key) < SECRET_KEY_MINIMUM or key.startswith("django-insecure-") for key in keys):
            yield (
                name,
                f"{name} is not right. Write at least {SECRET_KEY_MINIMUM} random characters.",
            )
    first = values["ALLOWED_HOSTS"][0]
    if not values["PUBLIC_URL"] and first.startswith("."):
        yield (
            "PUBLIC_URL",
            f'PUBLIC_URL is not set, and ALLOWED_HOSTS begins with "{first}", which is many hosts. '
            "Set PUBLIC_URL to the address that customers know.",
        )
    if values["SECURE_HSTS_PRELOAD"] and not values["SECURE_HSTS_INCLUDE_SUBDOMAINS"]:
        yield (
            "SECURE_HSTS_PRELOAD",
            "SECURE_HSTS_PRELOAD is on, which lists of browsers take with "
            "SECURE_HSTS_INCLUDE_SUBDOMAINS alone. Set both to on, or this one to off.",
        )
