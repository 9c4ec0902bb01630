"""What the histories of the back office no longer say once an edition is withdrawn."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from directory.editions import document
from directory.editions.document import public_texts
from directory.editions.publish import publish
from directory.editions.withdrawals.redaction import withhold
from directory.editions.withdrawals.withdraw import withdraw
from directory.models import ContactPoint, Edition, Service
from tests.directory.documents import RICH
from tests.directory.withdrawals import PRIVATE, service_with_line, withdraw_edition, withdrawer
from tests.factories import ChannelFactory, PhoneFactory, ServiceFactory
from tests.html import form_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march")]


@pytest.fixture
def edited(admin_client):
    """Editions of changes in the back office: the line is somebody's private number for a while,
    named after him."""
    service, line = service_with_line()
    publish(Service.objects.all())
    url = reverse("admin:directory_contactpoint_change", args=[line.pk])
    for number, label in [
        ("310 555 0199", "Celular de Iván"),
        ("601 745 0000", "Línea"),
        ("601 745 0001", "Línea"),
    ]:
        admin_client.post(url, {"label": label, "phone": number, "_save": "1"})
    assert service.editions.count() == 4
    return service


def histories_of_rows():
    return [
        (entry.object_repr, entry.get_change_message()) for entry in LogEntry.objects.order_by("pk")
    ]


def test_histories_no_longer_say_what_only_a_withdrawn_edition_said(edited, admin_user):
    before = list(LogEntry.objects.order_by("pk").values_list("user", "action_time"))
    withdraw_edition(edited, 2)
    assert histories_of_rows() == [
        (
            "[retirado] · [retirado]",
            "Cambios: Nombre: Línea → [retirado] y Número: 601 744 2727 → [retirado].",
        ),
        (
            "601 745 0000 · Línea",
            "Cambios: Nombre: [retirado] → Línea y Número: [retirado] → 601 745 0000.",
        ),
        ("601 745 0001 · Línea", "Cambios: Número: 601 745 0000 → 601 745 0001."),
    ]
    assert list(LogEntry.objects.order_by("pk").values_list("user", "action_time")) == before


def test_histories_keep_what_another_edition_says(edited):
    other = ServiceFactory(slug="otro", name="Otro")
    ChannelFactory(service=other, contacts=[PhoneFactory(phone=PRIVATE, label="Celular de Iván")])
    publish(Service.objects.all())
    before = histories_of_rows()
    withdraw_edition(edited, 2)
    assert histories_of_rows() == before
    assert "310 555 0199 · Celular de Iván" in dict(before)


def test_histories_say_nothing_once_the_last_edition_with_it_is_withdrawn(edited):
    withdraw(edited.editions.filter(number=3), withdrawer(), "Número equivocado")
    withdraw_edition(edited, 2)
    said = str(histories_of_rows())
    assert ("310 555 0199" in said, "601 745 0000" in said) == (False, False)
    assert "601 744 2727" in said


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Importado: +573105550199 → vacío", "Importado: [retirado] → vacío"),
        ("(57) 310 555 0199, 310-555-0199", "([retirado], [retirado]"),
        ("1310 555 0199, 310 555 01990", "1310 555 0199, 310 555 01990"),
        ('["310 555 0199"', '["[retirado]"'),
        ("Celular de Ivánovich", "Celular de Ivánovich"),
        ("Línea", "Línea"),
    ],
)
def test_every_written_form_is_replaced_and_no_other_text(edited, admin_user, said, left):
    LogEntry.objects.log_actions(admin_user.pk, ContactPoint.objects.all(), CHANGE, said)
    withdraw_edition(edited, 2)
    assert LogEntry.objects.latest("pk").change_message == left


def test_long_text_is_replaced_where_the_history_cut_it(edited, admin_client):
    url = reverse("admin:directory_service_change", args=[edited.pk])
    text = "Llame a Iván: 310 555 0199. " + "Siempre contesta. " * 20
    for introduction in (text, "", "Bienvenido"):
        shown = form_values(admin_client.get(url))
        admin_client.post(url, {**shown, "introduction": introduction})
    withdraw(edited.editions.filter(number__in=[2, 5]), withdrawer(), "Número privado")
    assert [message for _name, message in histories_of_rows()[3:]] == [
        "Cambios: Introducción: vacío → [retirado].",
        "Cambios: Introducción: [retirado] → vacío.",
        "Cambios: Introducción: vacío → Bienvenido.",
    ]


@pytest.mark.django_db
def test_histories_lose_every_text_that_no_edition_says_any_more(admin_user):
    said = {text for mark, text in public_texts(RICH) if mark.redacted and len(text) >= 4}
    rows = {"user": admin_user, "action_flag": CHANGE}
    rows["content_type"] = ContentType.objects.get_for_model(Service)
    LogEntry.objects.bulk_create(LogEntry(change_message=text, **rows) for text in said)
    withdrawn = Edition(service=ServiceFactory(), document=document.encode(RICH))
    assert withhold([withdrawn]) == len(said)
    assert {*LogEntry.objects.values_list("change_message", flat=True)} == {"[retirado]"}
