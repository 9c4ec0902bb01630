"""The spreadsheets of escalations: who answers, how each service escalates, who is away."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.imports.spreadsheets.columns import (
    CODE_HELP,
    Column,
    OptionalChoiceColumn,
    Row,
    WholeNumberColumn,
    refusal,
)
from directory.imports.spreadsheets.references import (
    DependsOnRefused,
    OptionalListColumn,
    ReferenceColumn,
)
from directory.imports.spreadsheets.service_sheets import SERVICE_HELP, TYPE_HELP
from directory.imports.spreadsheets.sheet import NumberedRow, PartSheet, Sheet
from directory.imports.spreadsheets.time_columns import DayColumn, DurationColumn
from directory.imports.spreadsheets.uses import HolderSheet, UsesColumn, UseSheet
from directory.models import Service
from directory.models.services import ServiceQuerySet
from escalations.models import (
    Absence,
    AbsenceContact,
    EscalationContact,
    EscalationContactUse,
    EscalationLevel,
    EscalationPolicy,
    EscalationTime,
)

CONTACT_HELP = gettext_lazy("Its code, or the name of the group, role or person.")
DAY_HELP = gettext_lazy("31/12/2026 or empty.")
DESK, PERSON = gettext_lazy("example-help-desk"), gettext_lazy("example-supervisor")


class EscalationContactSheet(HolderSheet):
    """Escalation contacts, with the contact points that they give."""

    name = "escalation-contacts"
    description = gettext_lazy(
        "One line per group, role or person who answers an escalation, with the codes of their "
        "contact points. One that you delete from the cell is taken away from them."
    )
    model = EscalationContact
    code_from = facts = ("name", "person")
    related = ("schedule",)
    columns = [
        Column("code", CODE_HELP),
        Column("name", gettext_lazy("The group or role.")),
        Column("person", gettext_lazy("Who it is, if customers should know.")),
        OptionalChoiceColumn("public"),
        ReferenceColumn(
            "schedule", gettext_lazy("Its code or name. Empty: the hours are not stated.")
        ),
        UsesColumn(),
    ]
    examples = [
        {
            "code": PERSON,
            "name": gettext_lazy("Supervisor"),
            "person": "Ana Ejemplo",
            "contact_points": gettext_lazy("example-mail"),
        }
    ]


class EscalationContactUseSheet(UseSheet):
    """What each escalation contact gives."""

    name = "escalation-contact-uses"
    title_text = gettext_lazy("escalation contact points")
    description = gettext_lazy(
        "One line per contact point of an escalation contact: its extensions, menu options and own "
        "label. Deleting a line takes nothing away; that is done in the sheet of escalation "
        "contacts."
    )
    model = EscalationContactUse
    key = ("contact", "contact_point")
    order = ("contact__code", "position", "pk")
    columns = [ReferenceColumn("contact", CONTACT_HELP), *UseSheet.use_columns]


class PolicyModelsMixin(Sheet):
    """A sheet of policies or of their parts."""

    @property
    def page_model(self) -> type[Model]:
        return EscalationPolicy

    @property
    def bulk_model(self) -> type[Model]:
        return EscalationContact


class EscalationPolicySheet(PolicyModelsMixin):
    """How services escalate."""

    name = "escalation-policies"
    description = gettext_lazy("One line per service: what customers read before they escalate.")
    model = EscalationPolicy
    key = ("service",)
    related = ("service",)
    columns = [
        ReferenceColumn("service", SERVICE_HELP),
        Column("instructions", gettext_lazy("What customers should know before escalating.")),
        OptionalChoiceColumn("times_count"),
    ]
    examples = [
        {"service": DESK, "instructions": gettext_lazy("Have the number of your case at hand.")}
    ]

    def services(self, keys: Collection[int]) -> ServiceQuerySet:
        return Service.objects.filter(escalation_policy__in=keys)


class PolicyColumn(ReferenceColumn):
    """The service whose policy a row is a part of; one without a policy gets one."""

    @property
    def model(self) -> Any:
        return Service

    def text(self, instance: Any) -> str:
        return instance.policy.service.slug if instance.policy_id else ""

    def prepare(self, rows: list[Row]) -> None:
        super().prepare(rows)
        policies = EscalationPolicy.objects.select_related("service")
        found = policies.filter(service__slug__in={row[self.name] for row in rows})
        self._policies = {policy.service_id: policy for policy in found}

    def assign(self, instance: Any, value: Service) -> None:
        if value.pk not in self._policies:
            if not self.sheet.may("add", EscalationPolicy):
                raise ValidationError(
                    _("This service has no escalation policy, and you may not add one."),
                    code="may_not_add",
                )
            policy, _is_new = EscalationPolicy.objects.get_or_create(service=value)
            self._policies[value.pk] = policy
        instance.policy = self._policies[value.pk]


class PolicyPartSheet(PolicyModelsMixin, PartSheet):
    """A sheet of parts of policies."""

    related: tuple[str, ...] = ("policy__service",)

    def subject(self, instance: Any) -> Model:
        return instance.policy


class EscalationLevelSheet(PolicyPartSheet):
    """Who answers on the levels.

    A line for another contact from the same day on says who takes the place of the one who is
    there alone, as in fixtures.
    """

    name = "escalation-levels"
    description = gettext_lazy(
        "One line per level of a service and who answers there. Another contact in the line of a "
        "level takes the place of the one before."
    )
    model = EscalationLevel
    is_read_whole = True
    key = ("service", "level", "contact", "valid_from")
    optional_key = ("valid_from",)
    related = ("policy__service", "contact")
    columns = [
        PolicyColumn("service", SERVICE_HELP, gettext_lazy("service"), attribute="policy"),
        WholeNumberColumn("level", gettext_lazy("1, 2, 3…")),
        ReferenceColumn("contact", CONTACT_HELP),
        Column("title", gettext_lazy("As you call the level, such as “Tier 1”, or empty.")),
        Column("purpose", gettext_lazy("What this contact is for, where a level has several.")),
        OptionalListColumn(
            "request_types", gettext_lazy("Codes or names, with commas. Empty: for all.")
        ),
        DurationColumn("escalate_after_minutes", gettext_lazy("“2 h”, “1 day”, or empty.")),
        DayColumn("valid_from", DAY_HELP),
        DayColumn("valid_until", DAY_HELP),
    ]
    order = ("policy__service__slug", "level", "valid_from", "pk")
    examples = [{"service": DESK, "level": "1", "contact": PERSON, "escalate_after_minutes": "2 h"}]

    def stored(self, rows: list[Row]) -> dict[tuple[str, ...], Any]:
        held = super().stored(rows)
        keys = {self.key_of(row) for row in rows}
        found = {key: held[key] for key in keys if key in held}
        alone, lines = _by_place(held.keys() - keys), _by_place(keys - held.keys())
        for place, (key, *others) in lines.items():
            if not others and len(before := alone.get(place, [])) == 1:
                found[key] = held[before[0]]
        return found

    def in_order(self, rows: list[NumberedRow]) -> Iterable[NumberedRow]:
        return sorted(rows, key=lambda line: self.key_of(line[1])[1].zfill(5))

    def set_aside(self, stored: list[tuple[EscalationLevel, Row]]) -> set[int]:
        columns = [each for each in self.columns if each.name in EscalationLevel.set_aside(0)]
        keys = {
            level.pk
            for level, row in stored
            if any(column.differs(level, row) for column in columns)
        }
        for key in keys:
            EscalationLevel.objects.filter(pk=key).update(**EscalationLevel.set_aside(key))
        return keys

    def services(self, keys: Collection[int]) -> ServiceQuerySet:
        return Service.objects.filter(escalation_policy__levels__in=keys).distinct()


def _by_place(keys: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """Keys of levels by all that they say but the contact."""
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for service, level, contact, valid_from in keys:
        found[service, level, valid_from].append((service, level, contact, valid_from))
    return found


class EscalationTimeSheet(PolicyPartSheet):
    """After which time a level is asked, by request type."""

    name = "escalation-times"
    description = gettext_lazy(
        "Only where the time depends on the request type: one line per level and type."
    )
    model = EscalationTime
    key = ("service", "level", "request_type")
    related = ("policy__service", "request_type")
    columns = [
        PolicyColumn("service", SERVICE_HELP, gettext_lazy("service"), attribute="policy"),
        WholeNumberColumn("level", gettext_lazy("1, 2, 3…")),
        ReferenceColumn("request_type", TYPE_HELP),
        DurationColumn("minutes", gettext_lazy("“30 min”, “2 h”; 0: at once.")),
    ]

    def whole(self, instance: EscalationTime) -> EscalationPolicy:
        return instance.policy

    def services(self, keys: Collection[int]) -> ServiceQuerySet:
        return Service.objects.filter(escalation_policy__times__in=keys).distinct()


class AbsenceModelsMixin(Sheet):
    """A sheet of absences or of their parts."""

    @property
    def page_model(self) -> type[Model]:
        return Absence

    @property
    def bulk_model(self) -> type[Model]:
        return EscalationContact


class AbsenceSheet(AbsenceModelsMixin, PartSheet):
    """Who is away, and who answers instead."""

    name = "absences"
    description = gettext_lazy("One line for the days on which somebody is away.")
    model = Absence
    key = ("contact", "first_day")
    related = ("contact", "stand_in")
    may_leave_pages = True
    columns = [
        ReferenceColumn("contact", CONTACT_HELP),
        DayColumn("first_day", gettext_lazy("31/12/2026.")),
        DayColumn("last_day", gettext_lazy("Included.")),
        ReferenceColumn("stand_in", gettext_lazy("Who answers instead; empty: nobody does.")),
        UsesColumn(),
    ]

    def parts(self, instance: Absence) -> Iterable[Model]:
        uses: Iterable[Model] = instance.contact_uses.all()
        return uses

    def services(self, keys: Collection[int]) -> ServiceQuerySet:
        contacts = Absence.objects.filter(pk__in=keys).values("contact")
        return Service.objects.reached_by(EscalationContact.paths_from_service, "pk__in", contacts)


class AbsentColumn(ReferenceColumn):
    """Who is away: nothing of the row itself."""

    @property
    def model(self) -> Any:
        return EscalationContact

    def text(self, instance: AbsenceContact) -> str:
        return instance.absence.contact.code if instance.absence_id else ""

    def fill(self, instance: AbsenceContact, row: Row) -> None:
        self.read(row)


class AbsenceDayColumn(DayColumn):
    """The day from which on somebody is away: with who it is, the absence of a row."""

    def text(self, instance: AbsenceContact) -> str:
        return self.render(instance.absence.first_day) if instance.absence_id else ""

    def prepare(self, rows: list[Row]) -> None:
        codes = {row["contact"] for row in rows}
        absences = Absence.objects.filter(contact__code__in=codes).select_related("contact")
        self._absences = {(each.contact.code, each.first_day): each for each in absences}

    def fill(self, instance: AbsenceContact, row: Row) -> None:
        day = self.read(row)
        absence = self._absences.get((row["contact"], day)) if day else None
        if absence is None and self.sheet.also.has_refused(EscalationContact, row["contact"]):
            raise DependsOnRefused("")
        if absence is None:
            raise refusal(_("There is no absence from this day on. Add it in its own sheet."))
        instance.absence = absence


class AbsenceContactSheet(AbsenceModelsMixin, PartSheet, UseSheet):
    """What is particular to the contact points that are given while somebody is away."""

    name = "absence-contacts"
    description = gettext_lazy(
        "One line per contact point that is given while somebody is away: its extensions, menu "
        "options and own label."
    )
    model = AbsenceContact
    key = ("contact", "first_day", "contact_point")
    order = ("absence__contact__code", "absence__first_day", "position", "pk")
    columns = [
        AbsentColumn("contact", CONTACT_HELP, gettext_lazy("escalation contact")),
        AbsenceDayColumn(
            "first_day",
            gettext_lazy("The first day of the absence."),
            gettext_lazy("first day"),
            attribute="absence",
        ),
        *UseSheet.use_columns,
    ]

    def services(self, keys: Collection[int]) -> ServiceQuerySet:
        return Service.objects.reached_by(AbsenceContact.paths_from_service, "pk__in", keys)


SHEETS = (
    EscalationContactSheet,
    EscalationContactUseSheet,
    EscalationPolicySheet,
    EscalationLevelSheet,
    EscalationTimeSheet,
    AbsenceSheet,
    AbsenceContactSheet,
)
