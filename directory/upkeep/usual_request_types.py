"""The request types that most organisations use, in the organisation's language."""

from typing import Any, NamedTuple

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from directory.models import RequestType


class UsualType(NamedTuple):
    """One of them; its code and name are translated when they are read."""

    code: Any
    name: Any
    covers_all: bool = False
    is_critical: bool = False


USUAL = (
    UsualType(
        pgettext_lazy("code of a request type", "all"),
        pgettext_lazy("request types", "All"),
        covers_all=True,
    ),
    UsualType(
        pgettext_lazy("code of a request type", "critical-incident"),
        _("Critical incidents"),
        is_critical=True,
    ),
    UsualType(pgettext_lazy("code of a request type", "incident"), _("Incidents")),
    UsualType(pgettext_lazy("code of a request type", "request"), _("Requests")),
    UsualType(pgettext_lazy("code of a request type", "petition"), _("Petitions")),
    UsualType(pgettext_lazy("code of a request type", "complaint"), _("Complaints")),
    UsualType(pgettext_lazy("code of a request type", "claim"), _("Claims")),
    UsualType(pgettext_lazy("code of a request type", "suggestion"), _("Suggestions")),
    UsualType(pgettext_lazy("code of a request type", "appeal"), _("Appeals")),
)


def usual_names() -> list[str]:
    """Their names, in the organisation's language."""
    with override(settings.ORGANIZATION.language):
        return [str(each.name) for each in USUAL]


def make_usual_types() -> list[RequestType]:
    """Store those whose codes no request type has, and return them, in their order. Two queries
    and one for each."""
    known = set(RequestType.objects.values_list("code", flat=True))
    made = []
    with override(settings.ORGANIZATION.language):
        for position, each in enumerate(USUAL, start=1):
            row = RequestType(
                code=slugify(str(each.code)),
                name=str(each.name),
                covers_all=each.covers_all,
                is_critical=each.is_critical,
                position=position,
            )
            if row.code not in known:
                row.full_clean()
                row.save()
                made.append(row)
    return made
