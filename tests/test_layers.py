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
ROWS = (*PURE, "directory.models")
EDITIONS = (*ROWS, "directory.editions")
# What each room may import of this project beside itself. The longest name that fits counts.
MAY_IMPORT = {
    "config": (),
    "config.admin_site": ("config", "directory"),
    "config.urls": ("config", "directory"),
    "directory.apps": ("directory",),
    "directory.hours": (),
    "directory.contacts": (),
    "directory.models": PURE,
    "directory.editions": ROWS,
    # Of editions nothing but their documents, and what the parts of these are called.
    "directory.answers": (*PURE, "directory.editions.document", "directory.editions.names"),
    "directory.api": (*EDITIONS, "directory.answers"),
    # Pages that tell of failures speak for the API too.
    "directory.public": (
        *EDITIONS,
        "directory.answers",
        "directory.api.problems",
        "config.organization",
    ),
    "directory.upkeep": (*EDITIONS, "directory.answers"),
    "directory.imports": (*EDITIONS, "directory.answers"),
    "directory.management": ("directory",),
    "directory.templatetags": ("directory",),
    "directory.admin": ("directory",),
    "directory.migrations": ("directory.models",),
    "escalations": ("directory",),
}
# Where Django wants imports inside functions: the admin site and `ready` stand before the models,
# and models refer to each other.
MAY_IMPORT_LATE = ("config.admin_site", "directory.apps", "directory.models", "escalations.apps")


def sources(*packages: str) -> Iterator[tuple[Path, ast.Module]]:
    for package in packages:
        for path in sorted((settings.BASE_DIR / package).rglob("*.py")):
            yield path.relative_to(settings.BASE_DIR), ast.parse(path.read_text())


def functions(tree: ast.Module) -> Iterator[ast.AST]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The line and the full name of everything imported, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def module_of(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def is_within(name: str, rooms: tuple[str, ...]) -> bool:
    return any(f"{name}.".startswith(f"{room}.") for room in rooms)


def refusal(module: str, name: str) -> str:
    """Why a module may not import this name; empty if it may."""
    room = max((room for room in MAY_IMPORT if is_within(module, (room,))), key=len, default="")
    if is_within(name, OURS):
        if not room:
            return "stands in no room"
        if not is_within(name, (room, *MAY_IMPORT[room])):
            return f"{room} may not import {name}"
    if is_within(module, PURE) and is_within(name, ("django.db",)):
        return f"{room} is pure and may not import {name}"
    return ""


def test_imports_point_downwards() -> None:
    found = [
        f"{path}:{line}: {why}"
        for path, tree in sources(*OURS)
        for line, name in imported(tree)
        if (why := refusal(module_of(path), name))
    ]
    assert not found, "\n".join(found)


def test_imports_inside_functions_are_where_django_wants_them() -> None:
    found = [
        f"{path}:{line}: import {name} at the top of the module"
        for path, tree in sources(*OURS)
        if not is_within(module_of(path), MAY_IMPORT_LATE)
        for function in functions(tree)
        for line, name in imported(function)
        if is_within(name, OURS)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("directory.hours.rules", "directory.models.Schedule"),
        ("directory.hours.rules", "django.db.models"),
        ("directory.models.services", "directory.editions.document.ServiceDocument"),
        ("directory.editions.redaction", "directory.imports.fixtures"),
        ("directory.answers.resolve", "directory.editions.publish.publish"),
        ("directory.answers.resolve", "directory.models.Edition"),
        ("directory.public.views", "directory.admin.services"),
        ("directory.admin.services", "escalations.models"),
        ("directory.loose", "directory.models"),
        ("config.settings", "directory.models"),
    ],
)
def test_an_import_upwards_is_refused(module: str, name: str) -> None:
    assert refusal(module, name)


def test_the_directory_names_no_relation_of_escalations() -> None:
    models = apps.get_app_config("escalations").get_models()
    relations = {
        relation.get_accessor_name()
        for model in models
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model._meta.app_label == "directory"
        for relation in [field.remote_field]
    }
    assert {"escalation_policy", "escalation_contacts"} <= relations
    named = re.compile(rf"\b({'|'.join(relations)})(__|\b)")
    found = [
        f"{path}:{number}: {line.strip()}"
        for path, _tree in sources("directory")
        for number, line in enumerate((settings.BASE_DIR / path).read_text().splitlines(), 1)
        if named.search(line)
    ]
    assert not found, "\n".join(found)
