"""The environment as `settings` and gunicorn read it: `variables` lists what there is, `kinds`,
`addresses`, `files` and `identity` say what is right, `dotenv` reads the file, `together` what one
variable asks of another. All that is wrong is told at once, before anything starts."""

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.environment import dotenv, together
from config.environment.kinds import Wrong, one_of, text
from config.environment.variables import VARIABLES

# Where the organisation of a first look stands.
EXAMPLE = "fixtures/example.env"
# Looks like LANGUAGES, and is what gettext reads: every desktop sets it.
OF_OTHERS = {"LANGUAGE"}


class NotConfigured(ImproperlyConfigured):
    """What is to be mended, a line each; `manage.py` and servers print it and end."""


class Environment(dict[str, Any]):
    """The value of each of VARIABLES, and what follows from where it was read."""

    is_production: bool
    # Nobody has said yet whose directory this is: the name is the example's.
    is_example: bool


def load(base_dir: Path, process: Mapping[str, str] | None = None) -> Environment:
    """Read the file that ENV_FILE names (`.env` by default, none if it is empty) from `base_dir`,
    under the process environment: a variable that is set there wins. Where there is no file, a
    process in local mode reads the example of a first look.

    What else stands in the file is for other programs, and gets into the process environment.
    Raises NotConfigured, naming every variable that is wrong, and what is right.
    """
    process = os.environ if process is None else process
    problems: list[str] = []
    wrong: set[str] = set()
    given = {name: dotenv.Given(value, "") for name, value in process.items()}
    chosen = process.get("ENV_FILE", ".env")
    named = bool(chosen) and "ENV_FILE" in process
    of_file = {}
    is_there = bool(chosen) and _exists(base_dir / chosen)
    if is_there or named:
        of_file = _read(base_dir / chosen, problems)
    production = _is_production({**of_file, **given}, problems)
    example = {}
    if not is_there and not production:
        example = _read(base_dir / EXAMPLE, problems) if (base_dir / EXAMPLE).exists() else {}
    problems += _misspelt(given, 0.9, OF_OTHERS) + _misspelt(of_file, 0.8)
    if process is os.environ:
        for name in of_file.keys() - VARIABLES.keys():
            os.environ.setdefault(name, of_file[name].value)
    given = {**example, **of_file, **given}
    environment = Environment(_values(given, production, problems, wrong))
    environment.is_production = production
    environment.is_example = given.get("ORGANIZATION_NAME") == example.get("ORGANIZATION_NAME", "")
    told = together.problems(environment, production)
    problems += [line for name, line in told if name not in wrong]
    if problems:
        raise NotConfigured("\n".join(problems))
    return environment


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        # A name that no file can have; what reads it says so.
        return False


def _read(path: Path, problems: list[str]) -> dict[str, dotenv.Given]:
    try:
        return dotenv.read(path)
    except dotenv.Unreadable as error:
        problems += error.problems
        return {}


def _is_production(given: Mapping[str, dotenv.Given], problems: list[str]) -> bool:
    """Whether MODE asks for production. The default is `local`, which serves loopback only; any
    other word is a problem, an empty one too, so that a typo never weakens production."""
    mode = given.get("MODE", dotenv.Given("local", ""))
    try:
        return one_of("local", "production")(mode.value) == "production"
    except Wrong as wrong:
        problems.append(_problem("MODE", mode, wrong))
        return False


def _values(
    given: Mapping[str, dotenv.Given], production: bool, problems: list[str], wrong: set[str]
) -> dict[str, Any]:
    """The value of each variable; its default, and its name in `wrong`, for what is not right."""
    values: dict[str, Any] = {}
    for name, variable in VARIABLES.items():
        values[name] = variable.unset(production)
        said = given.get(name, dotenv.Given("", ""))
        if name == "MODE":
            values[name] = "production" if production else "local"
        elif said.value.strip():
            try:
                values[name] = variable.read(text(said.value.strip()))
            except Wrong as error:
                wrong.add(name)
                problems.append(_problem(name, said, error, secret=variable.secret))
        elif variable.required and production:
            wrong.add(name)
            problems.append(f"{name} is not set. {variable.required}")
    return values


def _problem(name: str, said: dotenv.Given, wrong: Wrong, secret: bool = False) -> str:
    shown = "not right" if secret else f'"{wrong.part or said.value}"'
    line = f"{said.where}{name} is {shown}. {wrong}"
    return " ".join(line.split())


def _misspelt(
    given: Mapping[str, dotenv.Given], closeness: float, but: set[str] | None = None
) -> list[str]:
    """A line for each name that nothing reads and that looks like one of ours."""
    return [
        f"{given[name].where}{name} is read by nothing. {close[0]} is meant?"
        for name in sorted(given.keys() - VARIABLES.keys() - (but or set()) - {"ENV_FILE"})
        if (close := get_close_matches(name, VARIABLES, 1, closeness))
    ]
