"""The list of the checks; runs them, and stores what they find as findings.

`run_checks` checks the whole directory: it is for commands, and for directories so small that a
request can do it. After each change in the back office `check_changes` checks what was changed.
"""

from collections.abc import Callable, Collection, Iterable

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Max, Model, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone, translation

from directory.models import CheckRun, ContactPoint, Edition, Finding, FindingRow, Service
from directory.upkeep.checks import (
    absences,
    contact_points,
    misleading,
    notices,
    promises,
    reports,
    schedules,
    services,
    texts,
)
from directory.upkeep.checks.addresses import Addresses
from directory.upkeep.checks.changes import SERVICE, ChangedRows, CheckScope
from directory.upkeep.checks.facts import Facts, open_reports, whole_directory
from directory.upkeep.checks.messages import CheckMessage

Check = Callable[[Facts], Iterable[CheckMessage]]
CHECKS: tuple[Check, ...] = (
    reports.reported_by_customers,
    services.altered_in_the_database,
    services.not_as_published,
    services.without_channels,
    services.incomplete_channels,
    services.critical_without_answer,
    services.out_of_reach_from_abroad,
    services.without_level_one,
    services.channels_past_due,
    services.levels_past_due,
    absences.nobody_stands_in,
    absences.stand_in_out_of_reach,
    absences.absences_long_over,
    promises.promised_to_nobody,
    promises.levels_out_of_order,
    schedules.contradicting_hours,
    schedules.contradicting_escalation_hours,
    schedules.spans_past_due,
    schedules.holidays_of_no_region,
    notices.notices_past_due,
    notices.long_notices,
    misleading.misleading_addresses,
    misleading.misleading_links,
    misleading.costly_numbers,
    contact_points.numbers_to_know,
    contact_points.near_identical,
    contact_points.plain_http,
    contact_points.replacement_past_due,
    texts.outdated_numbers,
    texts.unknown_mentions,
    texts.plain_http_in_texts,
    contact_points.not_verified,
)
# A directory of so many services and contact points is checked whole within a request.
SMALL = {Service: 50, ContactPoint: 500}


def last_run() -> CheckRun | None:
    """The last check of the whole directory, None before the first. One query.

    `has_changes` says whether anybody has changed or published something that the findings do not
    take into account.
    """
    is_current = Q(last_change=_newest(LogEntry), last_edition=_newest(Edition))
    changed = ExpressionWrapper(~is_current, BooleanField())
    # The model declares it for those who read it.
    return CheckRun.objects.annotate(has_changes=changed).first()  # type: ignore[no-redef]


def run_checks() -> CheckRun:
    """Check the whole directory as its rows stand, and keep what is found in every language.

    The queries grow with the number of batches, the memory with what is found.
    """
    # Read first: what is changed while the checks run is checked once more afterwards.
    noted = {"checked_at": timezone.now(), "is_complete": True, **_newest_of_both()}
    found = _findings(whole_directory())
    with transaction.atomic():
        # This locks the row: whoever checks a change meanwhile waits.
        run, _created = CheckRun.objects.update_or_create(pk=CheckRun.ONLY, defaults=noted)
        Finding.objects.all().delete()
        _store(found)
    return run


def check_changes() -> CheckRun:
    """Check what was changed since the last time, and replace the findings about it."""
    with transaction.atomic():
        run = CheckRun.objects.select_for_update().get()
        newest = _newest_of_both()
        scope = CheckScope(ChangedRows.since(run))
        found = _findings([scope.facts])
        outdated = Finding.objects.filter(_about(scope.subjects) | Q(fingerprint__in=found))
        outdated.exclude(code="contradicting_hours", subject_pk__in=scope.not_compared).delete()
        _store(found)
        run.last_change, run.last_edition = newest["last_change"], newest["last_edition"]
        run.is_complete = run.is_complete and scope.is_complete
        run.save()
    return run


