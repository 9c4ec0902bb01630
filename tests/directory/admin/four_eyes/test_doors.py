"""Attacks: ways by which one person alone sends customers elsewhere, none of them the number's own
form."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from directory.admin.four_eyes.named import named
from directory.editions.publish import publish
from directory.models import Channel, ContactPoint, Edition, Proposal, Service
from tests.addresses import page_url
from tests.directory.admin.four_eyes.proposals import decide, only, reasons
from tests.editing import Editing, stored
from tests.factories import (
    ChannelFactory,
    ExceptionFactory,
    NoticeFactory,
    RequestTypeFactory,
    ServiceFactory,
    UserFactory,
    complete_service,
    weekday_schedule,
)
from tests.html import form_values, submit
from tests.people import client_of
from tests.tampering import execute

pytestmark = pytest.mark.django_db
FRAUD = "Llame al 300 123 4567"


@pytest.fixture(autouse=True)
def _risky(four_eyes):
    four_eyes("risky")


@pytest.fixture
def service(db):
    service = complete_service()
    publish(Service.objects.all())
    return service


# ---- Texts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Llame al ３００ １２３ ４５６７",
        "Llame al ٣٠٠١٢٣٤٥٦٧",
        "Llame al 3\u20e30\u20e30\u20e31\u20e32\u20e33\u20e34\u20e35\u20e36\u20e37\u20e3",
        "Llame al 300*123*4567",
        "Llame al 300 / 123 / 4567",
        "Llame al 3.0.0.1.2.3.4.5.6.7",
        "Llame al 3-0-0-1-2-3-4-5-6-7",
        "Llame al 300|123|4567",
        "Llame al 300, 123, 4567",
        "Llame al 300:123:4567",
        "Llame al 30 01:23 45:67",
        "Llame al 3\u03360\u03360\u03361\u03362\u03363\u03364\u03365\u03366\u03367\u0336",
        "Llame al 301→234→5678",
        "Mensaje al 85432",
        "Marque *611",
        "Marque # 123",
        "Entre a banco-seguro.tk",
        "Entre a pagos.banco.gg/ya",
        "Entre a bánco.com",
        "Entre a ｂａｎｃｏ．ｔｋ",
        "Entre a banco-seguro[.]tk",
        "Entre a banco-seguro。tk",
        "Entre a hxxp://banco-seguro.tk",
        "Entre a 192.0.2.1",
        "Escriba a @banco_seguro en Telegram",
        "Escriba a cobros＠example.org",
    ],
)
def test_a_number_in_disguise_waits(both, service, text):
    Editing(both[0], service).post(introduction=text)
    assert only().is_waiting
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "De lunes a viernes de 8:00 a 18:00, o 8:00-18:00",
        "Atención 24/7, 365 días",
        "Desde el 1/12/2026 hasta el 31-12-2026",
        "Antes de las 7 p.m. elija la opción 3",
        "Ley 1581 de 2012, artículo 15",
        "El 24-12-2026, 8:00-12:00, 14:00-18:00",
        "Piso 3, 8:00-18:00",
        "En 15, 30 o 60 minutos",
    ],
)
def test_texts_without_numbers_name_none(text):
    assert named(text) == set()


def test_a_long_text_is_read_in_a_time_that_grows_with_its_length():
    assert named("1 " * 20_000 + "a." * 20_000 + "@" * 20_000 + "x" * 20_000)


# ---- What is shown by another row ----------------------------------------------------------------


def test_a_text_that_no_page_shows_waits_when_one_is_to_show_it(both, service):
    kind = RequestTypeFactory(code="fraude", name="Fraude")
    Editing(both[0], kind).post(description=FRAUD)
    assert not Proposal.objects.exists()
    channel = Channel.objects.earliest("pk")
    Editing(both[0], channel).post(request_types=[kind.pk])
    assert only().is_waiting
    assert Edition.objects.count() == 1
    assert decide(both[1], only()).status_code == 302
    assert FRAUD in Edition.objects.latest("pk").document


def test_an_exception_of_unused_hours_waits_when_a_page_uses_them(both, service):
    hours = weekday_schedule(code="otro", name="Otro")
    exception = ExceptionFactory(reason="Cerrado")
    exception.schedules.set([hours])
    Editing(both[0], exception).post(reason=FRAUD)
    assert stored(exception, "reason") == FRAUD
    Editing(both[0], Channel.objects.earliest("pk")).post(schedule=hours.pk)
    assert only().is_waiting
    assert Edition.objects.count() == 1


def test_a_notice_of_a_draft_waits_when_it_moves_to_a_page(both, service):
    draft = ServiceFactory(is_published=False)
    notice = NoticeFactory(service=draft, text="Mañana no hay servicio")
    Editing(both[0], notice).post(text=FRAUD)
    assert stored(notice, "text") == FRAUD
    Editing(both[0], notice).post(service=service.pk)
    assert Edition.objects.count() == 1


def test_a_number_that_was_put_into_a_row_waits_with_the_next_edit(both, service):
    """By a statement, so that whoever saves something else next would publish it unawares."""
    number = ContactPoint.objects.filter(channelcontacts__channel__service=service).first()
    execute(
        "UPDATE directory_contactpoint SET phone = %s WHERE id = %s", "+573001234567", number.pk
    )
    Editing(both[0], service).post(introduction="Buenos días")
    assert Edition.objects.count() == 1
    assert "300 123 4567" in str(only().effect)


def test_what_pages_say_already_does_not_wait(both, service):
    kind = RequestTypeFactory(code="otra", name="Otra", description="Sin números")
    Editing(both[0], Channel.objects.earliest("pk")).post(request_types=[kind.pk])
    assert (Proposal.objects.count(), Edition.objects.count()) == (0, 2)


# ---- Addresses of pages --------------------------------------------------------------------------


def test_the_address_of_a_page_is_not_given_to_another_alone(both, service):
    other = ServiceFactory(slug="otro", name="Otro")
    ChannelFactory(service=other)
    publish(Service.objects.all())
    before = stored(service, "slug")
    Editing(both[0], service).post(slug="lejos", _knowingly="yes")
    assert (only().is_waiting, stored(service, "slug")) == (True, before)
    assert decide(both[1], only()).status_code == 302
    # And its former one leads to it, and is taken by nobody.
    Editing(both[0], other).post(slug=before, _knowingly="yes")
    assert stored(other, "slug") == "otro"


def test_the_address_of_a_draft_does_not_wait(both, service):
    draft = ServiceFactory(is_published=False)
    Editing(both[0], draft).post(slug="lejos")
    assert (stored(draft, "slug"), Proposal.objects.count()) == ("lejos", 0)


def test_a_service_to_use_instead_waits(both, service):
    other = ServiceFactory(slug="otro", name="Otro")
    publish(Service.objects.all())
    url = page_url(Service, "end", service.pk)
    data = {**form_values(both[0].get(url)), "successor": other.pk, "_save": "1"}
    both[0].post(url, data)
    assert (only().is_waiting, stored(service, "ended_on")) == (True, None)


# ---- Two accounts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "second"),
    [
        ("ana@gmail.com", "a.na+2@googlemail.com"),
        ("ana@ñandú.co", "ANA@xn--and-6ma2c.co"),
        ("ana@example.com", "ana@EXAMPLE.com."),
        ("ana@example.com", "ana+x@example。com"),
        ("ana@example.com", "\u200bana@example.com"),
        ("ana@example.com", "ａｎａ@example.com"),
        ("ana@example.com", '"ana"@example.com'),
    ],
)
def test_two_ways_to_write_one_mailbox_are_one_person(both, service, own, second):
    User.objects.filter(username="ana").update(email=own)
    other = client_of(UserFactory(is_staff=True, is_superuser=True, email=second))
    Editing(both[0], ContactPoint.objects.earliest("pk")).post(phone="300 123 4567")
    assert decide(other, only()).status_code == 403
    assert only().is_waiting


def test_who_takes_another_address_first_is_still_the_same_person(both, service):
    second = client_of(UserFactory(is_staff=True, is_superuser=True, email="ana+2@example.com"))
    ana = User.objects.get(username="ana")
    ana.set_password("correct horse battery staple")
    ana.save()
    first = client_of(ana)
    answer = submit(
        first,
        reverse("backoffice:account"),
        first_name="Ana",
        email="nueva@example.net",
        password="correct horse battery staple",
    )
    assert (answer.status_code, stored(ana, "email")) == (302, "nueva@example.net")
    Editing(first, ContactPoint.objects.earliest("pk")).post(phone="300 123 4567")
    assert decide(second, only()).status_code == 403
    assert only().is_waiting


def test_an_account_without_an_address_publishes_nothing(both, service):
    nobody = client_of(UserFactory(username="nadie", is_staff=True, is_superuser=True))
    Editing(both[0], ContactPoint.objects.earliest("pk")).post(phone="300 123 4567")
    answer = decide(nobody, only())
    assert answer.status_code == 409
    assert "correo" in reasons(answer)[0]
    assert only().is_waiting


# ---- What buttons promise ------------------------------------------------------------------------


@pytest.mark.parametrize("setting", ["off", "all"])
def test_a_button_says_publish_only_where_that_happens(both, service, four_eyes, setting):
    four_eyes(setting)
    form = Editing(both[0], service)
    pages = [form.opened, form.post("_preview", introduction="Otra")]
    for page in pages:
        content = page.content.decode()
        assert ("Guardar y publicar" in content) == (setting == "off")
        assert ("Guardar como propuesta" in content) == (setting == "all")
