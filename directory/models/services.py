"""Services and their channels: the first table of the documents."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.contacts.replacements import LONGEST_CHAIN
from directory.editions.document import PublishedChannel, PublishedRequestType
from directory.models.contact_point_uses import ContactPointUse
from directory.models.contact_points import ContactPoint
from directory.models.natural_keys import NaturalKeyManager, NaturalKeyModel
from directory.models.schedules import Schedule
from directory.models.validity import PLAUSIBLE_DAY, ValidityModel, validate_not_to_come


class RequestType(NaturalKeyModel):
    """What a customer wants: an incident solved, a request, a complaint, ..."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    covers_all = models.BooleanField(
        _("covers all"),
        default=False,
        help_text=_("A channel for this type takes every other type too."),
    )
    is_critical = models.BooleanField(
        _("critical"), default=False, help_text=_("For what cannot wait.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("request type")
        verbose_name_plural = _("request types")
        ordering = ["position", "name"]

    def __str__(self):
        return self.name

    def services(self):
        """The services whose pages name this type."""
        return Service.objects.filter(channels__request_types=self).distinct()

    def as_document(self):
        return PublishedRequestType(
            code=self.code,
            name=self.name,
            covers_all=self.covers_all,
            is_critical=self.is_critical,
        )


class ServiceQuerySet(models.QuerySet):
    """Services by what their pages show.

    The escalation side is named by its reverse relations: `escalations` imports this app, never the
    other way round.
    """

    def published(self):
        return self.filter(is_published=True)

    def showing_contact_points(self, contact_points):
        """Services that give one of these contact points or what they are to replace, in a channel
        or in an escalation. Takes their primary keys."""
        contact_points = ContactPoint.objects.with_replaced(contact_points)
        return self._in_channels_or_levels(
            Q(channels__contact_uses__contact_point__in=contact_points),
            Q(escalation_policy__levels__contact__contact_uses__contact_point__in=contact_points),
        )

    def showing_schedule(self, schedule):
        """Services with a channel or an escalation contact that keeps these hours."""
        return self._in_channels_or_levels(
            Q(channels__schedule=schedule),
            Q(escalation_policy__levels__contact__schedule=schedule),
        )

    def _in_channels_or_levels(self, in_channels, in_levels):
        # Two subqueries, because one condition over both relations multiplies their rows.
        services = self.model.objects.order_by()
        return self.filter(
            Q(pk__in=services.filter(in_channels).values("pk"))
            | Q(pk__in=services.filter(in_levels).values("pk"))
        )

    def for_composing(self):
        """With every row that a document is made of: a constant number of queries."""
        # As deep as a chain of replacements may go; a step that nobody planned costs no query.
        chain = "__".join(["contact_point", *["replaced_by"] * LONGEST_CHAIN])
        return self.select_related("escalation_policy").prefetch_related(
            self._rows("channels", "schedule"),
            "channels__request_types",
            "channels__schedule__spans",
            "channels__schedule__exceptions__spans",
            self._rows("channels__contact_uses", "contact_point__replaced_by"),
            f"channels__contact_uses__{chain}",
            self._rows("escalation_policy__levels", "contact__schedule"),
            "escalation_policy__levels__contact__schedule__spans",
            "escalation_policy__levels__contact__schedule__exceptions__spans",
            self._rows(
                "escalation_policy__levels__contact__contact_uses", "contact_point__replaced_by"
            ),
            f"escalation_policy__levels__contact__contact_uses__{chain}",
        )

    def _rows(self, path, *joined):
        """The rows of a reverse relation with those that they refer to. Joined, because Django 5.2
        prefetches foreign keys with one OR for each, and SQLite ends at a thousand of them."""
        model = self.model
        for name in path.split("__"):
            model = model._meta.get_field(name).related_model
        return models.Prefetch(path, model.objects.select_related(*joined))


class Service(NaturalKeyModel):
    """What customers need help with. Owns one public page."""

    slug = models.SlugField(
        _("address"),
        unique=True,
        help_text=_("The last part of the page's address. Printed pages refer to it: keep it."),
    )
    name = models.CharField(_("name"), max_length=120)
    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("The sentence above the channels.")
    )
    is_published = models.BooleanField(
        _("published"), default=False, help_text=_("Only then has it a public page.")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="services",
        help_text=_("Who keeps it true, and is reminded when it is due for review."),
    )
    review_interval_days = models.PositiveSmallIntegerField(
        _("review every (days)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: the usual interval."),
    )
    reviewed_on = models.DateField(
        _("reviewed on"),
        null=True,
        blank=True,
        validators=[*PLAUSIBLE_DAY, validate_not_to_come],
    )
    # The day on which each owner, by user name, was last reminded of it.
    reminded_on = models.JSONField(default=dict, blank=True, editable=False)

    natural_key_fields = ("slug",)
    kept_by_imports = ("owner", "review_interval_days", "reviewed_on", "reminded_on")
    objects = NaturalKeyManager.from_queryset(ServiceQuerySet)()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="service_review_interval_is_positive",
                condition=Q(review_interval_days=None) | Q(review_interval_days__gte=1),
            )
        ]
        permissions = [("bulk_change_service", _("Can copy services"))]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("directory:service-detail", args=[self.slug])

    def services(self):
        """Itself: what else shows a service is its own page."""
        return Service.objects.filter(pk=self.pk)


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
        OTHER = "other", _("Other")

    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.CASCADE, related_name="channels"
    )
    code = models.SlugField(
        _("code"), help_text=_("Unique within the service, such as “telefonico”.")
    )
    medium = models.CharField(_("medium"), max_length=20, choices=Medium)
    title = models.CharField(
        _("title"),
        max_length=120,
        help_text=_("Channels with the same title stand together on the page."),
    )
    request_types = models.ManyToManyField(
        RequestType, verbose_name=_("request types"), related_name="channels"
    )
    schedule = models.ForeignKey(
        Schedule,
        verbose_name=_("schedule"),
        on_delete=models.PROTECT,
        related_name="channels",
    )
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    natural_key_fields = ("service__slug", "code")
    validity_related = ("service", "schedule")
    copied_with = "service"

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
        ]

    def __str__(self):
        return f"{self.service} › {self.title} ({self.schedule})"

    def services(self):
        return Service.objects.filter(pk=self.service_id)

    def as_document(self):
        """This channel as a `PublishedChannel`."""
        return PublishedChannel(
            code=self.code,
            medium=self.medium,
            title=self.title,
            description=self.description,
            request_types=tuple(kind.as_document() for kind in self.request_types.all()),
            schedule=self.schedule.code,
            contacts=tuple(use.as_document() for use in self.contact_uses.all()),
            valid_from=self.valid_from,
            valid_until=self.valid_until,
        )


# Django lets the rows between two models go with either, but a channel that is for nothing helps
# nobody.
Channel.request_types.through._meta.get_field("requesttype").remote_field.on_delete = models.PROTECT


class ChannelContact(ContactPointUse):
    """A contact point as one channel gives it."""

    channel = models.ForeignKey(
        Channel, verbose_name=_("channel"), on_delete=models.CASCADE, related_name="contact_uses"
    )

    natural_key_fields = ("channel__service__slug", "channel__code", "contact_point__code")
    copied_with = "channel"
    holder_field = "channel"
    holder_related = ("channel__service", "channel__schedule")
    path_from_service = "channels__contact_uses"

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

    def __str__(self):
        return f"{self.channel} › {self.contact_point}"
