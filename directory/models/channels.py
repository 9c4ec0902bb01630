"""Channels: the first table of the documents."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.models.address_fields import CodeField, LanguagesField
from directory.models.contact_point_uses import ContactPointUse
from directory.models.natural_keys import NaturalKeyModel
from directory.models.request_types import RequestType
from directory.models.schedules import Schedule
from directory.models.services import Service, ServiceQuerySet
from directory.models.validity import ValidityModel

NO_CONTACT = _(
    "A public channel has a contact, or a description that says what to do. Write one of them."
)


class Channel(ValidityModel, NaturalKeyModel):
    """One way to reach support for a service: a medium, for some request types, at some hours."""

    class Medium(models.TextChoices):
        TELEPHONE = "telephone", _("Telephone")
        EMAIL = "email", _("E-mail")
        CHAT = "chat", _("Online chat")
        WHATSAPP = "whatsapp", _("WhatsApp")
        PORTAL = "portal", _("Self-service portal")
        PQRSA = "pqrsa", _("PQRSA")
        VIDEO = "video", _("Video call")
        OFFICE = "office", _("Office")
        APP = "app", _("App")
        TELEGRAM = "telegram", _("Telegram")
        SMS = "sms", _("SMS")
        FAX = "fax", _("Fax")
        MAIL = "mail", _("Postal mail")
        OTHER = "other", _("Other")

    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.CASCADE, related_name="channels"
    )
    code = CodeField(_("code"), help_text=_("Unique within the service, such as “telefonico”."))
    medium = models.CharField(_("medium"), max_length=20, choices=Medium)
    title = models.CharField(
        _("title"),
        max_length=120,
        help_text=_("Channels with the same title stand together on the page."),
    )
    request_types = models.ManyToManyField(
        RequestType,
        through="ChannelRequestType",
        verbose_name=_("request types"),
        related_name="channels",
    )
    schedule = models.ForeignKey(
        Schedule,
        verbose_name=_("schedule"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="channels",
        help_text=_("Empty: customers read “Hours not stated”."),
    )
    description = models.TextField(
        _("description"),
        blank=True,
        help_text=_("What customers should know or do. Without a contact this says how."),
    )
    for_abroad = models.BooleanField(
        _("from abroad"),
        default=False,
        help_text=_("For customers in other countries: numbers are shown with the country code."),
    )
    languages = LanguagesField(
        _("languages"),
        max_length=120,
        blank=True,
        help_text=_(
            "In which customers are served, such as “Spanish, English”. Empty: not stated."
        ),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    natural_key_fields = ("service__slug", "code")
    called_by = ("title",)
    leading_fields = ("valid_from", "valid_until")
    validity_related = ("service", "schedule")
    copied_with = "service"
    holder_related = ("service", "schedule")
    paths_from_service = ("channels",)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["position", "pk"]
        permissions = [("bulk_change_channel", _("Can import channels"))]
        constraints = [
            *ValidityModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["service", "code"],
                name="channel_code_is_unique_in_service",
                violation_error_message=_("Another channel of this service has this code."),
            ),
            models.CheckConstraint(
                name="channel_languages_are_codes",
                condition=Q(languages__regex=r"^([a-z]{2,3}(, [a-z]{2,3})*)?$"),
            ),
        ]

    def __str__(self) -> str:
        hours = self.schedule.name if self.schedule else _("hours not stated")
        return f"{self.short_name} ({hours})"

    @property
    def short_name(self) -> str:
        """Its service and title, without the hours."""
        return f"{self.service} › {self.title}"

    def services(self) -> ServiceQuerySet:
        """The service whose page shows this channel."""
        return Service.objects.filter(pk=self.service_id)


class ChannelRequestType(models.Model):
    """That a channel is for a request type.

    As Django makes it for a many-to-many field, which fixtures and forms treat as a part of the
    channel; but a type in use cannot be deleted, as it would leave channels without any.
    """

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    requesttype = models.ForeignKey(RequestType, on_delete=models.PROTECT, related_name="+")

    holder_field = "channel"
    holder_related = ("channel__service", "channel__schedule")
    path_to_request_type = "channels__request_types"

    class Meta:
        auto_created = Channel
        db_table = "directory_channel_request_types"
        unique_together = [("channel", "requesttype")]

    def __str__(self) -> str:
        return f"{self.channel} › {self.requesttype}"


class ChannelContact(ContactPointUse):
    """A contact point as one channel gives it."""

    channel = models.ForeignKey(
        Channel, verbose_name=_("channel"), on_delete=models.CASCADE, related_name="contact_uses"
    )

    natural_key_fields = ("channel__service__slug", "channel__code", "contact_point__code")
    copied_with = "channel"
    part_of = "channel"
    holder_field = "channel"
    holder_related = ("channel__service", "channel__schedule")
    paths_from_service = ("channels__contact_uses",)

    class Meta(ContactPointUse.Meta):
        verbose_name = _("contact of a channel")
        verbose_name_plural = _("contacts of a channel")
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "contact_point"],
                name="channelcontact_is_unique_in_channel",
                violation_error_message=_("This channel already has this contact point."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} › {self.contact_point}"


def silent(channels: "models.QuerySet[Channel]") -> "models.QuerySet[Channel]":
    """Those of `channels` that are public and say nothing of how they are reached."""
    return channels.filter(service__is_published=True, description="", contact_uses=None)