def check_reports(keys: Collection[int]) -> None:
    """Find anew what customers reported of the contact points with these keys. Nothing before the
    first check, which finds all."""
    with transaction.atomic():
        if not list(CheckRun.objects.select_for_update().values("pk")):
            return
        points = list(ContactPoint.objects.filter(pk__in=keys).order_by("pk"))
        facts = Facts(contact_points=points, reports=open_reports(points), addresses=Addresses([]))
        outdated = Finding.objects.filter(
            code=reports.CODE, subject_model=ContactPoint._meta.label_lower, subject_pk__in=keys
        )
        outdated.delete()
        _store(_findings([facts], [reports.reported_by_customers]))


def catch_up() -> CheckRun | None:
    """Bring the findings up to date as far as one request may, and return the run they rest on.

    A small directory is checked whole, once a day and when a change is too large to be followed.
    Of any other what was changed is checked: the rest is for `check_directory`.
    """
    run = last_run()
    if (run is None or not run.is_of(timezone.localdate())) and is_small():
        return run_checks()
    if run is not None and run.has_changes:
        run = check_changes()
        if not run.is_complete and is_small():
            return run_checks()
    return run


def is_small() -> bool:
    """Whether the whole directory can be checked within a request."""
    return all(
        model._default_manager.all()[: most + 1].count() <= most for model, most in SMALL.items()
    )


def _findings(
    batches: Iterable[Facts], checks: Collection[Check] = CHECKS
) -> dict[str, tuple[Finding, list[FindingRow]]]:
    """What the checks find, by fingerprint: the findings with the rows that they rest on."""
    found: dict[str, tuple[Finding, list[FindingRow]]] = {}
    for facts in batches:
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                for check in checks:
                    for message in check(facts):
                        if message.fingerprint not in found:
                            found[message.fingerprint] = _finding(message, CHECKS.index(check))
                        texts_of = found[message.fingerprint][0].texts
                        words = {"message": message.message, "subject": message.subject.name}
                        texts_of[language] = words
    return found


def _finding(message: CheckMessage, order: int) -> tuple[Finding, list[FindingRow]]:
    finding = Finding(
        fingerprint=message.fingerprint,
        code=message.code,
        severity=message.severity,
        check_order=order,
        subject_model=message.subject.model,
        subject_pk=message.subject.pk,
        field=message.field,
        value=message.value,
        texts={},
    )
    keys = dict.fromkeys(((SERVICE, pk) for pk in message.services), False)
    keys |= {subject.key: True for subject in (*message.related, message.subject)}
    rows = [
        FindingRow(finding=finding, model=model, row_pk=pk, is_shown=is_shown)
        for (model, pk), is_shown in keys.items()
    ]
    return finding, rows


def _store(found: dict[str, tuple[Finding, list[FindingRow]]]) -> None:
    ordered = sorted(found.values(), key=lambda each: each[0].check_order)
    Finding.objects.bulk_create((finding for finding, _rows in ordered), batch_size=500)
    rows = [row for _finding, rows in ordered for row in rows]
    for row in rows:
        row.finding_id = row.finding.pk
    FindingRow.objects.bulk_create(rows, batch_size=500)


def _about(subjects: Iterable[tuple[str, int]]) -> Q:
    about = Q(pk__in=[])
    keys: dict[str, list[int]] = {}
    for model, key in subjects:
        keys.setdefault(model, []).append(key)
    for model, wanted in keys.items():
        about |= Q(subject_model=model, subject_pk__in=wanted)
    return about


def _newest(model: type[Model]) -> Coalesce:
    return Coalesce(Subquery(model._default_manager.order_by("-pk").values("pk")[:1]), 0)


def _newest_of_both() -> dict[str, int]:
    """The newest entry of the history and the newest edition, as a run notes them."""
    both = {"last_change": LogEntry, "last_edition": Edition}
    return {
        name: model._default_manager.aggregate(pk=Max("pk"))["pk"] or 0
        for name, model in both.items()
    }
