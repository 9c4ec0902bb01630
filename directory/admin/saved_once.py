"""One form, saved once: who presses twice, or sends a page again, gets the first answer.

Each page that is opened has a token of its own. What was sent with it is remembered with the
person's session, in the transaction that saves it, so that a second request which waits for its
turn finds it. What is typed anew on a page that one has gone back to is something else, and saved.
"""

import hashlib
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

# The field with the token of a page.
FORM = "_form"
REMEMBERED = "saved_forms"
REMEMBERED_AT_MOST = 10
# A double press is one of seconds; a busy database answers within half a minute, or not at all.
FOR = timedelta(minutes=2)
# What the window of a pop-up is told.
POPUP_DATA = "popup_response_data"


def token_of(request: HttpRequest) -> str:
    """The token for the page of a request: the one that was sent, else a new one."""
    return request.POST.get(FORM) or get_random_string(16)


def first_answer(request: HttpRequest) -> HttpResponse | None:
    """The answer that this form got when it was saved a moment ago; None if it was not. Takes the
    publishing turn for granted."""
    # As it is stored now: another request may have saved it since this one began.
    stored = request.session.load().get(REMEMBERED, []) if FORM in request.POST else []
    key = _key(request)
    for saved, at, address, popup in stored:
        if saved != key or timezone.now() - datetime.fromisoformat(at) > FOR:
            continue
        if popup:
            return TemplateResponse(request, "admin/popup_response.html", {POPUP_DATA: popup})
        messages.info(request, _("It was saved the first time: pressing twice saves it once."))
        return HttpResponseRedirect(address)
    return None


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Keep the answer of a form that was saved; any other is none to remember."""
    popup = (getattr(response, "context_data", None) or {}).get(POPUP_DATA, "")
    address = response.headers.get("Location", "")
    if FORM not in request.POST or not (popup or address):
        return
    entry = [_key(request), timezone.now().isoformat(), address, popup]
    request.session[REMEMBERED] = [
        *request.session.get(REMEMBERED, [])[1 - REMEMBERED_AT_MOST :],
        entry,
    ]
    request.session.save()


def forget(request: HttpRequest) -> None:
    """Keep no answer of a form of which nothing was saved in the end."""
    remembered, key = request.session.get(REMEMBERED, []), _key(request)
    if any(entry[0] == key for entry in remembered):
        request.session[REMEMBERED] = [entry for entry in remembered if entry[0] != key]


def _key(request: HttpRequest) -> str:
    sent = sorted((name, values) for name, values in request.POST.lists())
    typed = [each for each in sent if each[0] != "csrfmiddlewaretoken"]
    return hashlib.sha256(repr((request.get_full_path(), typed)).encode()).hexdigest()
