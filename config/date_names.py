"""Months and weekdays as the project's catalogue writes them, where Django's does otherwise: its
Portuguese has them with a capital. They are named here because makemessages only keeps what it
finds in the sources.
"""

from django.utils.translation import gettext_noop as _

NAMES = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
