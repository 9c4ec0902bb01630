"""The results of checks: what is wrong with which row."""

import hashlib
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.models import Model

from directory.models.findings import Severity


@dataclass(frozen=True)
class Subject:
    """A row: `model` is its label (“directory.channel”), `name` what staff call it."""

    model: str
    pk: int
    name: str = ""

    @classmethod
    def of(cls, instance: Model) -> "Subject":
        return cls(instance._meta.label_lower, instance.pk, str(instance))

    @property
    def key(self) -> tuple[str, int]:
        return self.model, self.pk


@dataclass(frozen=True, kw_only=True)
class CheckMessage:
    """Something to look at. `message` says what it is and what to do, in the active language.

    `field` is the subject's field that it is about, empty for more than one.
    `basis` is all that the judgement rests on: an acceptance holds until any of it changes.
    `related` are further rows on whose pages it is shown; `services` are the primary keys of those
    that it rests on. `value` is the number or address that no contact point has.
    """

    code: str
    severity: Severity
    subject: Subject
    message: str
    field: str = ""
    value: str = ""
    basis: tuple[Any, ...] = ()
    related: tuple[Subject, ...] = ()
    services: tuple[int, ...] = ()

    @property
    def fingerprint(self) -> str:
        """SHA-256, in hex, of the subject and the basis. The same in every language."""
        content = [self.code, self.subject.model, self.subject.pk, self.basis]
        return hashlib.sha256(msgspec.json.encode(content)).hexdigest()
