"""Names of public holidays in languages that the package `holidays` does not have them in.

It names those of nearly every country in English; what stands here is translated from that.
"""

from django.utils.translation import override, pgettext, pgettext_lazy

SEVERAL = "; "
MOVED = " (observed)"
# Those of Colombia, and what many countries keep, as the package calls them in English.
NAMES = {
    "All Saints' Day": pgettext_lazy("public holiday", "All Saints' Day"),
    "All Souls' Day": pgettext_lazy("public holiday", "All Souls' Day"),
    "Ascension Day": pgettext_lazy("public holiday", "Ascension Day"),
    "Assumption Day": pgettext_lazy("public holiday", "Assumption Day"),
    "Battle of Boyacá": pgettext_lazy("public holiday", "Battle of Boyacá"),
    "Carnival Monday": pgettext_lazy("public holiday", "Carnival Monday"),
    "Carnival Tuesday": pgettext_lazy("public holiday", "Carnival Tuesday"),
    "Christmas Day": pgettext_lazy("public holiday", "Christmas Day"),
    "Columbus Day": pgettext_lazy("public holiday", "Columbus Day"),
    "Constitution Day": pgettext_lazy("public holiday", "Constitution Day"),
    "Corpus Christi": pgettext_lazy("public holiday", "Corpus Christi"),
    "Day of Our Lady of the Rosary of Chiquinquirá": pgettext_lazy(
        "public holiday", "Day of Our Lady of the Rosary of Chiquinquirá"
    ),
    "Easter Monday": pgettext_lazy("public holiday", "Easter Monday"),
    "Easter Sunday": pgettext_lazy("public holiday", "Easter Sunday"),
    "Epiphany": pgettext_lazy("public holiday", "Epiphany"),
    "Good Friday": pgettext_lazy("public holiday", "Good Friday"),
    "Immaculate Conception": pgettext_lazy("public holiday", "Immaculate Conception"),
    "Independence Day": pgettext_lazy("public holiday", "Independence Day"),
    "Independence of Cartagena": pgettext_lazy("public holiday", "Independence of Cartagena"),
    "Labor Day": pgettext_lazy("public holiday", "Labor Day"),
    "Maundy Thursday": pgettext_lazy("public holiday", "Maundy Thursday"),
    "New Year's Day": pgettext_lazy("public holiday", "New Year's Day"),
    "Sacred Heart": pgettext_lazy("public holiday", "Sacred Heart"),
    "Saint Joseph's Day": pgettext_lazy("public holiday", "Saint Joseph's Day"),
    "Saint Peter and Saint Paul's Day": pgettext_lazy(
        "public holiday", "Saint Peter and Saint Paul's Day"
    ),
}


def translated(english: str, language: str) -> str:
    """The name in `language` of what the package calls so in English; empty where it is not among
    NAMES. On a day several may fall, and one may have been moved to it."""
    with override(language):
        names = [_translated(each) for each in english.split(SEVERAL)]
    return SEVERAL.join(names) if all(names) else ""


def _translated(english: str) -> str:
    name = NAMES.get(english.removesuffix(MOVED))
    if name is None:
        return ""
    moved = pgettext("public holiday", "%(name)s (observed)")
    return moved % {"name": name} if english.endswith(MOVED) else str(name)
