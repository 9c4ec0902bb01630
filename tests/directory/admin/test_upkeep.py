"""Findings, coverage, confirmations and the history in the back office."""

import re
from datetime import date, time
from urllib.parse import urlencode

import pytest
from django.contrib.admin.models import CHANGE, LogEntry

from directory.admin.findings import ONLY_CHANGES
from directory.contacts.text import LONGEST_VALUE
from directory.editions.publish import publish
from directory.models import ContactPoint, Finding, FindingAcceptance, Service
from directory.upkeep.checks import runs
from directory.upkeep.checks.runs import run_checks
from tests.addresses import INDEX, back_to, change_url, history_url, list_url, page_url
from tests.editing import told
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    PhoneFactory,
    ScheduleFactory,
    ServiceFactory,
    WebFactory,
    complete_service,
    weekday_schedule,
)
from tests.findings import accept
from tests.html import form_values, read, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
FINDINGS = list_url(FindingAcceptance)


@pytest.fixture
def insecure():
    return WebFactory(url="http://example.com/chat", label="Chat")


def fingerprint():
    run_checks()
    return Finding.objects.first().fingerprint


def shown(response):
    return [finding.code for finding, _acceptance in response.context["findings"]]


# ---- Findings -------------------------------------------------------------------------------


def test_the_page_shows_findings_by_level_and_leads_to_where_they_are_mended(
    admin_client, insecure
):
    complete_service(introduction="Vea https://example.org/manual")
    ContactPoint.objects.update(verified_on=date(2026, 11, 1))
    publish(Service.objects.all())

    pages = {query: shown(admin_client.get(FINDINGS + query)) for query in (
        "", "?level=warning", "?level=info", "?level=error", "?level=nonsense", "?state=accepted",
    )}  # fmt: skip

    assert pages == {
        "": ["plain_http", "unknown_mention"],
        "?level=warning": ["plain_http"],
        "?level=info": ["unknown_mention"],
        "?level=error": [],
        "?level=nonsense": ["plain_http", "unknown_mention"],
        "?state=accepted": [],
    }
    assert (
        back_to(FINDINGS, f"{change_url(insecure)}#id_url")
        in read(admin_client.get(FINDINGS)).links
    )


def test_a_finding_is_accepted_with_a_reason_and_opened_again(admin_client, admin_user, insecure):
    sent = {"fingerprint": fingerprint(), "reason": "  Sin https por ahora "}
    response = admin_client.post(FINDINGS + "accept/", sent)

    acceptance = FindingAcceptance.objects.get()
    assert (response.status_code, response.url) == (302, FINDINGS)
    assert (acceptance.reason, acceptance.accepted_by) == ("Sin https por ahora", admin_user)
    assert shown(admin_client.get(FINDINGS)) == []
    assert shown(admin_client.get(FINDINGS + "?state=accepted")) == ["plain_http"]

    admin_client.post(FINDINGS + "reopen/", {"fingerprint": acceptance.fingerprint})

    assert shown(admin_client.get(FINDINGS)) == ["plain_http"]
    actions = LogEntry.objects.order_by("pk").values_list("action_flag", "user")
    assert list(actions) == [(1, admin_user.pk), (3, admin_user.pk)]


@pytest.mark.parametrize("reason", ["", "   ", "\u200b", "x" * 301])
def test_without_a_fitting_reason_nothing_is_accepted_and_it_is_said_at_the_field(
    admin_client, insecure, reason
):
    response = admin_client.post(
        FINDINGS + "accept/", {"fingerprint": fingerprint(), "reason": reason}
    )

    assert (response.status_code, FindingAcceptance.objects.count()) == (422, 0)
    assert list(response.context["form"].errors) == ["reason"]
    assert shown(response) == ["plain_http"]
    assert 'aria-invalid="true"' in response.content.decode()
    assert f'value="{reason}"' in response.content.decode()


