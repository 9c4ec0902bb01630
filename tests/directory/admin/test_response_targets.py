"""Promised times on the form of their service, typed as people say them."""

import pytest
from django.contrib.admin.models import LogEntry

from directory.models import ResponseTarget
from tests.addresses import change_url, delete_url
from tests.factories import RequestTypeFactory, ResponseTargetFactory, ServiceFactory
from tests.html import form_values, submit

pytestmark = pytest.mark.django_db


def typed(service, kind, respond="", solve="", **more):
    fields = {
        "service": service.pk,
        "request_type": kind.pk,
        "respond_minutes": respond,
        "solve_minutes": solve,
        **more,
    }
    return {
        "targets-TOTAL_FORMS": "1",
        **{f"targets-0-{name}": value for name, value in fields.items()},
    }


@pytest.mark.parametrize(
    ("respond", "solve", "more", "stored"),
    [
        ("4 h", "2 días", {}, (240, 2880, False)),
        ("90 min", "", {}, (90, None, False)),
        ("4 h", "2 días", {"in_open_hours": "on"}, (240, 2880, True)),
        # The words say so too.
        ("4 horas hábiles", "15 días hábiles", {}, (240, 21600, True)),
    ],
)
def test_times_are_typed_as_people_say_them(admin_client, respond, solve, more, stored):
    service, kind = ServiceFactory(), RequestTypeFactory()
    submit(admin_client, change_url(service), **typed(service, kind, respond, solve, **more))
    times = ResponseTarget.objects.values_list("respond_minutes", "solve_minutes", "in_open_hours")
    assert times.get() == stored


@pytest.mark.parametrize(
    ("respond", "solve", "more", "message"),
    [
        ("4", "", {}, "«4» pueden ser minutos, horas o días. Escriba cuáles, por ejemplo «4 h»."),
        ("-2 h", "", {}, "Un tiempo no puede ser negativo."),
        ("0", "", {}, "Escriba un tiempo mayor que 0, o déjelo vacío."),
        ("61 días", "", {}, "Escriba máximo 60 días."),
        ("", "366 días", {}, "Escriba máximo 365 días."),
        ("", "", {}, "Indique en cuánto tiempo responden, o en cuánto resuelven."),
        (
            "4 horas hábiles",
            "2 días",
            {},
            "Los dos tiempos cuentan igual: solo horas hábiles, o todas. Escriba «horas hábiles» o "
            "«días hábiles» en los dos, o en ninguno.",
        ),
        (
            "",
            "48 h",
            {"in_open_hours": "on"},
            "48 horas hábiles son más de un día hábil. Escriba los días hábiles, como «3 días "
            "hábiles».",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(admin_client, respond, solve, more, message):
    service, kind = ServiceFactory(), RequestTypeFactory()
    page = submit(admin_client, change_url(service), **typed(service, kind, respond, solve, **more))
    [problem] = page.context["problems"]
    assert problem.message == message
    assert problem.target in ("id_targets-0-respond_minutes", "id_targets-0-solve_minutes")
    assert not ResponseTarget.objects.exists()


def test_stored_times_are_shown_in_words_and_named_so_in_the_history(admin_client):
    target = ResponseTargetFactory(respond_minutes=240)
    url = change_url(target.service)
    assert form_values(admin_client.get(url))["targets-0-respond_minutes"] == ["4 horas"]
    submit(admin_client, url, **{"targets-0-respond_minutes": "2 días"})
    assert "Responden en: 4 horas → 2 días" in str(LogEntry.objects.latest("pk"))


def test_a_type_with_times_is_refused_to_be_deleted_with_where(admin_client):
    target = ResponseTargetFactory(service__name="Mesa")
    page = admin_client.get(delete_url(target.request_type))
    [line] = page.context["protected"]
    assert "Mesa" in line
    assert "elija otro ahí, o quítelo" in line
