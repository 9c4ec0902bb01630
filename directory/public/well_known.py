"""What programs and readers find at addresses that they know beforehand (RFC 8615): the signed
checkpoints, the key that they are checked with, and where to report a vulnerability."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from config.headers import embedded
from config.origin import absolute
from directory.answers import instants
from directory.editions.checkpoints import keys
from directory.models import Checkpoint
from directory.public.caching import always_revalidated, for_a_day, for_an_hour
from directory.public.read_only import read_only

PLAIN = "text/plain; charset=utf-8"
# Pages of any site may check a page of this one.
READ_BY_ALL = {"Access-Control-Allow-Origin": "*"}
LARGEST_NUMBER = 2**31 - 1
# How many of the former checkpoints a copy of the site has: it is for what holds now.
COPIED = 30
# RFC 9116, 2.5.5: less than a year. It is stated anew each month.
HOLDS_FOR_MONTHS = 6


@read_only
@always_revalidated
@embedded
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest signed checkpoint."""
    newest = Checkpoint.objects.newest()
    if newest is None:
        return _missing(_("No checkpoint has been signed yet."))
    return _text(newest.note)


@read_only
@for_a_day
@embedded
def former_checkpoint(request: HttpRequest, number: int) -> HttpResponse:
    """The checkpoint with this number."""
    found = Checkpoint.objects.filter(number=min(number, LARGEST_NUMBER)).first()
    if found is None:
        return _missing(_("There is no checkpoint %(number)d.") % {"number": number})
    return _text(found.note)


@read_only
@for_an_hour
@embedded
def public_key(request: HttpRequest) -> HttpResponse:
    """The key that checkpoints are checked with; who checks takes it some other way too."""
    try:
        key = keys.public_key()
    except ValidationError:
        key = None
    if key is None:
        return _missing(_("This site signs no checkpoints: it has no key."))
    return _text(keys.public_text(key))


@read_only
@for_a_day
def security(request: HttpRequest) -> HttpResponse:
    """security.txt (RFC 9116)."""
    if not settings.SECURITY_CONTACT:
        return _missing(_("This site states no contact for reports of vulnerabilities."))
    codes = dict.fromkeys([settings.LANGUAGE_CODE, *dict(settings.LANGUAGES)])
    lines = [f"Contact: {contact}" for contact in settings.SECURITY_CONTACT]
    lines += [
        f"Expires: {expires(instants.now()):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(codes)}",
        f"Canonical: {absolute(reverse('security-txt'), request)}",
    ]
    if settings.SECURITY_POLICY_URL:
        lines.append(f"Policy: {settings.SECURITY_POLICY_URL}")
    return _text("\n".join([*lines, ""]))


def expires(now: datetime) -> datetime:
    """Until when security.txt holds: the first day of a month, so that it is the same for weeks."""
    today: date = now.astimezone(UTC).date()
    years, month = divmod(today.month - 1 + HOLDS_FOR_MONTHS + 1, 12)
    return datetime(today.year + years, month + 1, 1, tzinfo=UTC)


def signs_checkpoints() -> bool:
    """Whether this site has a key for them."""
    return bool(settings.CHECKPOINT_KEY_FILE or settings.CHECKPOINT_PUBLIC_KEY_FILE)


def addresses() -> list[str]:
    """What of all this there is, for a copy of the site."""
    found = [reverse("security-txt")] if settings.SECURITY_CONTACT else []
    if signs_checkpoints():
        found.append(reverse("checkpoint-key"))
    numbers = Checkpoint.objects.order_by("-number").values_list("number", flat=True)[:COPIED]
    found += [reverse("former-checkpoint", args=[number]) for number in numbers]
    return [*found, reverse("checkpoint")] if numbers else found


def _text(text: str) -> HttpResponse:
    return HttpResponse(text, content_type=PLAIN, headers=READ_BY_ALL)


def _missing(words: str) -> HttpResponse:
    return HttpResponse(f"{words}\n", content_type=PLAIN, status=404, headers=READ_BY_ALL)
