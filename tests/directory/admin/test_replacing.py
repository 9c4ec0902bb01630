"""A contact point is replaced from a day on, and by a new one that is typed on the spot."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from directory.editions import document
from directory.editions.publish import publish
from directory.models import ContactPoint, Revision, Service
from tests import factories
from tests.addresses import page_url
from tests.editing import told
from tests.people import staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
DAY = date(2026, 12, 1)


@pytest.fixture
def november():
    with time_machine.travel("2026-11-23T15:00:00Z", tick=False):
        yield


@pytest.fixture
def old():
    return factories.PhoneFactory(code="linea", label="Línea", phone="+576017442727")


@pytest.fixture
def channel(old):
    made = factories.ChannelFactory(contacts=[old])
    publish(Service.objects.all())
    return made


def url(*olds):
    return f"{page_url(ContactPoint, 'replace')}?ids={','.join(str(old.pk) for old in olds)}"


def replace(client, *olds, **typed):
    """Preview and confirm what was typed."""
    typed = {"where": "everywhere", "when": "now", **typed}
    preview = client.post(url(*olds), {**typed, "_preview": "1"})
    sent = dict(preview.context["typed"]) | {"seen": preview.context["seen"], "_confirm": "1"}
    return preview, client.post(url(*olds), sent)


def errors(client, *olds, **typed):
    page = client.post(url(*olds), {"where": "everywhere", "_confirm": "1", **typed})
    return {
        name: [str(each) for each in found] for name, found in page.context["form"].errors.items()
    }


def test_a_new_number_is_made_with_the_replacement(admin_client, old, channel):
    preview, done = replace(admin_client, old, new_value="601 745 0000")
    assert ContactPoint.objects.count() == 2
    assert preview.context["is_new"]
    new = channel.contact_uses.get().contact_point
    assert (str(new.phone), new.label, new.kind, new.code) == (
        "+576017450000", "Línea", "phone", "linea-2",
    )  # fmt: skip
    assert f"Ahora está «{new}» en su lugar." in told(done)
    assert channel.service.editions.count() == 2
    revision = Revision.objects.get(action="replaced")
    added = revision.rows.get(content_type__model="contactpoint", row_id=new.pk)
    assert added.before is None


def test_nothing_is_made_by_looking_at_it(admin_client, old, channel):
    admin_client.post(url(old), {"where": "everywhere", "new_value": "601 745 0000"})
    assert ContactPoint.objects.get() == old


def test_the_new_one_may_be_of_another_kind_and_has_a_label_of_its_own(admin_client, old, channel):
    typed = {"new_kind": "email", "new_value": "Soporte@Example.com", "new_label": "Correo"}
    replace(admin_client, old, **typed)
    new = channel.contact_uses.get().contact_point
    assert (new.kind, new.email, new.label, new.code) == (
        "email", "Soporte@example.com", "Correo", "correo",
    )  # fmt: skip


def test_it_is_planned_for_a_day_everywhere(admin_client, old, channel):
    preview, done = replace(
        admin_client, old, new_value="601 745 0000", when="later", on="1/12/2026"
    )
    assert preview.context["on"] == DAY
    old.refresh_from_db()
    new = old.replaced_by
    assert (str(new.phone), old.replaced_on) == ("+576017450000", DAY)
    assert channel.contact_uses.get().contact_point == old
    assert f"Desde el 1 de diciembre de 2026 estará «{new}» en su lugar" in told(done)[1]
    said = document.decode(channel.service.editions.latest().document)
    [step] = said.channels[0].contacts[0].replacements
    assert (step.on, step.value) == (DAY, "+576017450000")


def test_one_that_is_there_is_planned_too(admin_client, old, channel):
    new = factories.PhoneFactory()
    replace(admin_client, old, target=new.pk, when="later", on="1/12/2026")
    old.refresh_from_db()
    assert (old.replaced_by, old.replaced_on) == (new, DAY)


LATER = {"when": "later", "on": "1/12/2026"}


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({}, "target", "obligatorio"),
        ({"new_value": "601 745 0000 0000"}, "new_value", ""),
        ({"new_value": "nadie"}, "new_value", ""),
        ({"new_value": "soporte@example.com"}, "new_value", "Correo"),
        ({"new_value": "601 744 2727"}, "new_value", ""),
        ({"new_value": "x" * 2000}, "new_value", ""),
        ({"new_value": "601 745 0000", "new_kind": "nada"}, "new_kind", ""),
        ({"new_value": "601 745 0000", "new_label": "x" * 200}, "new_label", ""),
        ({"new_value": "601 745 0000", "when": "later"}, "on", "desde qué día"),
        ({"new_value": "601 745 0000", **LATER, "on": "ayer"}, "on", ""),
        ({"new_value": "601 745 0000", **LATER, "on": "23/11/2026"}, "on", "no está por venir"),
        ({"new_value": "601 745 0000", "on": "1/12/2026"}, "when", "Escribió un día"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(admin_client, old, channel, typed, field, words):
    found = errors(admin_client, old, **typed)
    assert list(found) == [field]
    assert words in found[field][0]
    assert ContactPoint.objects.get() == old


def test_a_plan_is_for_everywhere(admin_client, old, channel):
    place = f"service-{channel.service_id}"
    typed = {"new_value": "601 745 0000", **LATER, "where": "chosen", "places": [place]}
    assert list(errors(admin_client, old, **typed)) == ["where"]


def test_both_are_refused_and_kept(admin_client, old, channel):
    target = factories.PhoneFactory()
    found = errors(admin_client, old, target=target.pk, new_value="601 745 0000")
    assert found == {"new_value": ["Elija uno que ya existe, o escriba uno nuevo: no los dos."]}


def test_a_plan_that_leads_back_is_refused(admin_client, old, channel):
    target = factories.PhoneFactory(replaced_by=old, replaced_on=DAY)
    found = errors(admin_client, old, target=target.pk, when="later", on="2/12/2026")
    assert list(found) == ["target"]


def test_who_may_add_none_is_not_asked_for_a_new_one(old, channel):
    client = staff("change_contactpoint", "view_contactpoint", "bulk_change_contactpoint")
    form = client.get(url(old)).context["form"]
    assert "new_value" not in form.fields
    assert list(errors(client, old, new_value="601 745 0000")) == ["target"]


@pytest.mark.parametrize("typed", [{}, LATER], ids=["now", "later"])
def test_it_is_undone_by_one_click(admin_client, old, channel, typed):
    replace(admin_client, old, new_value="601 745 0000", **typed)
    revision = Revision.objects.get(action="replaced")
    admin_client.post(reverse("admin:directory_revision_undo", args=[revision.pk]))
    assert ContactPoint.objects.get() == old
    old.refresh_from_db()
    assert (old.replaced_by, channel.contact_uses.get().contact_point) == (None, old)
