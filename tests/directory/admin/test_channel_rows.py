"""The channels in the form of their service: contacts and hours typed or chosen in the row."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import (
    Channel,
    ChannelContact,
    ContactPoint,
    RequestType,
    Revision,
    Schedule,
    Service,
)
from tests.addresses import add_url, change_url
from tests.directory.admin.channel_rows import added, errors, rows, service_with_a_row
from tests.editing import Editing, overtaken, problems, refused, stored, told
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    UserFactory,
    complete_service,
)
from tests.html import form_values, read, submit
from tests.people import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything():
    return RequestTypeFactory()


def given(channel):
    """The contacts of a channel, with their details."""
    uses = channel.contact_uses.select_related("contact_point")
    return [
        (use.contact_point.display, use.label, use.extensions, use.menu_options) for use in uses
    ]


# ---- What is typed ---------------------------------------------------------------------------


def test_a_new_service_has_four_rows_ready_and_saves_those_that_say_something(
    admin_client, everything
):
    page = form_values(admin_client.get(add_url(Service)))
    assert page["channels-TOTAL_FORMS"] == ["4"]
    typed = {"contacts": "601 744 2727"}, {"position": "3"}, {"contacts": "a@example.com"}
    service = added(admin_client, *typed)

    assert list(service.channels.values_list("title", "medium", "position")) == [
        ("Teléfono", "telephone", 1),
        ("Correo electrónico", "email", 2),
    ]
    assert [list(each.request_types.all()) for each in service.channels.all()] == [[everything]] * 2
    page = form_values(admin_client.get(change_url(service)))
    assert page["channels-TOTAL_FORMS"] == ["3"]


@pytest.mark.parametrize(
    ("typed", "kind", "value", "medium"),
    [
        ("601 744 2727", "phone", "+576017442727", "telephone"),
        ("(+57) 601-744 2727", "phone", "+576017442727", "telephone"),
        ("WhatsApp: 316 873 1648", "whatsapp", "+573168731648", "whatsapp"),
        ("*611", "short_code", "*611", "telephone"),
        ("195", "short_code", "195", "telephone"),
        ("Soporte@Example.com", "email", "Soporte@example.com", "email"),
        ("portal.example.com", "web", "https://portal.example.com", "portal"),
        ("@Acme_soporte", "telegram", "acme_soporte", "telegram"),
        ("SMS: 85432", "sms", "85432", "sms"),
        ("Fax 601 744 2729", "fax", "+576017442729", "fax"),
        ("Dirección: Carrera 19 # 34-93", "address", "Carrera 19 # 34-93", "office"),
    ],
)
def test_a_new_contact_is_made_of_its_kind_and_the_medium_follows(
    admin_client, everything, typed, kind, value, medium
):
    channel = added(admin_client, {"contacts": typed}).channels.get()
    point = ContactPoint.objects.get()
    assert (point.kind, point.value, point.label, channel.medium) == (kind, value, "Uno", medium)
    assert point.code == "uno"


def test_a_number_is_of_the_kind_of_its_medium(admin_client, everything):
    PhoneFactory(phone="+573168731648")
    added(admin_client, {"contacts": "316 873 1648", "medium": "whatsapp", "title": "Ventas"})
    assert ContactPoint.objects.get(kind="whatsapp").label == "Ventas"


def test_labels_extensions_and_menu_options_are_typed_with_the_number(admin_client, everything):
    text = "Mesa de ayuda: 601 744 2727 ext. 1107 y 1109, opción 2"
    channel = added(admin_client, {"contacts": text}).channels.get()
    assert given(channel) == [("601 744 2727", "", "1107, 1109", "opción 2")]
    assert ContactPoint.objects.get().label == "Mesa de ayuda"


@pytest.mark.parametrize(
    "written", ["6017442727", "+57 601 744 2727", "linea-bogota", "LÍNEA BOGOTÁ"]
)
def test_a_contact_that_is_there_is_found_by_value_code_or_label(admin_client, everything, written):
    point = PhoneFactory(phone="+576017442727", code="linea-bogota", label="Línea Bogotá")
    channel = added(admin_client, {"contacts": written}).channels.get()
    assert [use.contact_point for use in channel.contact_uses.all()] == [point]
    assert ContactPoint.objects.count() == 1


def test_a_number_in_two_rows_is_made_once(admin_client, everything):
    service = added(
        admin_client, {"contacts": "601 744 2727"}, {"contacts": "601 744 2727 ext. 12"}
    )
    [point] = ContactPoint.objects.all()
    assert [given(each)[0][2] for each in service.channels.all()] == ["", "12"]
    assert ChannelContact.objects.filter(contact_point=point).count() == 2


def test_existing_contacts_are_chosen_too(admin_client, everything):
    first, second = PhoneFactory(), EmailFactory()
    row = {"contacts": first.display, "more_contacts": [second.pk, first.pk]}
    channel = added(admin_client, row).channels.get()
    assert [use.contact_point for use in channel.contact_uses.all()] == [first, second]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("601 744 27", "“601 744 27”"),
        ("soporte@@example.com", "“soporte@@example.com”"),
        ("nadie", "ningún medio de contacto se llama así"),
        ("a@b.co ext. 12", "“a@b.co ext. 12”"),
        ("WhatsApp: 316 873 1648 ext. 12", "316 873 1648"),
        ("601 744 2727\n601 7442727", "Está dos veces"),
        ("601 744 2727 ext. 12345678901", "12345678901"),
        ("1\n" * 40, "Son más de 30"),
        ("x" * 5000, "4000"),
    ],
)
def test_what_is_no_contact_is_told_at_the_field_and_nothing_is_saved(
    admin_client, everything, typed, message
):
    answer = submit(
        admin_client, add_url(Service), name="Uno", slug="uno", **rows({"contacts": typed})
    )
    assert refused(answer)[1] == {Channel: [["contacts"], [], [], []]}
    assert message.replace("“", "«").replace("”", "»") in " ".join(errors(answer)["contacts"])
    assert read(answer).fields["channels-0-contacts"] == [typed]
    assert (ContactPoint.objects.count(), Service.objects.count()) == (0, 0)


def test_a_label_that_several_have_is_asked_for(admin_client, everything):
    PhoneFactory.create_batch(2, label="Mesa")
    answer = submit(
        admin_client, add_url(Service), name="U", slug="u", **rows({"contacts": "Mesa"})
    )
    assert "Varios medios de contacto se llaman así" in errors(answer)["contacts"][0]


# ---- What stays ------------------------------------------------------------------------------


@pytest.fixture
def service(everything):
    return service_with_a_row()


def test_a_row_says_what_its_channel_gives_and_saving_it_changes_nothing(admin_client, service):
    page = admin_client.get(change_url(service))
    values = form_values(page)
    text = values["channels-0-contacts"][0]
    assert text == "Mesa: 601 744 2727 ext. 1107, 12, Opción 2\na@b.co"
    assert values["channels-0-hours"] == ["7 días 24 horas"]
    before = given(service.channels.get())
    # As a browser sends it.
    submit(admin_client, change_url(service), **{"channels-0-contacts": text.replace("\n", "\r\n")})
    assert given(service.channels.get()) == before
    assert not Revision.objects.exists()


def test_a_line_that_is_deleted_takes_the_use_away_and_leaves_the_others(admin_client, service):
    url = change_url(service)
    submit(
        admin_client, url, **{"channels-0-contacts": "Mesa: 601 744 2727 ext. 1107, 12, Opción 2"}
    )
    channel = service.channels.get()
    assert given(channel) == [("601 744 2727", "Mesa", "1107, 12", "Opción 2")]
    assert ContactPoint.objects.count() == 2


def test_lines_are_reordered_and_details_stay(admin_client, service):
    text = "a@b.co\nMesa: 601 744 2727 ext. 1107, 12, Opción 2\n601 744 2729"
    submit(admin_client, change_url(service), **{"channels-0-contacts": text})
    assert given(service.channels.get()) == [
        ("a@b.co", "", "", ""),
        ("601 744 2727", "Mesa", "1107, 12", "Opción 2"),
        ("601 744 2729", "", "", ""),
    ]


def test_each_contact_leads_to_its_form_and_back_to_the_row(admin_client, service):
    point = ContactPoint.objects.get(kind="phone")
    links = read(admin_client.get(change_url(service))).links
    back = f"_back=%2Fadmin%2Fdirectory%2Fservice%2F{service.pk}%2Fchange%2F%23channels-0"
    channel = service.channels.get()
    assert f"{change_url(point)}?{back}" in links
    assert f"{change_url(channel.schedule)}?{back}" in links
    assert f"{change_url(channel)}?{back}" in links


def test_the_history_names_contacts_and_what_was_made(admin_client, service):
    text = "Mesa: 601 744 2727 ext. 1107, 12, Opción 2\nChat: https://example.com/chat"
    typed = {"channels-0-contacts": text, "channels-1-contacts": "@acme_soporte"}
    submit(admin_client, change_url(service), **typed)
    entries = {
        str(each.content_type.model): each.get_change_message() for each in LogEntry.objects.all()
    }
    assert "Contactos: Mesa: 601 744 2727 ext. 1107, 12, Opción 2" in entries["service"]
    assert "@acme_soporte" in entries["service"]
    assert ContactPoint.objects.get(url="https://example.com/chat").label == "Chat"
    made = LogEntry.objects.filter(content_type__model="contactpoint")
    assert {each.object_repr for each in made} == {
        "https://example.com/chat · Chat",
        "@acme_soporte · Uno",
    }
    # One act, which is undone as one.
    assert Revision.objects.count() == 1


# ---- The rest of a row -----------------------------------------------------------------------


def test_a_new_channel_comes_last_and_rows_are_moved_by_number(admin_client, service):
    service.channels.update(position=3)
    submit(admin_client, change_url(service), **{"channels-1-contacts": "@acme_soporte"})
    assert list(service.channels.values_list("title", "position"))[1] == ("Telegram", 4)
    submit(admin_client, change_url(service), **{"channels-1-position": "1"})
    assert [each.title for each in service.channels.all()] == ["Telegram", "Telefónico"]


@pytest.mark.parametrize("covering", [0, 2])
def test_the_type_is_asked_for_where_none_or_several_cover_all(admin_client, covering):
    for number in range(covering):
        RequestTypeFactory(code=f"t{number}", name=f"T{number}", covers_all=True)
    typed = rows({"contacts": "601 744 2727"})
    answer = submit(admin_client, add_url(Service), name="Uno", slug="uno", **typed)
    assert errors(answer) == {"request_types": ["Elija para qué es."]}
    assert RequestType.objects.count() == covering


def test_a_row_with_nothing_to_follow_from_asks_for_a_medium(admin_client, everything):
    typed = rows({"description": "Venga a la oficina."})
    answer = submit(admin_client, add_url(Service), name="Uno", slug="uno", **typed)
    assert errors(answer) == {"medium": ["Elija un medio, o escriba un contacto."]}


def test_a_public_channel_without_contact_and_description_is_refused(admin_client, service):
    answer = submit(admin_client, change_url(service), **{"channels-0-contacts": ""})
    assert "Un canal público tiene un contacto" in errors(answer)["contacts"][0]
    answer = submit(admin_client, change_url(service), **{"channels-1-medium": "office"})
    assert "Un canal público tiene un contacto" in errors(answer, 1)["contacts"][0]
    typed = {"channels-0-contacts": "", "channels-0-description": "Venga a la oficina."}
    assert submit(admin_client, change_url(service), **typed).status_code == 302
    assert given(service.channels.get()) == []


def test_the_last_contact_is_not_taken_away_in_the_form_of_the_channel(admin_client):
    channel = ChannelFactory(service=complete_service())
    editing = Editing(admin_client, channel)
    answer = editing.delete_row("contact_uses", 0)
    [(where, message)] = problems(answer, status=200)
    assert (where, "Un canal público" in message) == ("Contactos de un canal", True)
    assert editing.delete_row("contact_uses", 0, description="Venga.").status_code == 302


# ---- Two people, and others' rights ----------------------------------------------------------


def test_contacts_that_somebody_else_changed_are_not_overwritten(people, service):
    second = overtaken(people, service, **{"channels-0-contacts": "601 744 2729"})
    [(where, message)] = problems(second.post(**{"channels-0-contacts": "a@b.co"}))
    assert where == "Canales, fila 1 › Contactos"
    assert "601 744 2729" in message
    second.again()
    assert given(service.channels.get()) == [("a@b.co", "", "", "")]


def test_a_channel_that_somebody_else_deleted_is_added_again_with_its_contacts(people, service):
    before = given(service.channels.get())
    first, second = (Editing(client, service) for client in people)
    first.delete_row("channels", 0)
    [(_where, message)] = problems(second.post(**{"channels-0-title": "Otra vez"}))
    assert "contactos de un canal" not in message
    second.again()
    channel = service.channels.get()
    assert (channel.title, given(channel)) == ("Otra vez", before)


def test_contacts_that_only_somebody_else_changed_stay(people, service):
    second = overtaken(people, service, **{"channels-0-contacts": "601 744 2729"})
    answer = second.post(introduction="Hola")
    assert "Contactos: " in told(answer)[0]
    assert given(service.channels.get()) == [("601 744 2729", "", "", "")]
    assert stored(service, "introduction") == "Hola"


def test_a_preview_makes_nothing_and_the_save_that_follows_makes_it_once(admin_client, service):
    typed = {"channels-1-contacts": "@acme_soporte", "channels-1-hours": "sábados 8-12"}
    shown = submit(admin_client, change_url(service), button="_preview", **typed)
    assert "acme_soporte" in shown.content.decode()
    assert (ContactPoint.objects.count(), Schedule.objects.count()) == (2, 1)
    admin_client.post(change_url(service), {**form_values(shown), "_save": "1"})
    assert (ContactPoint.objects.count(), Schedule.objects.count()) == (3, 2)


def test_who_may_not_add_contacts_or_hours_uses_those_that_are_there(everything):
    may = ["view_service", "change_service", "view_channel", "add_channel", "change_channel"]
    may += [f"{act}_channelcontact" for act in ("add", "change", "delete")]
    client = client_of(UserFactory(is_staff=True, permissions=may))
    service, point = ServiceFactory(is_published=False), PhoneFactory()
    url = change_url(service)
    answer = submit(client, url, **rows({"contacts": "601 744 2729", "hours": "sábados 8-12"}))
    assert {name: "no puede agregar" in each[0] for name, each in errors(answer).items()} == {
        "contacts": True,
        "hours": True,
    }
    assert submit(client, url, **rows({"contacts": point.display})).status_code == 302
    assert service.channels.get().contact_uses.get().contact_point == point


def test_who_may_only_look_reads_the_rows(service):
    client = client_of(UserFactory(is_staff=True, permissions=["view_service", "view_channel"]))
    page = client.get(change_url(service))
    assert not [name for name in form_values(page) if re.match(r"channels-0-(?!id|service)", name)]
    assert "601 744 2727" in read(page).seen


# ---- Costs -----------------------------------------------------------------------------------


def test_a_save_costs_the_same_for_few_and_many_rows(admin_client):
    counts = []
    # The first time content types are read.
    for rows_of in (1, 2, 12):
        service = ServiceFactory(is_published=False)
        same = {"service": service, "schedule": ScheduleFactory()}
        for number in range(rows_of):
            ChannelFactory(code=f"c{number}", **same)
        values = form_values(admin_client.get(change_url(service)))
        with CaptureQueriesContext(connection) as queries:
            admin_client.post(change_url(service), {**values, "introduction": "Hola", "_save": "1"})
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_the_history_names_the_service_and_not_what_was_made_with_it(admin_client, everything):
    added(admin_client, {"title": "Línea", "contacts": "601 555 0101", "hours": "L-V 8-18"})
    revision = Revision.objects.get()
    assert (revision.content_type.model, revision.object_name) == ("service", "Uno")