@pytest.mark.parametrize("sent", ["", "0" * 64, "x\x00y"])
def test_a_finding_that_is_not_there_is_not_accepted(admin_client, insecure, sent):
    for action in ("accept/", "reopen/"):
        response = admin_client.post(FINDINGS + action, {"fingerprint": sent, "reason": "x"})
        assert response["Location"] == FINDINGS
    assert FindingAcceptance.objects.count() == 0


def test_what_was_accepted_by_somebody_else_is_not_accepted_twice(admin_client, insecure):
    first = {"fingerprint": fingerprint(), "reason": "Una"}
    for sent in (first, {**first, "reason": "Otra"}):
        assert admin_client.post(FINDINGS + "accept/", sent)["Location"] == FINDINGS
    assert FindingAcceptance.objects.get().reason == "Una"


def test_findings_stand_on_the_page_of_what_they_are_about_until_it_is_mended(
    admin_client, insecure
):
    other = WebFactory(url="https://example.org/")
    assert "http://, así que" in admin_client.get(change_url(insecure)).content.decode()
    submit(admin_client, change_url(insecure), url="https://example.com/chat")
    for point in (insecure, other):
        assert "findings-panel" not in admin_client.get(change_url(point)).content.decode()


def test_a_finding_stands_beside_its_field_until_it_is_accepted(admin_client, insecure, admin_user):
    def beside(name):
        form = admin_client.get(change_url(insecure)).context["adminform"].form
        return "finding-beside" in str(form[name].help_text)

    assert [beside(name) for name in ("url", "label")] == [True, False]
    accept(Finding.objects.get(), by=admin_user)
    assert not beside("url")


def test_checking_again_finds_what_was_changed_past_the_back_office(admin_client, insecure):
    admin_client.get(FINDINGS)
    ContactPoint.objects.update(url="https://example.com/chat")
    assert shown(admin_client.get(FINDINGS)) == ["plain_http"]

    response = admin_client.post(FINDINGS + "check/", follow=True)

    assert told(response) == ["Los datos se comprobaron."]
    assert shown(response) == []


def test_a_finding_that_two_forms_show_stands_beside_the_field_that_it_is_about(admin_client):
    emails = [EmailFactory(email=each) for each in ("soporte@example.com", "sosporte@example.com")]
    run_checks()
    finding = Finding.objects.get(code="near_identical")
    pages = [admin_client.get(change_url(row)) for row in emails]
    assert [finding.code in shown(page) for page in pages] == [True, True]
    beside = [str(page.context["adminform"].form["email"].help_text) for page in pages]
    assert [finding.message in text for text in beside] == [
        finding.subject_pk == row.pk for row in emails
    ]


def test_a_large_directory_is_not_checked_whole_at_the_press_of_a_button(
    admin_client, insecure, monkeypatch
):
    monkeypatch.setattr(runs, "SMALL", {Service: -1})
    response = admin_client.post(FINDINGS + "check/", follow=True)
    assert told(response) == [str(ONLY_CHANGES)]
    assert shown(response) == []


# ---- Coverage -------------------------------------------------------------------------------


def picture_of(client, service):
    """The only picture of its coverage, and the page."""
    response = client.get(page_url(service, "coverage", service.pk))
    (picture,) = response.context["pictures"]
    return picture, response


def test_coverage_shows_a_usual_week_and_the_next_two_of_every_group_of_requests(admin_client):
    service = ServiceFactory()
    schedule = weekday_schedule(opens=time(7, 30), closes=time(18))
    ChannelFactory(service=service, schedule=schedule, title="Línea")
    picture, response = picture_of(admin_client, service)
    monday = picture["usual"][0]
    assert [len(picture["usual"]), len(picture["upcoming"])] == [7, 14]
    assert [(cell["state"], cell["shown"], cell["words"]) for cell in monday["cells"][6:9]] == [
        ("closed", "–", "nadie"),
        ("partly", "A◐", "A Línea 7:30 a.m. a 8 a.m."),
        ("open", "A", "A Línea"),
    ]
    assert monday["gaps"] == "medianoche a 7:30 a.m. y 6 p.m. a medianoche"
    holiday = picture["upcoming"][-1]
    assert (holiday["date"], picture["usual"][6]["is_closed"]) == (date(2026, 12, 6), True)
    assert "style=" not in response.content.decode().partition("coverage-page")[2]


