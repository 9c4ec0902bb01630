"""Users and groups, their permissions in the words of the back office."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Field, ManyToManyField, Model, QuerySet
from django.forms.models import ModelChoiceIterator, ModelMultipleChoiceField
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from directory.admin import protected
from directory.admin.conflicts import ConflictsMixin
from directory.admin.row_keys import PossibleChoices, PossibleKeysMixin
from directory.contacts.text import fold, tidy
from directory.models.address_fields import TidyFormField

# Django keeps the names of its permissions in the database, in English.
ACTIONS = {
    "add": pgettext_lazy("permission", "add"),
    "change": pgettext_lazy("permission", "change"),
    "delete": pgettext_lazy("permission", "delete"),
    "view": pgettext_lazy("permission", "view"),
}


def in_words(permission: Any) -> str:
    """“Channel: add”; a permission of a model's own by the name that the model gives it."""
    model = permission.content_type.model_class()
    if model is None:
        return str(permission)
    of_django = {f"{action}_{model._meta.model_name}": name for action, name in ACTIONS.items()}
    names = of_django | dict(model._meta.permissions)
    return _("%(model)s: %(permission)s") % {
        "model": capfirst(model._meta.verbose_name),
        "permission": names.get(permission.codename, permission.name),
    }


class ByLabel(ModelChoiceIterator):
    """The choices by alphabet."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        return iter(sorted(super().__iter__(), key=lambda choice: fold(choice[1])))


class PermissionsField(PossibleChoices):
    """Permissions, named in words, by alphabet."""

    iterator = ByLabel

    def label_from_instance(self, obj: Model) -> str:
        return in_words(obj)


class PermissionsInWordsMixin(PossibleKeysMixin):
    """Lists the permissions under their models, by alphabet, whatever language is read. Names are
    tidied."""

    def formfield_for_dbfield(self, db_field: Field, request: Any, **kwargs: Any) -> Any:
        if db_field.name in ("name", "first_name", "last_name"):
            kwargs |= {"form_class": TidyFormField, "tidy": tidy}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: Any = None, **kwargs: Any
    ) -> ModelMultipleChoiceField | None:
        if db_field.related_model is Permission:
            kwargs["form_class"] = PermissionsField
        return super().formfield_for_manytomany(db_field, request=request, **kwargs)


admin.site.unregister([Group, User])


@admin.register(Group)
class GroupWithPermissionsInWordsAdmin(ConflictsMixin, PermissionsInWordsMixin, GroupAdmin):
    """Groups, with their permissions."""

    also_called = gettext_lazy("roles, permissions, rights, who may do what")
    search_fields = ["name__folded"]


@admin.register(User)
class UserWithPermissionsInWordsAdmin(ConflictsMixin, PermissionsInWordsMixin, UserAdmin):
    """Users, with their groups and permissions."""

    also_called = gettext_lazy("accounts, colleagues, people, passwords, invite, lock, sign in")
    # They change with every sign-in, or never.
    readonly_fields = ["last_login", "date_joined"]
    search_fields = ["username__folded", "first_name__folded", "last_name__folded", "email"]

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Model | None:
        # An empty `_to_field` names no field.
        return super().get_object(request, object_id, from_field or None)

    def get_deleted_objects(self, objs: Sequence[Any] | QuerySet, request: HttpRequest) -> tuple:
        """As Django's, without reading all that an account has published."""
        if kept := protected.references(objs):
            return [], {}, set(), kept
        return super().get_deleted_objects(objs, request)
