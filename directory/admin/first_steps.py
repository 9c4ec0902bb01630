"""What an empty directory needs first: on the start page until it is done, or put away."""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from directory.admin.requests import staff
from directory.admin.undo_links import act
from directory.models import RequestType, Revision, Service
from directory.models.recording import log
from directory.upkeep.usual_request_types import make_usual_types, usual_names

# The cookie of a browser in which they were put away.
PUT_AWAY = "first_steps_put_away"
FOR_A_YEAR = timedelta(days=365)


class Step(NamedTuple):
    """One of them: what it is, what it is for, whether it is done, and the page where it is done.
    `posts`: that is a button's."""

    title: str
    text: str
    is_done: bool
    link: str
    url: str
    posts: bool = False
    is_optional: bool = False


class FirstSteps(NamedTuple):
    """The steps, and how many are left of those that are needed. `is_new`: there is no service."""

    steps: list[Step]
    left: int
    is_new: bool


def first_steps(request: HttpRequest) -> FirstSteps | None:
    """The steps for a user who may do them; None where all is done, or they were put away. At most
    four queries."""
    if PUT_AWAY in request.COOKIES or not request.user.has_perm("directory.add_service"):
        return None
    has_service = Service.objects.exists()
    steps = list(_steps(request, has_service))
    left = sum(not (step.is_done or step.is_optional) for step in steps)
    return FirstSteps(steps, left, is_new=not has_service) if left else None


def _steps(request: HttpRequest, has_service: bool) -> Iterator[Step]:
    own = settings.ORGANIZATION
    yield Step(
        title=_("The organisation"),
        text=_("%(name)s; country %(country)s, time of %(zone)s. It is set where the server runs.")
        % {"name": own.name or _("Without a name"), "country": own.country, "zone": own.time_zone},
        is_done=bool(own.name) and not settings.ENVIRONMENT_IS_EXAMPLE,
        link=_("See all that is set, and where"),
        url=reverse("backoffice:settings"),
    )
    if request.user.has_perm("directory.add_requesttype"):
        yield Step(
            title=_("What customers ask for"),
            text=_("The usual request types are: %s.") % ", ".join(usual_names()),
            is_done=RequestType.objects.exists(),
            link=_("Make the usual ones"),
            url=reverse("backoffice:make-request-types"),
            posts=True,
        )
    yield Step(
        title=_("The first service"),
        text=_("Its channels, numbers and hours. It is a draft until you publish it."),
        is_done=has_service,
        link=_("Add a service"),
        url=reverse("admin:directory_service_add"),
    )
    if request.user.has_perm("auth.add_user"):
        yield Step(
            title=_("The people who keep it true"),
            text=_("Whoever answers for a service confirms from time to time that it is true."),
            is_done=get_user_model().objects.filter(is_active=True)[1:2].exists(),
            link=_("Invite a colleague"),
            url=reverse("admin:auth_user_invite"),
        )
    if request.user.has_perm("directory.add_contactpoint"):
        yield Step(
            title=_("What you have in a spreadsheet already"),
            text=_("One workbook has it all. What it changes is shown before it is saved."),
            is_done=False,
            link=_("Import from Excel"),
            url=reverse("backoffice:workbook"),
            is_optional=True,
        )


@admin.site.admin_view
@permission_required("directory.add_requesttype", raise_exception=True)
@require_POST
def make_request_types(request: HttpRequest) -> HttpResponse:
    """Make the usual request types that are missing: one act."""
    with act(request, Revision.Action.ADDED):
        made = make_usual_types()
        for row in made:
            log(staff(request), [row], ADDITION, [{"added": {}}])
    if made:
        said = ngettext("%d request type was made.", "%d request types were made.", len(made))
        messages.success(request, said % len(made))
    else:
        messages.info(request, _("They are all there already."))
    return redirect("admin:directory_requesttype_changelist" if made else "admin:index")


@admin.site.admin_view
@require_POST
def put_away(request: HttpRequest) -> HttpResponse:
    """Put the first steps away, in this browser."""
    response = redirect("admin:index")
    response.set_cookie(
        PUT_AWAY,
        "1",
        max_age=FOR_A_YEAR,
        path=reverse("admin:index"),
        secure=settings.PRODUCTION,
        httponly=True,
        samesite="Lax",
    )
    messages.info(request, _("The first steps are put away in this browser."))
    return response
