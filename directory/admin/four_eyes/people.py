"""Who may publish what somebody else proposes."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser, User
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from directory.models import Proposal
from directory.models.proposals import PERMISSION
from directory.models.second_person import is_same_person, known_mailboxes

BACKEND = "django.contrib.auth.backends.ModelBackend"
NO_ADDRESS = _(
    "Your account has no e-mail address, so nobody can tell whether you are somebody else than who "
    "proposed it. Ask an administrator to add it."
)
NOBODY_ELSE = _(
    "Nobody else can publish it yet: ask whoever runs the server for a second account, made with "
    "“manage.py createsuperuser”, or to set FOUR_EYES=off."
)


def all_publishers() -> list[User]:
    """The people who may publish proposals. One query."""
    found = User.objects.with_perm(PERMISSION, backend=BACKEND)
    return list(found.filter(is_staff=True).distinct().order_by("pk"))


def publishers(proposal: Proposal) -> list[User]:
    """The people who may publish a proposal: not who made it, with whatever account. Two
    queries."""
    found = all_publishers()
    known = known_mailboxes([proposal.made_by, *found])
    return [each for each in found if known[each.pk] and not proposal.is_of(each, known)]


def has_second_person(author: AbstractUser) -> bool:
    """Whether anybody else may publish what this person proposes. Two queries."""
    found = all_publishers()
    known = known_mailboxes([author, *found])
    return any(known[each.pk] and not is_same_person(author, each, known) for each in found)


def about(author: AbstractUser, row: Model | None) -> dict[str, object]:
    """What the form of a row tells of proposals: those that wait for it, and whether nobody else
    could publish one. Three queries; none where nothing waits for anybody."""
    if settings.FOUR_EYES == "off":
        return {}
    waiting = Proposal.objects.touching(row).select_related("made_by")[:5] if row else []
    return {
        "proposals": list(waiting),
        "nobody_else": "" if has_second_person(author) else NOBODY_ELSE,
    }
