"""The people of the back office, which Django calls users."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Field, ManyToManyField, Model, QuerySet
from django.forms.models import ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from directory.admin import invitations, people_states, roles
from directory.admin.conflicts import ConflictsMixin
from directory.admin.four_eyes.rights_gate import giving, key_of
from directory.admin.groups import as_sentences
from directory.admin.groups import in_words as permission_in_words
from directory.admin.pages import without_fields
from directory.admin.person_acts import PersonActsMixin, is_last_administrator
from directory.admin.person_forms import PersonForm, RolesField
from directory.admin.requests import staff
from directory.admin.row_keys import PossibleKeysMixin
from directory.admin.second_factor import recovery
from directory.admin.sign_in import lockouts
from directory.admin.where_used import LISTED_AT_MOST, as_list
from directory.contacts.text import fold

admin.site.unregister(User)
# Pages of the library would show the keys of everybody's app to whoever may do everything.
admin.site.unregister([TOTPDevice, StaticDevice])


class PersonAdminForm(PersonForm):
    """Somebody's name, address and roles."""

    class Meta(PersonForm.Meta):
        fields = ["first_name", "last_name", "email", "groups", "is_superuser"]

    def clean(self) -> dict[str, Any]:
        """Keep an administrator; let the user name follow the address, if it was that."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_taken_away = "is_superuser" in self.changed_data and not cleaned.get("is_superuser")
        if is_taken_away and is_last_administrator(self.instance):
            message = _("This is the last administrator: make somebody else one before.")
            self.add_error("is_superuser", message)
        return cleaned


class StateFilter(admin.SimpleListFilter):
    """People by whether they may sign in."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [
            ("active", _("Active")),
            ("invited", _("Invited")),
            ("locked", _("Locked")),
            ("deactivated", _("Deactivated")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.value() == "active":
            return queryset.filter(is_active=True).exclude(invitations.PENDING)
        if self.value() == "invited":
            return invitations.pending(queryset)
        if self.value() == "locked":
            return queryset.filter(username__in=lockouts.locked_until())
        return queryset.filter(is_active=False) if self.value() == "deactivated" else queryset


@admin.register(User)
class PeopleAdmin(PersonActsMixin, ConflictsMixin, PossibleKeysMixin):
    """The people of the back office. They are invited, and deactivated instead of deleted: what
    they have done stays theirs."""

    also_called = gettext_lazy("users, accounts, colleagues, passwords, lock, unlock, sign in")
    form = PersonAdminForm
    change_list_template = "admin/people/change_list.html"
    list_display = ["full_name", "email", "role", "state_in_words", "last_login"]
    list_filter = [StateFilter, "groups"]
    search_fields = ["username__folded", "first_name__folded", "last_name__folded", "email"]
    search_help_text = gettext_lazy("Name, user name or e-mail address")
    ordering = ["first_name", "last_name", "username"]
    readonly_fields = [
        "user_name",
        "role",
        "what_it_allows",
        "state_in_words",
        "last_login",
        "owned_services",
        "owned_names",
        "besides",
    ]
    fieldsets = [
        (None, {"fields": ["first_name", "last_name", "email", "user_name"]}),
        (
            gettext_lazy("What the person may do"),
            {"fields": ["role", "what_it_allows", "groups", "is_superuser", "besides"]},
        ),
        (
            gettext_lazy("The account"),
            {"fields": ["state_in_words", "last_login", "owned_services", "owned_names"]},
        ),
    ]

    class Media:
        css = {"all": ["directory/people.css"]}

    # ---- Who may what -----------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or roles.may_manage(staff(request), obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        # Nobody gives rights to oneself, or takes the last ones away.
        is_own = obj is not None and obj.pk == request.user.pk
        # Links to services are for who may open them.
        may_open = request.user.has_perm("directory.view_service")
        left_out = {"owned_names" if may_open else "owned_services"}
        if is_own or not self.has_change_permission(request, obj):
            left_out |= {"groups", "is_superuser"}
        else:
            left_out |= {"role", "what_it_allows"}
        if not staff(request).is_superuser:
            left_out.add("is_superuser")
        if obj is None or not obj.user_permissions.exists():
            left_out.add("besides")
        return without_fields(super().get_fieldsets(request, obj), left_out)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        # Links for a password go to the address: “My account” asks for the password before.
        is_own = obj is not None and obj.pk == request.user.pk
        return [*fields, "email"] if is_own else fields

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        with giving(request, User, [key_of(object_id)]):
            return super().changeform_view(request, object_id, form_url, extra_context)

    # ---- Lists ------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("groups")

    def get_list_display(self, request: HttpRequest) -> Any:
        locked: dict[str, Any] = {}
        manager = staff(request)
        # Whose rights are few may act on few: the form tells on whom.
        may_act = manager.is_superuser and self.has_change_permission(request)

        @admin.display(description=gettext_lazy("State"))
        def state(obj: User) -> str:
            if not locked:
                locked.update({"": None, **lockouts.locked_until()})
            return people_states.short(obj, locked.get(obj.username), may_act)

        return [state if name == "state_in_words" else name for name in self.list_display]

    @admin.display(description=gettext_lazy("Name"), ordering="first_name")
    def full_name(self, obj: User) -> str:
        """The name, or the user name of who has none."""
        return obj.get_full_name() or obj.get_username()

    @admin.display(description=gettext_lazy("Role"))
    def role(self, obj: User) -> str:
        """The roles, by name."""
        names = [str(each) for each in obj.groups.all()]
        return ", ".join([_("Administrator")] * obj.is_superuser + names) or "–"

    # ---- Forms ------------------------------------------------------------------------------

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """Accounts are made by inviting."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return redirect(self.url("invite"))

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Model | None:
        # An empty `_to_field` names no field.
        return super().get_object(request, object_id, from_field or None)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField | None:
        if db_field.name == "groups":
            kwargs |= {
                "form_class": RolesField,
                "queryset": roles.roles_to_give(staff(request)),
                "label": _("Roles"),
                "help_text": "",
            }
        field: Any = super().formfield_for_manytomany(db_field, request, **kwargs)
        return field

    def formfield_for_dbfield(self, db_field: Field, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "is_superuser":
            kwargs |= {"label": _("Administrator"), "help_text": roles.EVERYTHING}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        may_change_people = super().has_change_permission(request)
        if obj and may_change_people and not self.has_change_permission(request, obj):
            text = _("This person may do more than you: who may do as much changes the account.")
            messages.info(request, text)
        if obj and self.has_change_permission(request, obj):
            until = lockouts.locked_until([obj.username]).get(obj.username)
            # People are invited.
            context["show_save_and_add_another"] = False
            context["person_acts"] = people_states.acts(
                obj, until, self.why_not_deactivated(request, obj)
            )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if "groups" in form.base_fields:
            # What roles allow is no matter of one person.
            form.base_fields["groups"].widget.can_add_related = False
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        before = form.initial.get("email") or ""
        if "email" in form.changed_data and change:
            recovery.address_changed(request, obj, before)
        if "email" in form.changed_data and obj.username == before.lower() != "":
            # Who signs in with the address goes on to.
            obj.username = invitations.user_name(obj.email)
        super().save_model(request, obj, form, change)

    @admin.display(description=gettext_lazy("What it allows"))
    def what_it_allows(self, obj: User) -> str:
        """What somebody may do, in sentences."""
        return as_sentences(roles.rights_in_words(obj))

    @admin.display(description=gettext_lazy("User name"))
    def user_name(self, obj: User) -> str:
        """What somebody types to sign in."""
        return obj.get_username()

    @admin.display(description=gettext_lazy("State"))
    def state_in_words(self, obj: User) -> str:
        """Whether and since when somebody may sign in."""
        until = lockouts.locked_until([obj.username]).get(obj.username)
        return people_states.in_words(obj, until)

    @admin.display(description=gettext_lazy("Owns these services"))
    def owned_services(self, obj: Any) -> str:
        """The services, as links."""
        return as_list([obj.services.all()])

    @admin.display(description=gettext_lazy("Owns these services"))
    def owned_names(self, obj: Any) -> str:
        """The services, by name."""
        return ", ".join(map(str, obj.services.all()[:LISTED_AT_MOST])) or "–"

    @admin.display(description=gettext_lazy("Besides the roles"))
    def besides(self, obj: User) -> str:
        """Permissions that somebody was given alone."""
        given = obj.user_permissions.select_related("content_type").order_by("pk")[:100]
        return as_sentences(sorted(map(permission_in_words, given), key=fold))
