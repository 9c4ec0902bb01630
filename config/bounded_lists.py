"""Lists of the back office that no address can make expensive, or tell more than they show."""

from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, datetime, timedelta
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters, ShowFacets
from django.contrib.admin.views.main import ERROR_FLAG, ORDER_VAR, SEARCH_VAR, ChangeList
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

# Of what is searched for in a list, or while choosing a row: each word is compared with each field.
LONGEST_SEARCH, MOST_WORDS = 100, 12
# How many rows one action takes, if its admin says no `most_selected`: it works, and tells of it,
# within one request.
MOST_SELECTED = 1_000
# So many rows of a list are counted and can be paged through; whoever looks for others filters.
COUNTED_AT_MOST = 10_000
# https://www.postgresql.org/docs/current/datatype-datetime.html: up to 15:59:59.
FARTHEST_FROM_UTC = timedelta(hours=16)
# What Django's filters make of a field: a value, “none”, a span of days.
OF_FILTER = ("", "__exact", "__isnull", "__gte", "__lt")
OF_HIERARCHY = ("__year", "__month", "__day")


class BoundedPaginator(Paginator):
    """Pages of the first COUNTED_AT_MOST rows: to count a million takes a second."""

    @cached_property
    def count(self) -> int:
        """How many rows there are, or COUNTED_AT_MOST."""
        return min(self._counted, COUNTED_AT_MOST)

    @property
    def is_cut(self) -> bool:
        """Whether there are more."""
        return self._counted > COUNTED_AT_MOST

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list
        return rows.order_by()[: COUNTED_AT_MOST + 1].count()


class BoundedLists(admin.ModelAdmin):
    """What `config.admin_site` puts in front of every admin that is registered.

    Django filters a list by any lookup of any field that an address names: a reader could guess
    what is hidden, a letter at a time, or keep the database busy with a pattern. Here an address
    filters by what the list offers, and by the lookups that its admin names in `linked_by`, for
    links of other pages.
    """

    # Each choice of each filter would be counted with a query of its own.
    show_facets = ShowFacets.NEVER
    # And all rows besides those that are found.
    show_full_result_count = False
    paginator = BoundedPaginator

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Whether the list offers it; what is refused is answered with a 400."""
        return lookup in {*self.offered_lookups(request)}

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """As Django's; values that no row can have, and an order by more columns than there are,
        lead to the whole list."""
        try:
            self._refuse_impossible(request)
            found = super().get_changelist_instance(request)
        except (IncorrectLookupParameters, ValueError, OverflowError) as error:
            if ERROR_FLAG in request.GET:
                # Django would say that the database is broken.
                raise DisallowedModelAdminLookup("No such list") from error
            raise IncorrectLookupParameters(error) from error
        if getattr(found.paginator, "is_cut", False):
            message = _("The first %(most)d are listed here. Search or filter to find others.")
            messages.info(request, message % {"most": COUNTED_AT_MOST})
        return found

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """As the admin's, for the first words."""
        words = search_term[:LONGEST_SEARCH].replace("\0", " ").split(" ")
        return super().get_search_results(request, queryset, " ".join(words[:MOST_WORDS]))

    def response_action(
        self, request: HttpRequest, queryset: QuerySet, *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        """As the admin's, for at most so many rows; of more, nothing is done."""
        is_whole_list = request.POST.get("select_across", "0") != "0"
        selected = request.POST.getlist(ACTION_CHECKBOX_NAME)
        count = queryset.count() if is_whole_list else len(selected)
        most = getattr(self, "most_selected", MOST_SELECTED)
        if count <= most:
            return super().response_action(request, queryset, *args, **kwargs)
        message = _(
            "Nothing was done: %(count)d rows are selected, and at most %(most)d are taken at "
            "once. Filter the list to have fewer, or select them page by page."
        )
        message %= {"count": count, "most": most}
        self.message_user(request, message, messages.ERROR)
        return None

    def offered_lookups(self, request: HttpRequest) -> Iterator[str]:
        """What an address may filter by."""
        yield from getattr(self, "linked_by", ())
        offered: Any = self.get_list_filter(request)
        for each in offered:
            if isinstance(each, type):
                # A filter of its own, which reads its parameter itself.
                yield str(getattr(each, "parameter_name", ""))
                continue
            name = each if isinstance(each, str) else each[0]
            yield from (f"{name}{lookup}" for lookup in (*OF_FILTER, "__id__exact"))
        if self.date_hierarchy:
            yield from (f"{self.date_hierarchy}{lookup}" for lookup in OF_HIERARCHY)

    def _refuse_impossible(self, request: HttpRequest) -> None:
        """Raise IncorrectLookupParameters."""
        sent = [(name, each) for name, values in request.GET.lists() for each in values]
        # PostgreSQL takes no NUL; of a search it is left out.
        if any("\0" in value for name, value in sent if name != SEARCH_VAR):
            raise IncorrectLookupParameters
        if any(_is_beyond_calendars(value) for _name, value in sent):
            raise IncorrectLookupParameters
        if request.GET.get(ORDER_VAR, "").count(".") > len(self.get_list_display(request)):
            raise IncorrectLookupParameters


def _is_beyond_calendars(value: str) -> bool:
    """Whether it is a day or an instant that Python reads, and a database or another zone cannot
    have: in the first year or the last, or with an offset that PostgreSQL takes for none."""
    try:
        read = parse_datetime(value) or parse_date(value)
    except ValueError:
        return False
    if read is None:
        return False
    offset = read.utcoffset() if isinstance(read, datetime) else None
    return read.year in (MINYEAR, MAXYEAR) or (
        offset is not None and abs(offset) >= FARTHEST_FROM_UTC
    )


def bounded(admin_class: type[admin.ModelAdmin]) -> Any:
    """The same admin with bounded lists."""
    if issubclass(admin_class, BoundedLists):
        return admin_class
    return type(admin_class.__name__, (BoundedLists, admin_class), {"__module__": __name__})
