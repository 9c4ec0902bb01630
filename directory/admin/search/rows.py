"""The rows of each model that a search finds, the exact ones first."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField, CharField, ExpressionWrapper, Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

from directory.admin.found_places import Sought
from directory.admin.number_search import NumberSearchMixin
from directory.admin.search.results import Group, Result
from directory.admin.way_back import with_way_back
from directory.answers.former_contacts import SHORTEST_NUMBER
from directory.answers.near_names import near_rows
from directory.contacts.kinds import VALUE_FIELDS

# Of each model.
AT_MOST = 5
# By which of its fields a row is exactly what was typed.
NAMES = ("name", "person", "username", "email", "text", "reason")
CODES = ("slug", "code")
# The place of a model whose admin does not say its `search_order`.
LAST = 100


def groups(request: HttpRequest, sought: Sought) -> list[Group]:
    """The rows that have what was sought, AT_MOST of each model. A constant number of queries."""
    found = ((each, _found(each, request, sought)) for each in searched(request))
    return [_group(each, request, rows, sought) for each, rows in found if rows]


def near_groups(request: HttpRequest, sought: Sought) -> list[Group]:
    """The rows whose names are almost what was typed, the nearest of each model first. At most two
    queries for each model."""
    return [
        _group(each, request, rows, sought, may_have_more=False)
        for each in searched(request)
        if (rows := _near(each, request, sought))
    ]


def searched(request: HttpRequest) -> list[Any]:
    """The admins of the models that the user may see and search, in the order of the groups."""
    registered = filter(admin.site.is_registered, apps.get_models())
    admins: Iterable[Any] = map(admin.site.get_model_admin, registered)
    found = [
        each
        for each in admins
        if each.get_search_fields(request)
        and _order(each) is not None
        and each.has_view_or_change_permission(request)
    ]
    return sorted(found, key=_order)


def _order(model_admin: Any) -> Any:
    return getattr(model_admin, "search_order", LAST)


def _found(model_admin: Any, request: HttpRequest, sought: Sought) -> list[Any]:
    search = model_admin.get_search_results
    if isinstance(model_admin, NumberSearchMixin):
        # What pages gave once is told apart, and read once for all models.
        search = model_admin.search_as_it_is
    rows = model_admin.get_queryset(request)
    keys = search(request, rows, sought.text)[0].order_by().values("pk")
    named = (each for each in model_admin.get_search_fields(request) if "folded" in str(each))
    begins = Q((f"{next(named, 'pk')}__startswith", sought.text))
    in_order = rows.filter(pk__in=keys).annotate(
        is_exact=_whether(_exactly(model_admin.model, sought)), begins_so=_whether(begins)
    )
    ordering = model_admin.get_ordering(request) or model_admin.opts.ordering
    in_order = in_order.order_by("-is_exact", "-begins_so", *ordering, "pk")
    return list(_with_related(model_admin, request, in_order)[: AT_MOST + 1])


def _near(model_admin: Any, request: HttpRequest, sought: Sought) -> list[Any]:
    searched_for = (str(each) for each in model_admin.get_search_fields(request))
    own = (each.removesuffix("__folded") for each in searched_for if each.endswith("__folded"))
    # Names are short; what rows are related to is in groups of its own.
    fields = [each for each in own if isinstance(_field(model_admin.model, each), CharField)]
    rows = model_admin.get_queryset(request)
    keys = near_rows(rows.order_by(), fields, sought.text)[:AT_MOST] if fields else []
    found = {row.pk: row for row in _with_related(model_admin, request, rows.filter(pk__in=keys))}
    return [found[key] for key in keys if key in found]


def _with_related(model_admin: Any, request: HttpRequest, rows: QuerySet) -> QuerySet:
    related = model_admin.get_list_select_related(request)
    return rows.select_related(*related) if isinstance(related, list | tuple) else rows


def _exactly(model: type[Model], sought: Sought) -> Q:
    """The condition that a row is called, or has the number, as was typed."""
    condition = Q(pk__in=[])
    for name in filter(partial(_field, model), (*NAMES, *VALUE_FIELDS)):
        condition |= Q((f"{name}__folded", sought.text))
    for name in filter(partial(_field, model), CODES):
        condition |= Q((f"{name}__in", sought.codes))
    if _field(model, "phone") and not sought.has_extension:
        for digits in sought.digits:
            if len(digits) >= SHORTEST_NUMBER:
                condition |= Q(phone__endswith=digits)
    return condition


def _field(model: type[Model], name: str) -> Any:
    """The model's field of this name; None without one."""
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _whether(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _group(
    model_admin: Any,
    request: HttpRequest,
    rows: list[Any],
    sought: Sought,
    may_have_more: bool = True,
) -> Group:
    shown = rows[:AT_MOST]
    details: dict[int, list[str]] = {}
    if describe := getattr(model_admin, "describe_found", None):
        details = describe(request, shown, sought)
    all_url = ""
    if may_have_more and len(rows) > AT_MOST:
        listed = _url(model_admin, "changelist")
        all_url = f"{listed}?{urlencode({'q': sought.text})}"
    return Group(
        title=capfirst(str(model_admin.opts.verbose_name_plural)),
        results=list(_results(model_admin, request, shown, details)),
        all_url=all_url,
    )


def _results(
    model_admin: Any, request: HttpRequest, rows: Iterable[Any], details: dict[int, list[str]]
) -> Iterator[Result]:
    anchor = getattr(model_admin, "found_anchor", lambda row: "")
    for row in rows:
        yield Result(
            title=str(row),
            url=with_way_back(_url(model_admin, "change", row.pk) + anchor(row), request),
            details=details.get(row.pk, []),
            public_url=model_admin.get_view_on_site_url(row) or "",
            history_url=_url(model_admin, "history", row.pk),
            is_exact=getattr(row, "is_exact", False),
        )


def _url(model_admin: Any, page: str, *args: object) -> str:
    meta = model_admin.opts
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)
