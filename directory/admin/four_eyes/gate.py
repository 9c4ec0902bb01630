"""Each act of the back office is looked at at its end, before it is committed.

What is risky by itself is saved by who has read that and confirmed it with the second factor. What
waits for a second person is rolled back and kept as a proposal. Whichever page the act came from:
`guarded` is around all of them. What commands do is the system administrator's, and passes.
"""

from collections.abc import Callable
from contextvars import ContextVar

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.messages.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from directory.admin import preview, saved_once
from directory.admin.four_eyes import interrupting, number_mails, proposing, risks
from directory.admin.four_eyes.interrupting import Interrupted
from directory.models.recording import Recording, register_watcher
from directory.revisions import row_changes

_request: ContextVar[HttpRequest | None] = ContextVar("back_office_request", default=None)


def guarded(request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer of a view of the back office, whose acts are looked at."""
    token = _request.set(request)
    try:
        return view()
    except Interrupted as interrupted:
        # What was told of it did not happen.
        request._messages = default_storage(request)  # type: ignore[attr-defined]
        saved_once.forget(request)
        return interrupted.answer()
    finally:
        _request.reset(token)


def confirm(request: HttpRequest, warnings: list[str]) -> None:
    """Raise Interrupted unless who sends the request has read these warnings, if there are any, and
    confirmed with the second factor."""
    if warnings and preview.KNOWINGLY not in request.POST:
        raise Interrupted(lambda: _warned(request, warnings))
    interrupting.confirm(request)


def look(recording: Recording) -> None:
    """Look at an act that is recorded and not committed yet. Raises Interrupted."""
    request = _request.get()
    if request is None:
        return
    changes = row_changes.forward(recording.rows)
    if warnings := risks.warnings(changes):
        confirm(request, warnings)
    if risks.waits(recording, changes):
        draft = proposing.Draft.of(recording, changes, warnings)
        raise Interrupted(lambda: proposing.propose(request, draft))
    number_mails.send_after_commit(request, recording, changes)


def _warned(request: HttpRequest, warnings: list[str]) -> HttpResponse:
    """The page that says what is risky, and does it all the same."""
    context = {
        **admin.site.each_context(request),
        "title": _("Read this first"),
        "warnings": warnings,
        "typed": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in ("csrfmiddlewaretoken", preview.KNOWINGLY)
            for value in values
        ],
        "knowingly": preview.KNOWINGLY,
        "is_popup": IS_POPUP_VAR in request.POST,
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/four_eyes/warned.html", context)


def register() -> None:
    """Have each act looked at."""
    register_watcher(look)
