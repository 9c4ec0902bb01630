"""What editors should know of a number before customers are told to call it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.contacts import short_codes, showing


@dataclass(frozen=True)
class Concern:
    """Something that is probably a mistake. `is_error`: it costs customers money."""

    code: str
    message: str | Promise
    is_error: bool = False


PREMIUM = Concern(
    "premium_number",
    _(
        "Whoever calls it pays far more than for a usual call. Publish it only if that is meant, "
        "and say the price beside it."
    ),
    is_error=True,
)
SATELLITE = Concern(
    "satellite_number",
    _("It is a satellite phone, and a call costs far more than usual. Check the number."),
)
SHARED_COST = Concern(
    "shared_cost_number",
    _("Calls to it have a price of their own. Say so beside it, or give a usual number too."),
)
EMERGENCY = Concern(
    "emergency_number",
    _("It is an emergency number of the country. Check that customers are to call it."),
)
# Found among all numbers: `directory.models.number_concerns`.
FOREIGN = Concern(
    "foreign_number",
    _("No other number of the directory is of this country. Check what follows the “+”."),
)


def concerns(kind: str, value: str) -> list[Concern]:
    """Those of a value of a contact kind, by itself."""
    found: dict[Concern, Callable[[str], bool]] = {}
    if kind in ("short_code", "sms") and not value.startswith("+"):
        found = {EMERGENCY: short_codes.is_emergency, PREMIUM: short_codes.is_premium}
    elif value.startswith("+"):
        found = {
            PREMIUM: showing.is_premium,
            SATELLITE: showing.is_satellite,
            SHARED_COST: showing.is_shared_cost,
        }
    return [concern for concern, is_so in found.items() if is_so(value)]
