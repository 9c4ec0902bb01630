"""What a revision is about, in a line and as addresses."""

from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.models import Revision


def named(revision: Revision) -> str:
    """The thing that a revision is about first, as it was called: its kind and its name."""
    kind = revision.content_type.name if revision.content_type else ""
    if not revision.object_name:
        return kind or _("something")
    return _("%(kind)s “%(name)s”") % {"kind": kind, "name": revision.object_name}


def others(revision: Revision) -> str:
    """“ and 37 more”; empty if it is about one thing."""
    count = revision.others
    return " " + ngettext("and %d more", "and %d more", count) % count if count else ""


def summary(revision: Revision) -> str:
    """A revision in a line: what was done to what."""
    action = revision.get_action_display()
    return f"{named(revision)}{others(revision)} ({action})"


def thing_url(revision: Revision) -> str:
    """The page of what a revision is about: its form; what was deleted has its history."""
    model = revision.content_type and revision.content_type.model_class()
    if not model or not revision.object_id:
        return reverse("admin:directory_revision_change", args=[revision.pk])
    page = "history" if revision.action == Revision.Action.DELETED else "change"
    return object_url(model, revision.object_id, page)


def object_url(model: type[Model], key: object, page: str = "change") -> str:
    """A page of an object in the back office; the list of all changes for what has none."""
    meta = model._meta
    try:
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[key])
    except NoReverseMatch:
        return reverse("admin:directory_revision_changelist")


def page_now(revision: Revision) -> str:
    """The page of what a revision is about, as it is now: its form if it is there, else its
    history. One query."""
    model = revision.content_type and revision.content_type.model_class()
    if not model or not revision.object_id:
        return reverse("admin:directory_revision_changelist")
    is_there = model._base_manager.filter(pk=revision.object_id).exists()
    return object_url(model, revision.object_id, "change" if is_there else "history")
