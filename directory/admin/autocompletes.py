"""Autocompletes that show an impossible choice as none, where Django's answer with an error 500."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

# The largest that a column of 64 bits holds has so many; Python refuses to read thousands.
DIGITS_AT_MOST = 19


def may_be_key(value) -> bool:
    """Whether what was typed, or came with an address, can be the key of a row."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) <= DIGITS_AT_MOST


class Possible:
    """Passes over what can be no key: the form says at the field that it is no choice."""

    def optgroups(self, name, value, attr=None):
        keys = [each for each in value if may_be_key(each)]
        return super().optgroups(name, keys, attr)


class Select(Possible, AutocompleteSelect):
    pass


class SelectMultiple(Possible, AutocompleteSelectMultiple):
    pass


class AutocompletesMixin:
    """For admins and inlines with `autocomplete_fields`."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", Select(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)
