"""“Other hours only here”: a channel or an escalation contact gets a schedule of its own."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http import HttpResponseRedirect as Redirect
from django.urls import URLPattern, path, reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.admin import way_back
from directory.admin.requests import staff
from directory.admin.undo_links import act
from directory.admin.where_used import change_url
from directory.editions.publish import publish
from directory.models import Channel, Revision, Schedule, Service
from directory.models.recording import log
from directory.upkeep.own_hours import give_own_hours, keepers

# The element that the way back leads to, sent by the button.
ANCHOR = "_anchor"
OFFERED_AT_MOST = 20


def own_hours_url(holder: Any) -> str:
    """The address that gives a channel or an escalation contact hours of its own, by POST."""
    meta = holder._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_own_hours", args=[holder.pk])


class OwnHoursMixin(admin.ModelAdmin):
    """For models with a `schedule`: adds the button, and what it does."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.own_hours_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_own_hours"
        return [path("<int:pk>/own-hours/", view, name=name), *super().get_urls()]

    def may_have_own_hours(self, request: HttpRequest, obj: Any) -> bool:
        """Whether the user may give it another schedule, and make one."""
        schedules = ("directory.add_schedule", "directory.change_schedule")
        return self.has_change_permission(request, obj) and request.user.has_perms(schedules)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        may = obj is not None and change and self.may_have_own_hours(request, obj)
        if may and obj.schedule and not context.get("is_popup"):
            context["own_hours"] = {
                "schedule": obj.schedule,
                "url": own_hours_url(obj),
                "form_url": way_back.with_way_back(change_url(obj.schedule), request),
                "others": keepers(obj.schedule) - 1,
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def own_hours_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Copy the schedule for this one alone, and open the copy; where it shares it with nobody,
        open that."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        found = self.get_object(request, str(pk))
        if found is None:
            raise Http404
        if not self.may_have_own_hours(request, found):
            raise PermissionDenied
        back = way_back.of_request(request) or change_url(found)
        try:
            with act(request, Revision.Action.CHANGED):
                holder = self.model._base_manager.get(pk=pk)
                schedule = self._own_schedule(request, holder)
        except ValidationError as error:
            self.message_user(request, error.messages[0], messages.ERROR)
            return Redirect(back)
        url = way_back.with_way_back(change_url(schedule), back, request.POST.get(ANCHOR, ""))
        return Redirect(f"{url}#id_hours_text")

    def _own_schedule(self, request: HttpRequest, holder: Any) -> Schedule:
        if holder.schedule is None:
            message = _("It has no schedule yet. Choose one, or type its hours.")
            raise ValidationError(message, code="no_schedule")
        shared: Schedule = holder.schedule
        if keepers(shared) <= 1:
            message = _("“%s” is used only here: change it as you like.")
            self.message_user(request, message % shared, messages.INFO)
            return shared
        own = give_own_hours(holder)
        by = staff(request)
        log(by, [own], ADDITION, _("Copied from “%s”.") % shared)
        message = _("Hours of its own: “%(shared)s” → “%(own)s”.")
        log(by, [holder], CHANGE, message % {"shared": shared, "own": own})
        publish(holder.services(), by=by)
        message = _("“%s” is made for this one alone, with the same hours. Change them here.")
        self.message_user(request, message % own, messages.SUCCESS)
        return own


def who_shares(schedule: Schedule, origin: HttpRequest) -> dict[str, Any]:
    """Who keeps these hours, in words, and the first of them, each with the link to its form and
    the address that gives it hours of its own. A few queries, however many they are."""
    words: list[str] = []
    rows: list[Any] = []
    total = 0
    for holders in schedule.holders():
        count = holders.count()
        total += count
        if count:
            meta = holders.model._meta
            words.append(f"{count} {meta.verbose_name if count == 1 else meta.verbose_name_plural}")
            rows += holders[: OFFERED_AT_MOST - len(rows)]
        if count and holders.model is Channel:
            services = Service.objects.filter(channels__schedule=schedule).distinct().count()
            of_services = ngettext("of %d service", "of %d services", services) % services
            words[-1] = f"{words[-1]} {of_services}"
    return {
        "words": get_text_list(words, _("and")),
        "count": total,
        "more": total - len(rows),
        "rows": [
            {
                "holder": row,
                "form_url": way_back.with_way_back(change_url(row), origin),
                "url": own_hours_url(row),
            }
            for row in rows
        ],
    }
