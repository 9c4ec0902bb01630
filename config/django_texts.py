"""Texts of Django and of django-otp that the project's catalogue words anew.

Django's Spanish puts names of models behind articles and participles of one gender: “El excepción …
fue eliminado”. The catalogue in LOCALE_PATHS comes before Django's, and ours words these so that
they are right for every name. They are named here because makemessages only keeps what it finds in
the sources.
"""

from django.utils.translation import gettext_noop as _

REWORDED = (
    # Titles, buttons and what stands beside fields and lists.
    _("Add"),
    _("Add %s"),
    _("Add %(name)s"),
    _("Add another %(verbose_name)s"),
    _("Add another %(model)s"),
    _("Change selected %(model)s"),
    _("Delete selected %(model)s"),
    _("View selected %(model)s"),
    _("View"),
    _("View %s"),
    _("Select %s"),
    _("Select %s to change"),
    _("Select %s to view"),
    _("Select all %(total_count)s %(module_name)s"),
    _("Delete selected %(verbose_name_plural)s"),
    _("Save and add another"),
    # Messages after saving and deleting.
    _("The {name} “{obj}” was added successfully."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("You may edit it again below."),
    _("The %(name)s “%(obj)s” was deleted successfully."),
    _("Successfully deleted %(count)d %(items)s."),
    _("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?"),
    # Before deleting.
    _("Cannot delete %(name)s"),
    _(
        "Deleting the %(object_name)s '%(escaped_object)s' would result in deleting related "
        "objects, but your account doesn't have permission to delete the following types of "
        "objects:"
    ),
    _(
        "Deleting the selected %(objects_name)s would result in deleting related objects, but your "
        "account doesn't have permission to delete the following types of objects:"
    ),
    # The history.
    _("Added."),
    _("Added {name} “{object}”."),
    _("Changed {fields}."),
    _("Changed {fields} for {name} “{object}”."),
    _("Deleted {name} “{object}”."),
    _("Added “%(object)s”."),
    _("Changed “%(object)s” — %(changes)s"),
    _("Deleted “%(object)s.”"),
    # Beside a field whose value must be the only one of its kind.
    _("%(model_name)s with this %(field_label)s already exists."),
    _("%(model_name)s with this %(field_labels)s already exists."),
    # How it is written, where Django says only that it is not.
    _("Enter a valid time."),
    _("Enter a valid date."),
    # No names of models, but mistakes and jargon.
    _("Delete multiple objects"),
    _("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    _("History"),
    _("Remove from sorting"),
    _("Welcome,"),
    _("Yes, I’m sure"),
    # Whom Django calls a user is a person here, and what it calls a group a role.
    _("Authentication and Authorization"),
    _("user"),
    _("users"),
    _("group"),
    _("groups"),
    _("last login"),
    _("username"),
)

# Names of models that have no Spanish at all: lists of permissions show them.
OF_OTP = (
    _("TOTP device"),
    _("static device"),
    _("static token"),
)