def test_coverage_names_those_who_answer_or_else_who_may(admin_client):
    service, unstated = ServiceFactory(), ScheduleFactory(always_open=False)
    ChannelFactory(service=service, title="Línea", schedule=weekday_schedule())
    ChannelFactory(service=service, title="Chat", schedule=unstated)
    ChannelFactory(service=service, title="Fax", valid_until=date(2026, 11, 22))
    picture, _response = picture_of(admin_client, service)
    assert [channel["title"] for channel in picture["channels"]] == ["Línea", "Chat"]
    cells = picture["usual"][0]["cells"][6:8]
    assert [(cell["shown"], cell["words"]) for cell in cells] == [
        ("B?", "B Chat (no se sabe)"),
        ("A", "A Línea; B Chat (no se sabe)"),
    ]


def test_coverage_names_a_few_of_many_who_answer(admin_client):
    service = ServiceFactory()
    ChannelFactory.create_batch(5, service=service)
    picture, _response = picture_of(admin_client, service)
    assert picture["usual"][0]["cells"][0]["shown"] == "ABC+2"


def test_coverage_of_a_service_without_channels_says_who_is_left_alone(admin_client):
    ChannelFactory()
    service = ServiceFactory()

    response = admin_client.get(page_url(service, "coverage", service.pk))

    assert (response.context["pictures"], response.context["nobody"]) == ([], ["Todas"])


@pytest.mark.parametrize("channels", [1, 3])
def test_coverage_takes_the_same_queries_for_one_and_for_three(
    admin_client, channels, django_assert_num_queries
):
    service = complete_service()
    for _ in range(channels):
        ChannelFactory(service=service, schedule=weekday_schedule())

    with django_assert_num_queries(19):
        admin_client.get(page_url(service, "coverage", service.pk))


# ---- Still true -----------------------------------------------------------------------------


def history(instance):
    entries = LogEntry.objects.filter(object_id=str(instance.pk)).order_by("pk")
    return [entry.get_change_message() for entry in entries]


REVIEWED = pytest.mark.parametrize(
    ("factory", "field", "label"),
    [
        (ServiceFactory, "reviewed_on", "Revisado el"),
        (PhoneFactory, "verified_on", "Verificado el"),
    ],
)


def confirm_url(thing):
    """The address of its button in the list."""
    return page_url(thing, "confirm", thing.pk) + f"?{urlencode({'shown': thing})}"


@REVIEWED
def test_one_click_in_a_list_confirms_and_is_in_the_history(admin_client, factory, field, label):
    thing = factory()
    listed, confirm = list_url(thing), confirm_url(thing)
    assert confirm in admin_client.get(listed).content.decode()
    response = admin_client.post(confirm, headers={"referer": f"http://testserver{listed}"})
    assert response["Location"] == f"http://testserver{listed}"
    thing.refresh_from_db()
    assert getattr(thing, field) == date(2026, 11, 23)
    assert history(thing) == [f"Cambios: {label}: vacío → 23 de noviembre de 2026."]
    shown = f'23/11/2026 <button class="still-true" formaction="{confirm.partition("?")[0]}'
    assert shown in admin_client.get(listed).content.decode()


@REVIEWED
@pytest.mark.parametrize("typed", [{}, {"label": "Otro texto", "introduction": "Otro texto"}])
def test_one_click_in_the_form_saves_what_was_typed_confirms_and_stays_there(
    admin_client, factory, field, label, typed
):
    thing = factory()
    assert 'name="_still_true"' in admin_client.get(change_url(thing)).content.decode()
    response = submit(admin_client, change_url(thing), "_still_true", **typed)
    assert response["Location"] == change_url(thing)
    thing.refresh_from_db()
    assert getattr(thing, field) == date(2026, 11, 23)
    [said] = history(thing)
    assert f"{label}: vacío → 23 de noviembre de 2026" in said
    assert ("Otro texto" in said) == bool(typed)


