"""What the user may see, model by model."""

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from directory.models.recording import is_recorded


def visible_models(request: HttpRequest) -> list[type[Model]]:
    """The models with pages of their own that the user may see."""
    return [
        model
        for model in apps.get_models()
        if admin.site.is_registered(model)
        and admin.site.get_model_admin(model).has_view_permission(request)
    ]


def may_view(request: HttpRequest, model: type[Model]) -> bool:
    """Whether the user may see rows of a model; of one without permissions of its own, of its
    owner's."""
    meta = model._meta
    if "view" not in meta.default_permissions:
        return is_recorded(model)
    return any(
        request.user.has_perm(f"{meta.app_label}.{action}_{meta.model_name}")
        for action in ("view", "change")
    )
