"""The request types that most organisations use, in the organisation's language."""

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import override

from directory.editions.shipped import USUAL_TYPES
from directory.models import RequestType


def usual_names() -> list[str]:
    """Their names, in the organisation's language."""
    with override(settings.ORGANIZATION.language):
        return [str(each.name) for each in USUAL_TYPES]


def make_usual_types() -> list[RequestType]:
    """Store those whose codes no request type has, and return them, in their order. Two queries
    and one for each."""
    known = set(RequestType.objects.values_list("code", flat=True))
    made = []
    with override(settings.ORGANIZATION.language):
        for position, each in enumerate(USUAL_TYPES, start=1):
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