def test_what_cannot_be_saved_is_not_confirmed_and_still_there(admin_client):
    phone = PhoneFactory()
    answer = submit(admin_client, change_url(phone), "_still_true", phone="601 74", label="Otra")
    assert answer.status_code == 200
    assert form_values(answer)["label"] == ["Otra"]
    assert form_values(answer)["verified_on"] == ["23/11/2026"]
    phone.refresh_from_db()
    assert phone.verified_on is None


def test_enter_in_a_field_does_not_confirm(admin_client):
    content = admin_client.get(change_url(PhoneFactory())).content.decode()
    of_the_form = content[content.index('_form" novalidate') :]
    buttons = re.findall(r'<input type="submit"[^>]* name="(\w+)"', of_the_form)
    assert buttons == ["_preview", "_save", "_continue", "_still_true"]
    assert "<button" not in of_the_form[: of_the_form.index('name="_preview"')]


def test_a_confirmation_never_leads_to_another_site(admin_client):
    phone = PhoneFactory()
    url = confirm_url(phone)
    response = admin_client.post(url, headers={"referer": "https://evil.example.com/"})
    assert response["Location"] == list_url(phone)


def test_what_somebody_changed_after_the_list_was_opened_is_not_confirmed(admin_client):
    phone = PhoneFactory(phone="+576017442727", label="Línea")
    confirm = confirm_url(phone)
    ContactPoint.objects.update(phone="+576017442828")
    [message] = told(admin_client.post(confirm))
    assert message.endswith("Ahora dice: 601 744 2828 · Línea")
    phone.refresh_from_db()
    assert phone.verified_on is None


def test_what_is_not_there_is_not_confirmed(admin_client):
    response = admin_client.post(page_url(ContactPoint, "confirm", 999))
    assert response["Location"] == INDEX


# ---- History --------------------------------------------------------------------------------


def test_the_history_says_who_changed_what_from_what_to_what(admin_client, admin_user):
    phone, new = PhoneFactory(phone="+576017442727"), PhoneFactory(phone="+576017442728")
    typed = {"phone": "601 744 2729", "replaced_by": new.pk, "replaced_on": "01/12/2026"}
    submit(admin_client, change_url(phone), **typed)
    assert history(phone) == [
        f"Cambios: Número: 601 744 2727 → 601 744 2729, Reemplazado por: vacío → {new} y "
        "Reemplazado desde: vacío → 1 de diciembre de 2026."
    ]
    entry = LogEntry.objects.get()
    assert (entry.user, entry.action_flag, entry.object_id) == (admin_user, CHANGE, str(phone.pk))
    assert "→ 601 744 2729" in admin_client.get(history_url(phone)).content.decode()


def test_the_history_has_the_rows_that_are_edited_together(admin_client):
    schedule = weekday_schedule(days=[1, 2], name="Oficina")
    typed = {"spans-1-day": 3, "spans-1-closes": "18:00"}
    submit(admin_client, change_url(schedule), holidays="closed", **typed)
    assert history(schedule) == [
        "Cambios: En festivos: no informado → cerrado. Cambios en franja «miércoles "
        "7 a.m. a 6 p.m.»: Día: martes → miércoles y Cierra: 7:00 p.m. → 6:00 p.m."
    ]


def test_long_values_are_shortened_in_the_history(admin_client):
    service = ServiceFactory(introduction="a" * 1000)
    submit(admin_client, change_url(service), introduction="b")
    (message,) = history(service)
    assert message == f"Cambios: Introducción: {'a' * (LONGEST_VALUE - 1)}… → b."
