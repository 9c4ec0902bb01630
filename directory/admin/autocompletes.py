"""Autocompletes that show an impossible choice as none, where Django's answer with an error 500."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple


class Possible:
    """Passes over what can be no key: the form says at the field that it is no choice."""

    def optgroups(self, name, value, attr=None):
        keys = [each for each in value if str(each).isascii() and str(each).isdigit()]
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
