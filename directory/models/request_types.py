"""What customers want."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.address_fields import CodeField
from directory.models.natural_keys import NaturalKeyModel

if TYPE_CHECKING:
    from directory.models.services import ServiceQuerySet


class RequestType(NaturalKeyModel):
    """What a customer wants: an incident solved, a request, a complaint, ..."""

    code = CodeField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(
        _("description"),
        blank=True,
        help_text=_("What it is, such as “Nobody can work: the service and its backup are down”."),
    )
    covers_all = models.BooleanField(
        _("covers all"),
        default=False,
        help_text=_("A channel for this type takes every other type too."),
    )
    is_critical = models.BooleanField(
        _("critical"), default=False, help_text=_("For what cannot wait.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    called_by = ("name",)

    class Meta:
        verbose_name = _("request type")
        verbose_name_plural = _("request types")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def services(self) -> "ServiceQuerySet":
        """The services whose pages name this type: a channel, a promised time, a level or its
        times, of whatever app."""
        from directory.models.services import Service

        return Service.objects.naming_request_type(self)

    @classmethod
    def paths_from_service(cls) -> list[str]:
        """The lookups that lead from a service to the types that its page names."""
        # Through models have hidden relations.
        relations = cls._meta.get_fields(include_hidden=True)
        models = (getattr(relation, "related_model", None) for relation in relations)
        paths: list[Any] = [getattr(model, "path_to_request_type", None) for model in models]
        return [path for path in dict.fromkeys(paths) if path]
