"""Which checks are run."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from inspect import isfunction

from directory.upkeep import checks
from directory.upkeep.checks.messages import CheckMessage
from directory.upkeep.checks.runs import CHECKS


def test_every_check_that_is_written_is_run_once():
    names = [module.name for module in pkgutil.iter_modules(checks.__path__)]
    modules = [import_module(f"{checks.__name__}.{name}") for name in names]
    written = {
        each
        for module in modules
        for each in vars(module).values()
        if isfunction(each) and each.__annotations__.get("return") == Iterator[CheckMessage]
    }
    assert (set(CHECKS), len(CHECKS)) == (written, len(written))
