"""What a check finds."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import msgspec
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self):
        return LABELS[self]

    def reaches(self, other: "Level") -> bool:
        """Whether it is as serious as `other`, or more."""
        return SERIOUS_FIRST.index(self) <= SERIOUS_FIRST.index(other)


SERIOUS_FIRST = (Level.ERROR, Level.WARNING, Level.INFO)
LABELS = {
    Level.ERROR: _("Error"),
    Level.WARNING: _("Warning"),
    Level.INFO: _("To review"),
}


@dataclass(frozen=True)
class Subject:
    """The row that a finding is about: `model` is its label ("directory.channel")."""

    model: str
    pk: int
    name: str

    @classmethod
    def of(cls, instance) -> "Subject":
        return cls(instance._meta.label_lower, instance.pk, str(instance))

    @property
    def url(self) -> str:
        """Its page in the back office."""
        return reverse(f"admin:{self.model.replace('.', '_')}_change", args=[self.pk])

    def is_row(self, instance) -> bool:
        return (self.model, self.pk) == (instance._meta.label_lower, instance.pk)


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """Who has said, when and why, that a finding is all right."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something to look at. `message` says what it is and what to do, in the active language.

    `field` is the subject's field that it is about, empty for more than one.
    `judged` is all that the judgement rests on: an acceptance holds until any of it changes.
    `related` are further rows that the finding is about.
    """

    code: str
    level: Level
    subject: Subject
    message: str
    field: str = ""
    judged: tuple = ()
    related: tuple[Subject, ...] = ()
    acceptance: Acceptance | None = None

    @property
    def url(self) -> str:
        """The page in the back office where it is mended."""
        return self.subject.url

    @property
    def is_open(self) -> bool:
        return self.acceptance is None

    @property
    def fingerprint(self) -> str:
        """SHA-256, in hex, of what was judged. The same in every language."""
        judged = [self.code, self.subject.model, self.subject.pk, self.judged]
        return hashlib.sha256(msgspec.json.encode(judged)).hexdigest()

    def is_about(self, instance) -> bool:
        return self.subject.is_row(instance)

    def concerns(self, instance) -> bool:
        return any(subject.is_row(instance) for subject in (self.subject, *self.related))
