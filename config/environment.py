"""The environment as `settings` reads it: where it comes from, and when it is refused."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import URLValidator
from django.utils.translation import to_language

# What a public deployment must state itself. Nothing here has a default that is safe for everybody.
REQUIRED_IN_PRODUCTION = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "ORGANIZATION_NAME")
SECRET_KEY_MINIMUM_LENGTH = 50
# Unless the environment says which: the first is that of addresses without a prefix.
LANGUAGES = ("es", "en", "pt")


def load(base_dir: Path) -> environ.Env:
    """Read the file that ENV_FILE names (`.env` by default) from `base_dir`, or `.env.example`
    where there is none, under the process environment: a variable that is set there wins.

    The example is only for a first look, so a process in production mode never reads it.
    """
    env = environ.Env()
    chosen = base_dir / env.str("ENV_FILE", ".env")
    if chosen.exists():
        env.read_env(chosen)
    elif not is_production(env):
        env.read_env(base_dir / ".env.example")
    return env


def is_example(base_dir: Path, env: environ.Env) -> bool:
    """Whether nobody has said yet whose directory this is: `load` has read the example, and the
    name of the organisation is the one there."""
    if (base_dir / env.str("ENV_FILE", ".env")).exists() or is_production(env):
        return False
    example = base_dir / ".env.example"
    name = f"ORGANIZATION_NAME={env.str('ORGANIZATION_NAME', '')}"
    return example.exists() and name in example.read_text(encoding="utf-8").splitlines()


def is_production(env: environ.Env) -> bool:
    """Whether `MODE` asks for production. The default is `local`, which serves loopback only.

    Raises ImproperlyConfigured for any other word, so that a typo never weakens production.
    """
    mode = env.str("MODE", "local")
    if mode not in ("local", "production"):
        raise ImproperlyConfigured(f'MODE is "{mode}". Set it to "local" or "production".')
    return mode == "production"


def days(env: environ.Env, name: str, default: int) -> int:
    """A number of days, at least one. Raises ImproperlyConfigured, naming it, for anything else."""
    try:
        number = env.int(name, default)
    except ValueError:
        number = 0
    if not 1 <= number <= 3650:
        raise ImproperlyConfigured(f"{name} must be a number of days from 1 to 3650.")
    return number


def address(env: environ.Env, name: str) -> str:
    """A web address without its last slash, or an empty text. Raises ImproperlyConfigured, naming
    the variable, for anything else."""
    value = env.str(name, "").rstrip("/")
    if value:
        try:
            URLValidator(schemes=["http", "https"])(value)
        except ValidationError as error:
            raise ImproperlyConfigured(
                f'{name} is "{value}". Write a whole http(s) address.'
            ) from error
    return value


def known_languages(catalogues: Path) -> set[str]:
    """The codes of the languages that the site can speak: English, which the code is written in,
    and those with a folder in `catalogues`."""
    return {"en", *(to_language(folder.name) for folder in catalogues.iterdir() if folder.is_dir())}


def languages(env: environ.Env, catalogues: Path) -> tuple[str, list[str]]:
    """LANGUAGE_CODE, the language of addresses without a prefix, and LANGUAGES, all in which there
    are pages. Raises ImproperlyConfigured, naming the variable, for a language without a catalogue,
    and where the first is none of the others."""
    known = known_languages(catalogues)
    codes = [code.strip() for code in env.list("LANGUAGES", default=[*LANGUAGES])]
    codes = [code for code in dict.fromkeys(codes) if code]
    first = env.str("LANGUAGE_CODE", "").strip() or LANGUAGES[0]
    wanted = {"LANGUAGE_CODE": [first], "LANGUAGES": codes}
    for name, code in ((name, code) for name, codes in wanted.items() for code in codes):
        if code not in known:
            raise ImproperlyConfigured(
                f'{name} has "{code}". The site is translated into: {", ".join(sorted(known))}.'
            )
    if first not in codes:
        raise ImproperlyConfigured(
            f'LANGUAGE_CODE is "{first}", which is not among LANGUAGES: '
            f"{', '.join(codes) or 'none'}."
        )
    return first, codes


def public_url(env: environ.Env) -> str:
    """The origin of all public addresses, without its last slash: PUBLIC_URL, else the first of
    ALLOWED_HOSTS in production mode, else an empty text. Raises ImproperlyConfigured for an address
    with a path, and where neither says it in production mode."""
    value = address(env, "PUBLIC_URL")
    if value and urlsplit(value).path:
        raise ImproperlyConfigured(
            f'PUBLIC_URL is "{value}". Write it without a path: https://soporte.example.com.'
        )
    if value or not is_production(env):
        return value
    host = next((host.strip() for host in env.list("ALLOWED_HOSTS") if host.strip()), "")
    if host.startswith("."):
        raise ImproperlyConfigured(
            f'PUBLIC_URL is not set, and ALLOWED_HOSTS begins with "{host}", which is many hosts. '
            "Set PUBLIC_URL to the address that customers know."
        )
    return f"https://{host}"


def refuse_half_configured(env: environ.Env) -> None:
    """Raise ImproperlyConfigured, naming every variable to mend, unless production is complete."""
    problems = [
        f"{name} is not set" for name in REQUIRED_IN_PRODUCTION if not env.str(name, "").strip()
    ]
    if env.str("DATABASE_URL", "").strip() and "ENGINE" not in env.db_url("DATABASE_URL"):
        problems.append("DATABASE_URL is not the address of a database")
    hosts = env.list("ALLOWED_HOSTS", default=[])
    if hosts and not any(host.strip() for host in hosts):
        problems.append("ALLOWED_HOSTS names no host")
    secret_key = env.str("SECRET_KEY", "")
    if secret_key and (
        len(secret_key) < SECRET_KEY_MINIMUM_LENGTH or secret_key.startswith("django-insecure-")
    ):
        problems.append(
            f"SECRET_KEY must be at least {SECRET_KEY_MINIMUM_LENGTH} random characters"
        )
    if env.bool("DEBUG", False):
        problems.append("DEBUG must be off")
    if "*" in hosts:
        problems.append("ALLOWED_HOSTS must name the hosts, not *")
    if problems:
        raise ImproperlyConfigured(
            "Production mode is not completely configured: " + "; ".join(problems) + "."
        )
