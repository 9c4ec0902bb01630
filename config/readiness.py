"""Whether this process can serve: its database, the migrations of that, and its files."""

import logging
from pathlib import Path
from threading import Lock

from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.db import DatabaseError, InterfaceError

from config import availability, migrations

logger = logging.getLogger(__name__)
OK, FAILED = "ok", "failed"

_one_at_a_time = Lock()
_last: dict[str, str] = {}


def checks() -> dict[str, str]:
    """What is well, by name: database, migrations, static. Nobody waits for who asks already: the
    last answer is given, so that probes of a database that hangs take one thread."""
    if not _one_at_a_time.acquire(blocking=False):
        return _last or {"database": FAILED, "migrations": FAILED, "static": _static()}
    try:
        _last.update({**_database(), "static": _static()})
        return dict(_last)
    finally:
        _one_at_a_time.release()


def _database() -> dict[str, str]:
    if availability.is_away():
        return {"database": FAILED, "migrations": FAILED}
    try:
        with availability.within(availability.PROBE_SECONDS):
            pending = migrations.are_pending()
    except (DatabaseError, InterfaceError):
        logger.exception("Not ready: the database does not answer")
        return {"database": FAILED, "migrations": FAILED}
    return {"database": OK, "migrations": FAILED if pending else OK}


def _static() -> str:
    """Whether the names that pages give their files are known, where these have names of their
    own."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return OK
    try:
        named = staticfiles_storage.load_manifest()[0].values()
        is_there = bool(named) and Path(staticfiles_storage.path(next(iter(named)))).is_file()
    except (OSError, ValueError):
        logger.exception("Not ready: the manifest of static files cannot be read")
        return FAILED
    return OK if is_there else FAILED
