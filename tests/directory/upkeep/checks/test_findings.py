"""Every kind of finding: what makes it, what does not, and how serious it is."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import translation

from directory.editions.publish import publish
from directory.management.commands.quickstart import FIXTURES
from directory.models import Channel, ContactPoint, Finding, Service, TimeSpan
from directory.models.findings import Severity
from directory.upkeep.checks.runs import run_checks
from escalations.models import EscalationContactUse, EscalationPolicy
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    ExceptionFactory,
    NoticeFactory,
    PhoneFactory,
    PlaceFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    SmsFactory,
    WebFactory,
    complete_service,
    weekday_schedule,
)
from tests.findings import accept, found
from tests.tampering import set_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

BOGOTA = ZoneInfo("America/Bogota")


def checked(*, but_for=("not_verified",)):
    """What is found now, published first: (code, level, subject) of each."""
    publish(Service.objects.all())
    run_checks()
    return [
        (finding.code, finding.level, finding.subject)
        for finding in Finding.objects.exclude(code__in=but_for)
    ]


def test_a_complete_service_has_no_findings():
    complete_service()
    ContactPoint.objects.update(verified_on=date(2026, 11, 1))
    assert checked(but_for=()) == []


def test_the_real_directories_have_no_errors_and_one_warning():
    call_command("loaddata", *FIXTURES, verbosity=0)
    chat = "http://idealab.certicamara.com/CertiChat/chat.php · Chat online"
    assert checked() == [("plain_http", "warning", chat), ("contradicting_hours", "info", chat)]
    assert {each.level for each in found("not_verified")} == {"info"}


def test_an_address_that_is_almost_another_is_found_with_both():
    right = EmailFactory(email="soporte.clavesegura@example.com")
    wrong = EmailFactory(email="sosporte.clavesegura@example.com")
    EmailFactory(email="ventas.clavesegura@example.com")
    (finding,) = found("near_identical")
    assert (finding.level, finding.subject_pk) == ("warning", wrong.pk)
    assert [Finding.objects.about(each).count() for each in (right, wrong)] == [1, 1]


def test_two_writings_of_one_web_address_are_found():
    WebFactory(url="https://www.example.com/portal/")
    WebFactory(url="http://example.com/portal")
    assert len(found("near_identical")) == 1


def test_a_link_without_encryption_is_found_in_addresses_and_texts():
    point = WebFactory(url="http://example.com/chat")
    service = complete_service(introduction="Vea http://example.com/chat y https://example.org.")
    assert checked() == [
        ("plain_http", "warning", str(point)),
        ("plain_http_in_text", "warning", str(service)),
        ("unknown_mention", "info", str(service)),
    ]


def test_the_map_of_a_place_without_encryption_is_found():
    point = PlaceFactory(map_url="http://osm.org/1")
    assert checked() == [("plain_http", "warning", str(point))]
    assert found("plain_http")[0].field == "map_url"


def test_one_number_that_is_called_and_written_to_is_no_slip():
    SmsFactory(sms="+573187174937")
    PhoneFactory(phone="+573187174937")
    assert checked() == []


def test_an_old_number_in_any_free_text_is_found():
    service = complete_service(introduction="Llame al (571) 744 27 27")
    PhoneFactory(phone="+576017442727")
    channel = service.channels.first()
    Channel.objects.filter(pk=channel.pk).update(description="PBX (571) 744 2727")
    policy = service.escalation_policy
    EscalationPolicy.objects.update(instructions="o 744 27 27")
    exception = ExceptionFactory(reason="Llame al (571) 7442727")
    texts = service, channel, policy, exception
    assert [each for each in checked() if each[0] == "outdated_number"] == [
        ("outdated_number", "warning", str(row)) for row in texts
    ]
    assert "601 744 2727" in found("outdated_number")[0].message


def test_a_number_or_address_in_a_text_that_no_contact_point_has_is_found():
    PhoneFactory(phone="+576017442727")
    EmailFactory(email="soporte.clave@example.com")
    service = complete_service(
        introduction="601 744 2727, 601 744 2728, soporte.clave@example.com, "
        "sosporte.clave@example.com y https://example.com/manual"
    )
    assert checked() == [
        ("unknown_mention", "warning", str(service)),
        ("unknown_mention", "warning", str(service)),
        ("unknown_mention", "info", str(service)),
    ]
    assert "soporte.clave@example.com" in found("unknown_mention")[1].message


def test_a_channel_that_nobody_can_use_is_an_error_of_a_public_page_and_not_of_a_draft():
    service = complete_service()
    channel = ChannelFactory(service=service, contacts=[])
    channel.request_types.clear()
    assert checked() == [
        ("channel_without_contact", "error", str(channel)),
        ("channel_without_request_type", "error", str(channel)),
    ]
    Service.objects.update(is_published=False)
    assert checked() == []


@pytest.mark.parametrize("medium", ["office", "portal"])
def test_a_channel_with_a_description_needs_no_contact_point(medium):
    service = complete_service()
    ChannelFactory(service=service, contacts=[], medium=medium, description="En la app, «Ayuda».")
    assert checked() == []


def test_a_service_without_escalation_is_found_with_and_without_a_policy():
    bare = ServiceFactory(name="A")
    ChannelFactory(service=bare)
    empty = EscalationPolicyFactory(service__name="B", levels=[]).service
    ChannelFactory(service=empty)
    instructions = EscalationPolicyFactory(
        service__name="C", levels=[], instructions="Pida que lo escalen."
    )
    ChannelFactory(service=instructions.service)
    assert checked() == [("without_level_one", "warning", name) for name in "AB"]


def test_a_contact_with_two_hours_for_the_same_requests_contradicts_itself():
    service, phone = complete_service(), PhoneFactory()
    for schedule in (weekday_schedule(), ScheduleFactory()):
        ChannelFactory(service=service, contacts=[phone], schedule=schedule)
    assert checked() == [("contradicting_hours", "warning", str(phone))]


def test_other_requests_menu_options_or_equal_hours_are_no_contradiction():
    service, phone = complete_service(), PhoneFactory()
    ChannelFactory(service=service, contacts=[phone], schedule=weekday_schedule())
    ChannelFactory(service=service, contacts=[phone], schedule=weekday_schedule())
    ChannelFactory(
        service=service, contacts=[phone], request_types=[RequestTypeFactory(code="queja")]
    )
    by_menu = ChannelFactory(service=service, contacts=[phone])
    by_menu.contact_uses.update(menu_options="Opción 3")
    assert checked() == []


def test_other_hours_in_another_service_are_only_worth_a_look():
    phone = PhoneFactory()
    for schedule in (weekday_schedule(), ScheduleFactory()):
        ChannelFactory(service=complete_service(), contacts=[phone], schedule=schedule)
    assert checked() == [("contradicting_hours", "info", str(phone))]


def test_other_hours_of_a_number_for_another_escalation_contact_are_worth_a_look():
    phone = PhoneFactory()
    for schedule in (weekday_schedule(), weekday_schedule(), ScheduleFactory()):
        escalated = EscalationContactFactory(schedule=schedule, contacts=[phone])
        complete_service().escalation_policy.levels.update(contact=escalated)
    assert checked() == [("contradicting_hours", "info", str(phone))]
    EscalationContactUse.objects.filter(contact=escalated).update(extensions="1427")
    assert checked() == []


def test_levels_that_have_ended_or_not_begun_are_no_first_level():
    service = complete_service(name="A")
    policy = service.escalation_policy
    policy.levels.update(valid_from=date(2026, 11, 24))
    assert checked() == [("without_level_one", "warning", "A")]
    policy.levels.update(valid_from=None, valid_until=date(2026, 11, 22))
    assert checked() == [
        ("without_level_one", "warning", "A"),
        ("level_past_due", "info", str(policy)),
        ("level_past_due", "info", str(policy)),
    ]
    policy.levels.filter(level=2).update(title="Tier 2", purpose="Redes")
    assert found("level_past_due")[1].message.startswith("Nivel 2 · Tier 2 (Redes) era válido")


def test_a_public_page_without_a_channel_today_is_an_error():
    service = ServiceFactory(name="A")
    ServiceFactory(name="B", is_published=False)
    ChannelFactory(service=service)
    channels = Channel.objects.filter(service=service)
    assert [each.subject for each in found("without_channels")] == []
    channels.update(valid_from=date(2026, 11, 24))
    assert [(each.level, each.subject) for each in found("without_channels")] == [("error", "A")]
    channels.update(valid_from=None, valid_until=date(2026, 11, 22))
    assert [each.subject for each in found("without_channels")] == ["A"]


def test_hours_without_an_answer_to_critical_incidents_are_named():
    service = ServiceFactory()
    critical = RequestTypeFactory(code="incidente-critico")
    schedule = weekday_schedule(opens=time(6), closes=time(22, 30))
    ChannelFactory(service=service, request_types=[critical], schedule=schedule)
    TimeSpan.objects.create(schedule=schedule, day=6, opens=time(20), closes=time(6))
    ChannelFactory(service=service, request_types=[RequestTypeFactory(code="queja")])
    EscalationPolicyFactory(service=service)
    assert checked() == [("critical_without_answer", "warning", str(service))]
    assert found("critical_without_answer")[0].message.endswith(
        "Lunes a viernes: medianoche a 6 a.m. y 10:30 p.m. a medianoche; "
        "Sábado: medianoche a 8 p.m.; Domingo: 6 a.m. a medianoche"
    )


def test_unknown_hours_and_holidays_are_no_gap():
    service = ServiceFactory()
    schedule = weekday_schedule(opens=time(0), closes=time(0), days=range(1, 8))
    ChannelFactory(service=service, schedule=schedule)
    ExceptionFactory(first_day=date(2026, 11, 23), last_day=date(2026, 11, 24))
    EscalationPolicyFactory(service=service)
    assert checked() == []
    schedule.spans.all().delete()
    assert checked() == []


def test_nobody_is_asked_for_hours_that_were_not_stated():
    service = ServiceFactory()
    critical = RequestTypeFactory(code="incidente-critico")
    ChannelFactory(service=service, schedule=None, request_types=[critical])
    [shared] = ContactPoint.objects.all()
    ChannelFactory(service=service, schedule=weekday_schedule(), contacts=[shared])
    EscalationPolicyFactory(service=service)
    ScheduleFactory(always_open=False)
    assert checked() == []


def test_critical_incidents_are_looked_for_where_the_service_names_them():
    RequestTypeFactory(code="incidente-critico")
    service = ServiceFactory()
    ChannelFactory(service=service, schedule=weekday_schedule())
    EscalationPolicyFactory(service=service)
    assert checked() == []


def test_what_was_planned_for_a_day_that_has_come_is_found():
    service, old, new = complete_service(), PhoneFactory(), PhoneFactory()
    ChannelFactory(service=service, contacts=[old])
    past = ChannelFactory(service=service, valid_until=date(2026, 11, 22), contacts=[])
    ChannelFactory(service=service, valid_until=date(2026, 11, 23))
    ContactPoint.objects.filter(pk=old.pk).update(replaced_by=new, replaced_on=date(2026, 11, 23))
    ended = weekday_schedule()
    ended.spans.update(valid_until=date(2026, 11, 22))
    assert checked() == [
        ("hours_past_due", "warning", str(ended)),
        ("replacement_past_due", "warning", str(old)),
        ("channel_past_due", "info", str(past)),
    ]


def test_a_replacement_to_come_or_nowhere_given_is_not_past_due():
    old, new, unused = PhoneFactory(), PhoneFactory(), PhoneFactory()
    ChannelFactory(service=complete_service(), contacts=[old])
    points = ContactPoint.objects
    points.filter(pk=old.pk).update(replaced_by=new, replaced_on=date(2026, 11, 24))
    points.filter(pk=unused.pk).update(replaced_by=new, replaced_on=date(2026, 11, 1))
    assert checked() == []


def test_contact_points_in_use_are_to_be_tried_again_after_the_days_that_are_set(settings):
    settings.CONTACT_POINT_VERIFIED_FOR_DAYS = 30
    fresh, old, never, _unused = (PhoneFactory() for _ in range(4))
    ChannelFactory(contacts=[fresh, old, never])
    ContactPoint.objects.filter(pk=fresh.pk).update(verified_on=date(2026, 10, 25))
    ContactPoint.objects.filter(pk=old.pk).update(verified_on=date(2026, 10, 24))
    assert [(each.level, each.subject_pk) for each in found("not_verified")] == [
        ("info", old.pk),
        ("info", never.pk),
    ]


def test_edition_that_was_altered_in_the_database_is_an_error_until_it_is_published_again():
    service = complete_service(slug="uno")
    complete_service()
    publish(Service.objects.all())
    assert found("altered_in_the_database") == []
    edition = service.editions.get()
    set_values(edition, document=edition.document.replace("Telefónico", "Fraudulento"))
    (finding,) = found("altered_in_the_database")
    assert (finding.level, finding.subject_pk) == ("error", service.pk)
    assert "La edición 1 no es la que se publicó" in finding.message
    assert "manage.py publish uno" in finding.message
    publish(Service.objects.all())
    assert found("altered_in_the_database") == []


def test_rows_that_customers_do_not_read_are_an_error_in_published_services_only():
    service, draft = complete_service(), complete_service(is_published=False)
    publish(Service.objects.all())
    for each in (service, draft):
        Service.objects.filter(pk=each.pk).update(introduction="Otra")
    assert [(each.level, each.subject_pk) for each in found("not_as_published")] == [
        ("error", service.pk)
    ]


def test_holidays_of_a_region_that_nobody_named_are_found_where_they_matter():
    used, unused = (weekday_schedule(country="ES", holidays="closed") for _ in range(2))
    ChannelFactory(service=complete_service(), schedule=used)
    weekday_schedule(country="ES", subdivision="MD")
    weekday_schedule(country="ES", holidays="as_weekday")
    ScheduleFactory(country="ES", always_open=True)
    weekday_schedule(country="MX")
    assert checked() == [
        ("holidays_of_no_region", "warning", str(used)),
        ("holidays_of_no_region", "info", str(unused)),
    ]


def test_a_notice_whose_time_has_passed_is_found_once_until_somebody_ends_it():
    """On whatever number of services. Today is the 23rd of November."""
    for _number in range(2):
        complete_service()
    evening = datetime(2026, 11, 22, 20, tzinfo=BOGOTA)
    over = NoticeFactory(until=evening, severity="information")
    NoticeFactory(until=evening + timedelta(hours=5), severity="information")
    assert checked() == [("notice_past_due", "warning", over.text)]
    over.end(evening)
    assert checked() == []


def test_what_has_been_out_of_order_for_two_weeks_is_found():
    point = complete_service().channels.first().contact_uses.get().contact_point
    since = datetime(2026, 11, 9, 20, tzinfo=BOGOTA)
    long = [
        NoticeFactory(contact_point=point, since=since),
        NoticeFactory(contact_point=point, since=since, severity="limited"),
    ]
    NoticeFactory(contact_point=point, since=since, severity="information")
    NoticeFactory(contact_point=point, since=since + timedelta(hours=4))
    NoticeFactory(contact_point=point, since=since, until=since + timedelta(days=30))
    assert checked() == [("long_notice", "warning", each.text) for each in long]
    (first, _second) = found("long_notice")
    assert first.message.startswith("Lleva así 14 días, desde el 9 de noviembre de 2026.")


# ---- Accepting ------------------------------------------------------------------------------


def is_open(code):
    run_checks()
    return [each.code for each in Finding.objects.open().filter(code=code)] == [code]


def test_what_is_accepted_stays_so_until_what_was_judged_changes():
    point = WebFactory(url="http://example.com/a")
    accept(found("plain_http")[0])
    assert [each.code for each in Finding.objects.accepted()] == ["plain_http"]
    ContactPoint.objects.filter(pk=point.pk).update(label="Otro nombre")
    assert not is_open("plain_http")
    ContactPoint.objects.filter(pk=point.pk).update(url="http://example.com/b")
    assert is_open("plain_http")


def test_counts_are_of_open_findings_and_of_accepted_ones():
    WebFactory(url="http://example.com/a")
    WebFactory(url="http://example.com/bb")
    accept(found("plain_http")[0])
    counts = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 0, None: 1}
    assert Finding.objects.counts() == counts


def test_a_finding_is_told_in_every_language_and_in_that_of_the_site_where_it_lacks_one(settings):
    WebFactory(url="http://example.com/a")
    (finding,) = found("plain_http")
    assert "La dirección empieza por http://" in finding.message
    with translation.override("en"):
        assert "The address begins with http://" in finding.message
    with translation.override("fr"):
        assert "La dirección empieza por http://" in finding.message
    # Not even that of the site was one of its languages when the check ran.
    settings.LANGUAGE_CODE = "fr"
    with translation.override("fr"):
        assert "La dirección empieza por http://" in finding.message
