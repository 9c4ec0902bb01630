"""Which messages customers can read: those of the sources that are not the back office's.

A catalogue has to translate these; what only staff read may wait, and is then in the language of
LANGUAGE_CODE or in English.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation import override, templatize

from directory.editions.shipped import SHIPPED
from directory.models import Channel, Notice, Schedule
from directory.models.contact_reports import Problem

# What only staff read, by the beginnings of paths. A new room is public unless it stands here.
BACK_OFFICE = (
    "config/admin_site.py",
    "config/bounded_lists.py",
    "config/django_texts.py",
    "config/mail.py",
    "directory/admin/",
    "directory/apps.py",
    "directory/audit/",
    "directory/contacts/concerns.py",
    "directory/contacts/pasted.py",
    "directory/contacts/places.py",
    "directory/contacts/refusals.py",
    "directory/contacts/telegram.py",
    "directory/editions/checkpoints/",
    "directory/editions/withdrawals/erase.py",
    "directory/editions/withdrawals/histories.py",
    "directory/editions/checkpoints/signing.py",
    "directory/editions/verifying.py",
    "directory/editions/withdrawals/withdraw.py",
    "directory/editions/withdrawals/mails.py",
    "directory/editions/withdrawals/withheld_entries.py",
    "directory/hours/exception_effects.py",
    "directory/hours/reading/",
    "directory/imports/",
    "directory/management/",
    "directory/models/",
    "directory/revisions/",
    "directory/upkeep/",
    "escalations/",
    "templates/admin/",
    "templates/directory/previews/_draft_banner.html",
    "templates/directory/previews/_preview_banner.html",
    "templates/registration/",
    "templates/directory/previews/draft.html",
    "templates/directory/previews/preview.html",
)
SOURCES = ("config/**/*.py", "directory/**/*.py", "escalations/**/*.py", "templates/**/*.*")
SINGULAR, PLURAL = None, (1, 2)
FUNCTIONS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), SINGULAR),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}


def public_messages() -> set[tuple[str | None, str]]:
    """Context and msgid of each; of those with a plural the singular."""
    paths = [path for pattern in SOURCES for path in settings.BASE_DIR.glob(pattern)]
    public = [path for path in paths if not _is_of_back_office(path)]
    return {message for path in public for message in _messages(path)}


def choices() -> set[str]:
    """The msgids of those words of the models that customers read too."""
    with override("en"):
        labels = {str(text) for *_place, texts in SHIPPED for _where, text in texts}
        for choices in (Channel.Medium, Notice.Severity, Schedule.Holidays, Problem):
            labels |= {str(label) for label in choices.labels}
        return labels


def _is_of_back_office(path: Path) -> bool:
    return path.relative_to(settings.BASE_DIR).as_posix().startswith(BACK_OFFICE)


def _messages(path: Path) -> Iterator[tuple[str | None, str]]:
    source = path.read_text("utf-8")
    if path.suffix != ".py":
        # What is made of a template is Python but for its indentation.
        source = "\n".join(map(str.strip, templatize(source).splitlines()))
    for _line, message, _comments, context in extract(
        "python", io.BytesIO(source.encode()), FUNCTIONS
    ):
        yield context, message if isinstance(message, str) else message[0]
