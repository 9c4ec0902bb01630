"""A service's editions with what each of them changed, compared when it is read.

Summaries are not stored: they are in the reader's language, and must not repeat what was withdrawn.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest

from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.editions import document
from directory.editions.diff.differences import Change
from directory.editions.diff.documents import changes
from directory.editions.reading import AlteredEdition, read_as_told
from directory.models import Edition

# Sentences; the page of the edition has all.
SUMMARY_AT_MOST = 6
# In characters: so much of a title is shown by most feed readers.
LONGEST_HEADLINE = 100

Telling = Callable[[document.ServiceDocument | None, document.ServiceDocument], list[Change]]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An edition and what it changed; `before` is the one that it followed. `note` says why the
    changes are not told, where they are not.

    Changes and notes are in the language that was active when the entry was made.
    """

    edition: Edition
    before: Edition | None = None
    changes: tuple[Change, ...] = ()
    note: str = ""

    @property
    def summary(self) -> list[str]:
        """What changed, a sentence each; or the note."""
        return [self.note] if self.note else [str(change) for change in self.changes]

    @property
    def headline(self) -> str:
        """What changed in a line, as plain text; empty where the changes are not told."""
        if not self.changes:
            return ""
        first = Truncator(str(self.changes[0])).chars(LONGEST_HEADLINE)
        more = len(self.changes) - 1
        if not more:
            return first
        return ngettext(
            "%(first)s, and %(more)d change more", "%(first)s, and %(more)d changes more", more
        ) % {"first": first, "more": more}

    @property
    def first_sentences(self) -> list[str]:
        """The first sentences of the summary."""
        return self.summary[:SUMMARY_AT_MOST]

    @property
    def more(self) -> int:
        """How many sentences `first_sentences` leaves out."""
        return max(len(self.summary) - SUMMARY_AT_MOST, 0)


def entries(
    editions: QuerySet[Edition],
    start: int = 0,
    stop: int | None = None,
    told: Telling = changes,
) -> list[Entry]:
    """The entries from `start` to `stop` of a queryset of one service's editions; `told` says what
    changed.

    One query: the editions of the entries, and the one before the oldest of them. Of one that is
    not what was published nothing is told.
    """
    newest_first = editions.select_related("published_by", "proposed_by").order_by("-number")
    entries = compared(list(newest_first[start : None if stop is None else stop + 1]), told)
    return entries if stop is None else entries[: stop - start]


def compared(newest_first: list[Edition], told: Telling = changes) -> list[Entry]:
    """The entries of editions of one service that follow each other, each compared with the next:
    the last one as if it were the first edition. No query."""
    read = {edition.pk: _known(edition) for edition in newest_first}
    return [
        _entry(edition, before, read[edition.pk], read[before.pk] if before else None, told)
        for edition, before in zip_longest(newest_first, newest_first[1:])
    ]


def entry(edition: Edition) -> Entry:
    """The entry of one edition. One query."""
    before = Edition.objects.filter(service=edition.service_id, number=edition.number - 1).first()
    return _entry(edition, before, _known(edition), _known(before) if before else None)


def _entry(
    edition: Edition,
    before: Edition | None,
    now: document.ServiceDocument | None,
    then: document.ServiceDocument | None,
    told: Telling = changes,
) -> Entry:
    note = ""
    if edition.is_withdrawn:
        note = _("This edition was withdrawn.")
    elif now is None:
        note = _("This edition is not shown: what is stored is not what was published.")
    elif before is not None and before.is_withdrawn:
        note = _("The edition before was withdrawn: what changed since then is not told.")
    elif before is not None and then is None:
        note = _("The edition before is not what was published: what changed is not told.")
    found = () if now is None or note else tuple(told(then, now))
    return Entry(edition=edition, before=before, changes=found, note=note)


def _known(edition: Edition) -> document.ServiceDocument | None:
    try:
        return None if edition.is_withdrawn else read_as_told(edition)
    except AlteredEdition:
        return None
