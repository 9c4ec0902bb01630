"""What other apps add to the services' documents: registered in their `AppConfig.ready`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from directory.editions.document import Part
from directory.models import Schedule, Service


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """What an app adds to the services' documents: the fields that it fills.

    app_label: its app; fixtures and histories of its rows are treated as the directory's own.
    with_rows: the queryset of services with every row of the app that a document is made of.
    paths: the look-ups that lead from a service to these rows.
    compose: the fields of a service's document that the app fills, by name.
    schedules: the schedules that these fields refer to.
    texts: the free texts of the app on a service's page: the row where each is edited, the name of
        its field (empty for the words of its contacts), and the text.
    level_rows: of each escalation level that the app composes, in order: the row on whose page it
        is edited, and the row of who answers.
    levels_name: what the form of that page calls the levels, as a relation of its row.
    absence_rows: of each absence that the app composes, in order: its row, and that of who is away.
    """

    app_label: str
    with_rows: Callable[[QuerySet[Service]], QuerySet[Service]]
    paths: tuple[str, ...]
    compose: Callable[[Service], dict[str, Part]]
    schedules: Callable[[Service], Iterable[Schedule]]
    texts: Callable[[Service], Iterable[tuple[Model, str, str]]]
    level_rows: Callable[[Service], list[tuple[Model, Model]]]
    absence_rows: Callable[[Service], list[tuple[Model, Model]]]
    levels_name: str = ""


_registered: dict[str, Contribution] = {}


def register(contribution: Contribution) -> None:
    """Add what an app adds; once for each app."""
    _registered[contribution.app_label] = contribution


def registered() -> tuple[Contribution, ...]:
    """The registered contributions, by the names of their apps."""
    return tuple(_registered[label] for label in sorted(_registered))


def app_labels() -> tuple[str, ...]:
    """The apps whose rows are the directory's: its own first."""
    return (Service._meta.app_label, *sorted(_registered))


def texts(service: Service) -> Iterator[tuple[Model, str, str]]:
    """The free texts that the contributions have on a service's page: row, field, text."""
    for contribution in registered():
        yield from contribution.texts(service)


def level_rows(service: Service) -> list[tuple[Model, Model]]:
    """The rows behind the escalation levels of a service's document, in their order: where each is
    edited, and who answers."""
    return [rows for contribution in registered() for rows in contribution.level_rows(service)]


def levels_name() -> str:
    """What the page on which levels are edited calls them; empty where no app keeps levels."""
    return next((each.levels_name for each in registered() if each.levels_name), "")


def absence_rows(service: Service) -> list[tuple[Model, Model]]:
    """The rows behind the absences of a service's document, in their order: the absence, and who
    is away."""
    return [rows for contribution in registered() for rows in contribution.absence_rows(service)]
