"""When each level is asked, by type of request: a table in the form of the policy.

A cell is a field of its own, compared with what others saved and named in the history as any other.
Times belong to the number of a level, whoever answers on it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from directory.models import RequestType
from directory.models.durations import PLAUSIBLE_TIME_OR_AT_ONCE, MinutesFormField
from directory.models.recording import watch
from escalations.admin.ladder import LadderFormSet
from escalations.models import EscalationLevel, EscalationPolicy, EscalationTime

# Types that have times are shown however many they are.
COLUMNS_AT_MOST = 8
ROWS_AT_LEAST = 3


@dataclass(frozen=True)
class Cell:
    """The field `name`, for the time of a level and a type of request."""

    level: int
    request_type: RequestType

    @property
    def name(self) -> str:
        return f"time_{self.level}_{self.request_type.pk}"


class PolicyForm(forms.ModelForm):
    """A policy with a field for each level and type of request."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Where `LevelFormSet`, which is made of the same instance, finds it.
        self.instance.form = self
        policy = self.instance if self.instance.pk else None
        stored = policy.times.select_related("request_type") if policy else ()
        self.stored = {(time.level, time.request_type_id): time for time in stored}
        self.request_types = _columns(policy, {time.request_type_id for time in stored})
        self.levels = _rows(policy, {time.level for time in stored})
        self.cells = [Cell(level, kind) for level in self.levels for kind in self.request_types]
        for cell in self.cells:
            label = _("Level %(level)d, %(type)s") % {
                "level": cell.level,
                "type": cell.request_type,
            }
            self.fields[cell.name] = MinutesFormField(
                label=label, required=False, validators=PLAUSIBLE_TIME_OR_AT_ONCE
            )
            time = self.stored.get((cell.level, cell.request_type.pk))
            self.initial[cell.name] = time.minutes if time else None

    def table(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The fields of each level, in the order of the columns."""
        return [
            (level, [self[cell.name] for cell in self.cells if cell.level == level])
            for level in self.levels
        ]

    def keep_levels(self, kept: Collection[int]) -> None:
        """Refuse what was typed for levels that the policy is not going to have; of the others
        that go, the times go too."""
        for cell in self.cells:
            if cell.level in kept:
                continue
            if cell.name in self.changed_data and self.cleaned_data.get(cell.name) is not None:
                message = _("There is no level %(level)d. Add it above, or empty this.")
                params = {"level": cell.level}
                self.add_error(cell.name, ValidationError(message, "no_such_level", params))
            else:
                self.cleaned_data[cell.name] = None

    def _save_m2m(self) -> None:
        # Django's stubs leave it out.
        super()._save_m2m()  # type: ignore[misc]
        watch(self.stored.values())
        for cell in self.cells:
            minutes = self.cleaned_data.get(cell.name)
            time = self.stored.get((cell.level, cell.request_type.pk))
            if time and minutes is None:
                time.delete()
            elif minutes is not None and (time is None or time.minutes != minutes):
                time = time or EscalationTime(
                    policy=self.instance, level=cell.level, request_type=cell.request_type
                )
                time.minutes = minutes
                time.save()


class LevelFormSet(LadderFormSet):
    """The levels of a policy, which its form has times for. New rows begin with the next number:
    the page's script counts on for further ones."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs = super().get_form_kwargs(index)
        if index is None:
            kwargs["initial"] = {"level": self.next_number}
        return kwargs

    def is_valid(self) -> bool:
        # `clean` can add an error to the form of the policy.
        return super().is_valid() and not self.instance.form.errors

    def clean(self) -> None:
        super().clean()
        form = self.instance.form
        if any(self.errors) or not form.is_valid():
            return
        rows = [each.instance for each in self.forms if self._is_kept(each)]
        form.keep_levels({row.level for row in [*rows, *self.added_by_others]})


def _columns(policy: EscalationPolicy | None, timed: Collection[int]) -> list[RequestType]:
    """The types that have times; then those that the channels of the service name; then, where one
    of them takes any type, the others."""
    types = list(RequestType.objects.all())
    named: dict[int, bool] = {}
    if policy:
        asked = RequestType.objects.filter(channels__service=policy.service_id)
        named = dict(asked.values_list("pk", "covers_all"))
    takes_any = not named or any(named.values())

    def rank(kind: RequestType) -> int | None:
        if kind.pk in timed:
            return 0
        if kind.covers_all:
            return None
        return 1 if kind.pk in named else 2 if takes_any else None

    ranked = [(place, kind) for kind in types if (place := rank(kind)) is not None]
    ranked.sort(key=lambda each: each[0])
    return [kind for _place, kind in ranked[: max(COLUMNS_AT_MOST, len(timed))]]


def _rows(policy: EscalationPolicy | None, timed: Collection[int]) -> list[int]:
    """The numbers of the levels that are stored, and of the next ones."""
    levels = EscalationLevel.objects.filter(policy=policy).values_list("level", flat=True)
    numbers = {*levels} if policy else set()
    following = max(numbers, default=0) + 1
    return sorted({*numbers, *timed, *range(1, ROWS_AT_LEAST + 1), following})
