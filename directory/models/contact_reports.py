"""Reports: what customers tell of a contact that did not work for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.models.contact_points import ContactPoint
from directory.models.services import Service

LONGEST_SUBJECT = 300
LONGEST_TEXT = 500
# A report that was closed is history for so long.
CLOSED_KEPT_FOR = timedelta(days=365)


class Problem(models.TextChoices):
    """What happened to a customer."""

    NO_ANSWER = "no_answer", _("nobody answered")
    NOT_IN_SERVICE = "not_in_service", _("the number does not exist, or the page does not open")
    SOMEBODY_ELSE = "somebody_else", _("somebody answered who knows nothing of this service")
    MAIL_RETURNED = "mail_returned", _("the e-mail came back")
    OTHER = "other", _("something else")


@dataclass(frozen=True, kw_only=True)
class ReportSummary:
    """The open reports of one contact point: how many of each problem, the newest of all, and the
    newest in which somebody wrote something, if there is one; `services` are the keys of those
    whose pages they came from."""

    counts: dict[Problem, int]
    newest: "ContactReport"
    newest_with_text: "ContactReport | None"
    services: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    @property
    def problems(self) -> str:
        """What happened, the most frequent first, with how often where there are several."""
        return ", ".join(
            f"{problem.label} ({count})" if self.count > 1 else str(problem.label)
            for problem, count in sorted(self.counts.items(), key=lambda each: -each[1])
        )


class ContactReportQuerySet(models.QuerySet["ContactReport"]):
    """Reports by whether somebody has seen to them."""

    def open(self) -> Self:
        """Those that nobody has closed."""
        return self.filter(closed_at=None)

    def untold(self) -> Self:
        """The open ones of contact points that are there of which no owner was mailed yet."""
        return self.open().filter(told_on=None).exclude(contact_point=None)

    def closed(self) -> Self:
        return self.exclude(closed_at=None)

    def summaries(self, contact_points: Iterable[int]) -> dict[int, ReportSummary]:
        """The open reports of the contact points with these keys that have any. Two queries."""
        counts: dict[int, dict[Problem, int]] = {}
        newest: dict[int, list[int | None]] = {}
        services: dict[int, dict[int, None]] = {}
        rows = self.open().filter(contact_point__in=contact_points).order_by("problem", "service")
        grouped = rows.values_list("contact_point", "problem", "service").annotate(
            count=Count("pk"), newest=Max("pk"), newest_with_text=Max("pk", filter=~Q(text=""))
        )
        for point, problem, service, count, *last in grouped:
            of_point = counts.setdefault(point, {})
            of_point[Problem(problem)] = of_point.get(Problem(problem), 0) + count
            newest.setdefault(point, []).extend(last)
            services.setdefault(point, {})[service] = None
        some = {key for keys in newest.values() for key in keys if key}
        found = self.defer("email", "sender").in_bulk(some)
        return {
            point: _summary(counts[point], found, newest[point], tuple(services[point]))
            for point in counts
        }

    def forget(self, at: datetime, today_began: datetime) -> None:
        """Empty what is not needed any more at the aware instant `at`: from where reports of
        earlier days came, mail addresses after REPORT_MAIL_KEPT_FOR_DAYS; delete what was closed
        CLOSED_KEPT_FOR ago. Three statements."""
        self.filter(made_at__lt=today_began).exclude(sender="").update(sender="")
        oldest = at - timedelta(days=settings.REPORT_MAIL_KEPT_FOR_DAYS)
        self.filter(made_at__lt=oldest).exclude(email="").update(email="")
        self.filter(closed_at__lt=at - CLOSED_KEPT_FOR).delete()


def _summary(
    counts: dict[Problem, int],
    found: dict[int, Any],
    newest: Iterable[int | None],
    services: tuple[int, ...],
) -> ReportSummary:
    reports = [found[key] for key in sorted({key for key in newest if key}) if key in found]
    with_text = [report for report in reports if report.text]
    return ReportSummary(
        counts=counts,
        newest=reports[-1],
        newest_with_text=with_text[-1] if with_text else None,
        services=services,
    )


class ContactReport(models.Model):
    """What a customer told of a contact of a service's page, until somebody closes it.

    `subject` is the contact as the page showed it, with where it stood; `contact_key` names it on
    the form (`directory.answers.reportable`). `form` is the number of the form that was sent: one
    that is sent twice is one report. `sender` is a keyed digest of the day and the address that it
    came from, kept for the rest of the day, to limit what one address can send. `told_on` is
    the day on which the owner of the service was mailed of it.
    """

    contact_point = models.ForeignKey(
        ContactPoint,
        verbose_name=_("contact point"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="reports",
    )
    service = models.ForeignKey(
        Service,
        verbose_name=_("service"),
        on_delete=models.CASCADE,
        related_name="contact_reports",
    )
    subject = models.CharField(_("about"), max_length=LONGEST_SUBJECT)
    contact_key = models.CharField(max_length=150, editable=False)
    problem = models.CharField(_("what happened"), max_length=20, choices=Problem)
    text = models.CharField(_("in the customer's words"), max_length=LONGEST_TEXT, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    made_at = models.DateTimeField(_("received"))
    form = models.CharField(max_length=32, editable=False)
    sender = models.CharField(max_length=64, blank=True, editable=False)
    told_on = models.DateField(null=True, editable=False)
    closed_at = models.DateTimeField(pgettext_lazy("report", "closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    closing_word = models.CharField(
        _("what was done"),
        max_length=300,
        blank=True,
        help_text=_("Such as “Corrected”, “Tried it: it works”."),
    )

    objects = ContactReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of a customer")
        verbose_name_plural = _("reports of customers")
        ordering = ["-made_at", "-pk"]
        # Customers make them, and what is closed goes by itself.
        default_permissions = ("view", "change")
        indexes = [
            models.Index(fields=["made_at", "sender"], name="contactreport_of_day"),
            models.Index(fields=["contact_point", "closed_at"], name="contactreport_of_contact"),
        ]
        constraints = [
            models.CheckConstraint(
                name="contactreport_problem_is_known",
                condition=Q(problem__in=Problem.values),
            ),
            models.UniqueConstraint(
                fields=["form", "contact_key"], name="contactreport_once_in_form"
            ),
            models.CheckConstraint(
                name="contactreport_is_closed_by_somebody_with_a_word",
                condition=Q(closed_at=None, closed_by=None, closing_word="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(closing_word="")),
                violation_error_message=_("Say in a word what was done."),
            ),
            models.CheckConstraint(
                name="contactreport_has_no_address_once_closed",
                condition=Q(closed_at=None) | Q(email=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_problem_display()}"
