"""A file of variables, `.env`: NAME=value, a line each."""

import re
from pathlib import Path
from typing import NamedTuple

ASSIGNED = re.compile(r"\s*(?:export\s+)?([A-Za-z_]\w*)\s*=(.*)", re.ASCII | re.DOTALL)
# In quotes, then perhaps a comment: "a \"b\"" # why.
QUOTED = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)')\s*(?:\s#.*)?""", re.DOTALL)
COMMENT = re.compile(r"(?:^|\s+)#.*|\s+$", re.DOTALL)


class Given(NamedTuple):
    """What stands for a name, and where, as a problem begins: “.env, line 3: ”; empty for the
    process environment."""

    value: str
    where: str


class Unreadable(Exception):
    """The file is not read; `problems` has a line for each reason."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read(path: Path) -> dict[str, Given]:
    """The variables of a file. `export` before a name, quotes, comments after a blank, a byte order
    mark and line ends of Windows are read as they are meant.
    Raises Unreadable, naming every line that is not understood, and for a name that is there twice.
    """
    try:
        lines = re.split(r"\r?\n", path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable([f"{path.name} is not UTF-8. Save it as such."]) from None
    except ValueError:
        raise Unreadable([f"ENV_FILE is {str(path)!r}. Write the path of a file."]) from None
    except OSError as error:
        raise Unreadable([f"ENV_FILE: {path} cannot be read: {error.strerror}."]) from error
    given: dict[str, Given] = {}
    problems = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        where = f"{path.name}, line {number}: "
        try:
            name, value = _assigned(line)
            if name in given:
                raise ValueError(f"{name} stands here again. Write it once.")
            given[name] = Given(value, where)
        except ValueError as error:
            problems.append(f"{where}{error}")
    if problems:
        raise Unreadable(problems)
    return given


def _assigned(line: str) -> tuple[str, str]:
    found = ASSIGNED.fullmatch(line)
    if not found:
        # What stands there may be a secret.
        raise ValueError("this is no variable. Write NAME=value.")
    name, value = found[1], found[2]
    if value.lstrip()[:1] not in ("'", '"'):
        return name, COMMENT.sub("", value).strip()
    quoted = QUOTED.fullmatch(value)
    if not quoted:
        raise ValueError(f"{name} has a quote that does not end, or a text after it.")
    if quoted[1] is not None:
        return name, re.sub(r'\\(["\\])', r"\1", quoted[1])
    return name, quoted[2]
