"""Notices as pages of the back office show them: on the start page and on what they are on."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from directory.admin.bulk.tools import Tools, ToolsMixin
from directory.answers import instants
from directory.models import Notice
from directory.models.notices import NoticeState

AT_MOST = 20


class ShownNotice(NamedTuple):
    """A notice and its state, with what ends it."""

    notice: Notice
    state: NoticeState


def shown(notices: Iterable[Notice], at: datetime) -> list[ShownNotice]:
    """Each of the notices with its state at the aware instant `at`."""
    return [ShownNotice(notice, notice.state_at(at)) for notice in notices]


def begun(request: HttpRequest, at: datetime) -> list[ShownNotice]:
    """The notices that have begun and that nobody has ended, one more than are shown at most; none
    for a user who may not see them."""
    if not request.user.has_perm("directory.view_notice"):
        return []
    rows = Notice.objects.not_ended().filter(since__lte=at).with_subjects()
    return shown(rows[: AT_MOST + 1], at)


def announce_url(subject: Any = None) -> str:
    """The form for a notice on this contact point, channel or service; without one on all."""
    query = {subject.notices.field.name: subject.pk} if subject else {"all": "1"}
    return f"{reverse('admin:directory_notice_add')}?{urlencode(query)}"


class NoticesMixin(ToolsMixin):
    """For what a notice can be on: shows those that nobody has ended, and leads to a new one."""

    def object_tools(self, request: HttpRequest, obj: Any) -> Tools:
        tools = super().object_tools(request, obj)
        if request.user.has_perm("directory.add_notice"):
            tools.insert(0, (announce_url(obj), _("Announce a failure")))
        return tools

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        if change and obj and request.user.has_perm("directory.view_notice"):
            context["notices"] = shown(obj.notices.not_ended()[:AT_MOST], instants.now())
        return super().render_change_form(request, context, add, change, form_url, obj)
