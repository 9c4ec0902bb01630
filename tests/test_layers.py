"""Imports point downwards, and the directory names nothing of the apps that add to it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

OURS = ("config", "directory", "escalations")
PURE = ("directory.hours", "directory.contacts")
# Rows and the clock, and what leads to them.
IMPURE = ("django.apps", "django.contrib", "django.db", "django.utils.timezone")
# What is imported by its name in a text is not seen here.
BY_NAME = ("importlib", "pkgutil", "django.utils.module_loading")
ROWS = (*PURE, "directory.models")
DOCUMENTS = (
    "directory.editions.document",
    "directory.editions.formats",
    "directory.editions.names",
    "directory.editions.shipped",
)
EDITIONS = (*ROWS, "directory.audit", "directory.editions")
ANSWERS = (*EDITIONS, "directory.answers")
MANAGED = ("directory.public", "directory.upkeep", "directory.imports", "directory.following")
# Whether the database answers, and what its errors say.
DATABASE = ("config.availability", "config.database_errors")
SITE = (
    *DATABASE,
    "config.body_limits",
    "config.headers",
    "config.migrations",
    "config.organization",
    "config.origin",
    "config.request_ids",
)
SHOWN = ("directory.answers", "directory.public")
# What each room may import of this project beside itself. The longest name that fits counts.
MAY_IMPORT = {
    "config": (),
    "config.admin_site": ("config", "directory"),
    "config.urls": ("config", "directory"),
    "config.wsgi": ("config", "directory.rendered"),
    "directory.apps": ("directory",),
    "directory.hours": (),
    "directory.contacts": (),
    "directory.models": PURE,
    # Who withdraws and erases is on record, and told to publishers.
    "directory.editions": (*ROWS, "directory.audit", "config.metrics", "config.origin", *DATABASE),
    "directory.revisions": EDITIONS,
    "directory.audit": (
        "directory.models",
        "config.client_address",
        "config.logs",
        "config.request_ids",
    ),
    # Of editions nothing but their documents, their types, and what the parts of these are called.
    "directory.answers": (*PURE, *DOCUMENTS, "directory.editions.reading"),
    # For how long answers are kept is the same as of pages.
    "directory.api": (*ANSWERS, "directory.public.caching", "config.origin"),
    # Pages that tell of failures speak for the API too.
    "directory.public": (*ANSWERS, "directory.api.problems", *SITE),
    # What customers report is taken there.
    "directory.public.report_views": (
        *ANSWERS,
        "directory.public",
        "directory.upkeep.reports",
        "config.client_address",
        *DATABASE,
    ),
    # Who follows by mail is kept there.
    "directory.public.follow_form": ("directory.following",),
    "directory.public.follow_views": (
        *ANSWERS,
        "directory.following",
        "directory.public",
        "config.client_address",
        *SITE,
    ),
    "directory.rendered": (
        "directory.models",
        "directory.public.caching",
        "directory.editions.last_known",
        *DATABASE,
        "config.headers",
        "config.metrics",
        "config.request_ids",
    ),
    "directory.following": (*ANSWERS, "config.mail", "config.origin"),
    "directory.upkeep": ANSWERS,
    "directory.imports": ANSWERS,
    "directory.management": (*EDITIONS, *MANAGED, "config.mail", "config.origin"),
    # The first administrator comes in as those do who are invited.
    "directory.management.commands.initialize": (
        *EDITIONS,
        *MANAGED,
        "config.origin",
        "directory.admin.invitations",
        "directory.admin.sign_in.account_links",
        "directory.management.usual_roles",
    ),
    "directory.templatetags": (*PURE, *DOCUMENTS, *SHOWN, "config.origin"),
    # Its filter stands where Django looks for filters.
    "directory.templatetags.way_back": ("directory.admin.way_back",),
    "directory.admin": (
        *DATABASE,
        "config.body_limits",
        "directory",
        "config.body_limits",
        "config.client_address",
        "config.hashers",
        "config.origin",
    ),
    "directory.migrations": ("directory.models",),
    "escalations": ("directory",),
}
# Where Django wants imports inside functions: the admin site and `ready` stand before the models,
# and models refer to each other. Gunicorn says where to count before what counts is loaded.
MAY_IMPORT_LATE = (
    "config.gunicorn",
    "config.admin_site",
    "directory.apps",
    "directory.models",
    "escalations.apps",
)


def sources(*packages: str) -> Iterator[tuple[Path, ast.Module]]:
    for package in packages:
        for path in sorted((settings.BASE_DIR / package).rglob("*.py")):
            yield path.relative_to(settings.BASE_DIR), ast.parse(path.read_text())


def functions(tree: ast.Module) -> Iterator[ast.AST]:
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return (node for node in ast.walk(tree) if isinstance(node, kinds))


def imported(path: Path, tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The line and the full name of everything imported, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # One dot is the package that the module stands in, each further one the next above.
            above = path.parts[: -node.level or None] if node.level else ()
            package = ".".join((*above, *filter(None, [node.module])))
            yield from ((node.lineno, f"{package}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Name) and node.id == "__import__":
            yield node.lineno, "importlib"


def module_of(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def room_of(module: str) -> str:
    """The longest name in MAY_IMPORT that the module stands in; empty if it stands in none."""
    return max((room for room in MAY_IMPORT if is_within(module, (room,))), key=len, default="")


def is_within(name: str, rooms: tuple[str, ...]) -> bool:
    return any(f"{name}.".startswith(f"{room}.") for room in rooms)


def refusal(module: str, name: str) -> str:
    """Why a module may not import this name; empty if it may."""
    room = room_of(module)
    allowed = (room, *MAY_IMPORT.get(room, ()))
    if is_within(name, (*OURS, "tests")) and not is_within(name, allowed):
        return f"{room or module} may not import {name}"
    if is_within(module, PURE) and is_within(name, IMPURE):
        return f"{room} is pure and may not import {name}"
    if is_within(name, BY_NAME):
        return f"imports by name, which no test sees: {name}"
    return ""


def refusals(path: Path, tree: ast.AST) -> list[str]:
    return [
        f"{path}:{line}: {why}"
        for line, name in imported(path, tree)
        if (why := refusal(module_of(path), name))
    ]


def test_every_module_stands_in_a_room() -> None:
    modules = [module_of(path) for path, _tree in sources(*OURS)]
    assert [each for each in modules if not room_of(each) and each != "directory"] == []


def test_every_room_says_what_it_is_for_and_what_may_not_come_in() -> None:
    map_of_places = (settings.BASE_DIR / "README.md").read_text()
    silent, missing = [], []
    for path, tree in sources(*OURS):
        if path.name == "__init__.py" and path.parent.name != "migrations":
            first, *rest = (ast.get_docstring(tree) or "").splitlines()
            silent += [] if first and any(rest) else [str(path)]
        if path.name == "__init__.py" and len(path.parts) == 3:
            missing += [] if f"{path.parent.name}/`" in map_of_places else [str(path.parent)]
    assert (silent, missing) == ([], [])


def test_imports_point_downwards() -> None:
    found = [line for path, tree in sources(*OURS) for line in refusals(path, tree)]
    assert not found, "\n".join(found)


def test_imports_inside_functions_are_where_django_wants_them() -> None:
    found = [
        f"{path}:{line}: import {name} at the top of the module"
        for path, tree in sources(*OURS)
        if not is_within(module_of(path), MAY_IMPORT_LATE)
        for function in functions(tree)
        for line, name in imported(path, function)
        if is_within(name, OURS)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("directory/hours/rules.py", "from directory.models import Schedule"),
        ("directory/hours/rules.py", "from django.db import models"),
        ("directory/hours/rules.py", "from django.apps import apps"),
        ("directory/hours/rules.py", "from django.utils import timezone"),
        ("directory/hours/rules.py", "from ..models import Schedule"),
        ("directory/hours/rules.py", "from .. import models"),
        ("directory/hours/__init__.py", "from ..models import Schedule"),
        ("directory/hours/rules.py", "import importlib"),
        ("directory/hours/rules.py", "models = __import__('directory.models')"),
        ("directory/hours/rules.py", "from tests.factories import ScheduleFactory"),
        ("directory/models/services.py", "from directory.editions.document import encode"),
        ("directory/models/services.py", "if TYPE_CHECKING:\n    import directory.editions"),
        (
            "directory/editions/withdrawals/redaction.py",
            "def late():\n    from directory.imports import read",
        ),
        ("directory/answers/resolve.py", "from directory.editions.publish import publish"),
        ("directory/answers/resolve.py", "from directory.models import Edition"),
        ("directory/public/views.py", "from directory.admin import services"),
        ("directory/public/views.py", "from directory import admin"),
        ("directory/templatetags/text.py", "from directory.models import Edition"),
        ("directory/admin/services.py", "import escalations.models"),
        ("config/settings.py", "from directory import models"),
    ],
)
def test_an_import_upwards_is_refused(path: str, line: str) -> None:
    assert len(refusals(Path(path), ast.parse(line))) == 1


def relations(app_label: str) -> set[str]:
    models = apps.get_app_config(app_label).get_models()
    fields = (field for model in models for field in model._meta.get_fields())
    return {field.name for field in fields if field.is_relation}


def test_the_directory_names_nothing_of_escalations() -> None:
    to_directory = {name for name in relations("directory") if "escalation" in name}
    assert to_directory == {
        "escalation_contacts",
        "escalation_levels",
        "escalation_policy",
        "escalation_times",
        "escalationcontactuses",
    }
    among_themselves = relations("escalations") - relations("directory")
    assert among_themselves == {
        "absence",
        "absences",
        "contact",
        "levels",
        "policy",
        "stand_in",
        "stands_in_for",
        "times",
    }
    models = {model.__name__ for model in apps.get_app_config("escalations").get_models()}
    # A word that the document has too.
    models -= {"Absence"}
    names = "|".join({"escalations"} | to_directory | models)
    named = re.compile(rf"(?i)(?:\b|_)(?:{names})(?:\b|_)")
    # Words that the directory has too: as texts they name a relation.
    quoted = re.compile(rf"""["'](?:{"|".join(among_themselves)})(?:__\w+)?["']""")
    code = [settings.BASE_DIR / path for path, _tree in sources("directory")]
    templates = sorted((settings.BASE_DIR / "templates").rglob("*.*"))
    # What is of that app stands apart.
    templates = [path for path in templates if "escalations" not in path.parts]
    found = [
        f"{path.relative_to(settings.BASE_DIR)}:{number}: {line.strip()}"
        for path in (*code, *templates)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if named.search(line) or (path in code and quoted.search(line))
    ]
    assert not found, "\n".join(found)
