"""What is written before the publishing turn was taken."""

import re
from contextlib import contextmanager

from django.apps import apps
from django.db import connection
from django.test import Client

from directory import models

# What no publication touches, and what is written besides it, such as counts of wrong passwords.
APART = (
    models.AuditEntry,
    models.CheckRun,
    models.ContactReport,
    models.DailyCount,
    models.FactorRecovery,
    models.Finding,
    models.FindingAcceptance,
    models.FindingRow,
    models.Passkey,
    models.Session,
    models.Subscription,
    models.TryCount,
)
GUARDED = {
    model._meta.db_table
    for label in ("directory", "escalations")
    for model in apps.get_app_config(label).get_models(include_auto_created=True)
    if model not in APART
}
WRITES = re.compile(
    r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"|FROM "(\w+)".* FOR (?:NO KEY )?UPD'
)
TURN = "pg_advisory_xact_lock"


def touches_guarded(sql):
    """Whether a statement writes, or locks, rows that publications touch."""
    found = WRITES.search(sql)
    return bool(found and GUARDED & {*found.groups()})


class Watch:
    """What a database is told. `early` are the statements that write, or lock, a row that
    publications touch while their transaction has not taken the turn; a savepoint that no other
    holds counts as a transaction, as tests are in one."""

    def __init__(self):
        self.open, self.has_turn, self.early, self.turns = [], False, [], 0

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith("SAVEPOINT"):
            self.has_turn = self.has_turn and bool(self.open)
            self.open.append(sql.split()[-1])
        elif sql.startswith("RELEASE SAVEPOINT"):
            self.open.remove(sql.split()[-1])
        elif TURN in sql:
            self.has_turn, self.turns = True, self.turns + 1
        elif not (self.open and self.has_turn) and touches_guarded(sql):
            self.early.append(sql[:120])
        return execute(sql, params, many, context)


@contextmanager
def watched():
    """A block that is watched."""
    watch = Watch()
    with connection.execute_wrapper(watch):
        yield watch


class WatchedClient(Client):
    """A client whose requests are watched, and nothing else that a test does."""

    def __init__(self, user):
        super().__init__()
        self.force_login(user)
        self.watch = Watch()

    def request(self, **environ):
        with connection.execute_wrapper(self.watch):
            return super().request(**environ)
