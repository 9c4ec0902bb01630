"""The phone field in models, forms, the admin, fixtures and migrations."""

import pytest
from django import forms
from django.contrib import admin
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db.migrations.writer import MigrationWriter
from django.utils import translation
from phonenumber_field.phonenumber import PhoneNumber

from directory.contacts import phones
from directory.models import ContactPoint
from directory.models.fields import PhoneField, PhoneFormField
from tests.factories import EmailFactory, PhoneFactory

BOGOTA = "+576017442727"


class PhoneForm(forms.Form):
    phone = PhoneField(blank=True).formfield()


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def errors_of(text):
    with pytest.raises(ValidationError) as caught:
        phones.parse(text)
    return caught.value.messages


REFUSED = [
    *("7442727", "#611", "01 8000 PRINTER", "+57 999 999 9999", "(571) 379 0300 - Ext: 1101"),
    *("(571) 744 27 27 / (57) 316-8714692 / (57) 318-7174937", "6" * 81),
]


@pytest.mark.parametrize(
    "value", ["(571) 7442727", BOGOTA, 6017442727, PhoneNumber.from_string(BOGOTA)]
)
def test_assigned_value_becomes_todays_number(value):
    assert ContactPoint(phone=value).phone.as_e164 == BOGOTA


@pytest.mark.parametrize("value", ["", None])
def test_empty_value_stays_as_it_is(value):
    assert ContactPoint(phone=value).phone == value


def test_refused_text_is_kept():
    assert str(ContactPoint(phone="7442727 (Bogotá)").phone) == "7442727 (Bogotá)"


@pytest.mark.parametrize("text", REFUSED)
def test_model_field_and_form_give_the_particular_reason_once(text):
    with pytest.raises(ValidationError) as caught:
        ContactPoint(code="linea", kind="phone", label="Línea", phone=text).clean_fields()
    assert caught.value.message_dict == {"phone": errors_of(text)}
    with pytest.raises(ValidationError) as caught:
        PhoneField().clean(text, None)
    assert caught.value.messages == errors_of(text)
    assert PhoneForm({"phone": text}).errors == {"phone": errors_of(text)}


def test_required_field_refuses_nothing():
    with pytest.raises(ValidationError) as caught:
        PhoneField().clean("", None)
    assert caught.value.messages == ["This field cannot be blank."]


@pytest.mark.parametrize(
    ("region", "text", "number"),
    [(None, "(571) 7442727", BOGOTA), ("US", "(212) 555-2368", "+12125552368")],
)
def test_number_is_that_of_the_region_of_the_field_or_of_the_settings(region, text, number):
    assert PhoneField(region=region).clean(text, None).as_e164 == number


@pytest.mark.parametrize(("text", "number"), [(" (57) 318 717 49 37 ", "+573187174937"), (" ", "")])
def test_form_reads_what_people_write_and_nothing_for_an_optional_number(text, number):
    form = PhoneForm({"phone": text})
    assert form.is_valid()
    assert form.cleaned_data == {"phone": number}


def test_form_shows_a_stored_number_as_people_write_it():
    form = PhoneForm(initial={"phone": phones.parse(BOGOTA)})
    assert str(form["phone"]) == (
        '<input type="tel" name="phone" value="601 744 2727" id="id_phone">'
    )


def test_form_keeps_what_was_typed():
    form = PhoneForm({"phone": "7442727 <Bogotá>"})
    assert form["phone"].value() == "7442727 <Bogotá>"
    assert 'value="7442727 &lt;Bogotá&gt;"' in str(form["phone"])


def test_shown_number_sent_back_is_no_change():
    form = PhoneForm({"phone": "601 744 2727"}, initial={"phone": phones.parse(BOGOTA)})
    assert form.has_changed() is False


def test_other_widget_keeps_its_type():
    field = PhoneFormField(widget=forms.HiddenInput)
    assert field.widget.input_type == "hidden"


def test_admin_form_shows_a_stored_number_as_people_write_it():
    model_admin = admin.ModelAdmin(ContactPoint, admin.site)
    field = model_admin.formfield_for_dbfield(ContactPoint._meta.get_field("phone"), request=None)
    assert field.prepare_value(phones.parse(BOGOTA)) == "601 744 2727"
    assert field.widget.input_type == "tel"
    assert field.widget.attrs.get("maxlength") is None


def test_migration_says_nothing_of_the_settings(settings):
    settings.PHONENUMBER_DEFAULT_REGION = "US"
    written, _imports = MigrationWriter.serialize(PhoneField(blank=True))
    assert written == "directory.models.fields.PhoneField(blank=True, max_length=16, region=None)"


def test_copy_of_the_field_is_the_same():
    field = PhoneField("number", region="US", max_length=20, blank=True)
    assert field.clone().deconstruct() == field.deconstruct()


def test_value_to_string_is_e164():
    field = ContactPoint._meta.get_field("phone")
    assert field.value_to_string(ContactPoint(phone="(571) 7442727")) == BOGOTA
    assert field.value_to_string(ContactPoint(phone="")) == ""


@pytest.mark.django_db
class TestDatabase:
    def test_number_is_kept_as_e164_and_read_as_a_number_also_when_deferred(self):
        PhoneFactory(phone="(571) 7442727")
        assert ContactPoint.objects.values_list("phone", flat=True).get() == BOGOTA
        assert phones.display(ContactPoint.objects.get().phone) == "601 744 2727"
        assert ContactPoint.objects.defer("phone").get().phone.as_e164 == BOGOTA

    @pytest.mark.parametrize("text", ["601 744 2727", "+576017442727", "(571) 7442727", 6017442727])
    def test_every_written_form_finds_the_row(self, text):
        wanted = PhoneFactory(phone=BOGOTA)
        PhoneFactory(phone="+573187174937")
        assert list(ContactPoint.objects.filter(phone=text)) == [wanted]
        assert list(ContactPoint.objects.filter(phone__in=[text])) == [wanted]

    def test_empty_text_finds_rows_without_a_number_and_other_text_none(self):
        PhoneFactory(phone=BOGOTA)
        mail = EmailFactory()
        assert list(ContactPoint.objects.filter(phone="")) == [mail]
        assert list(ContactPoint.objects.filter(phone="7442727")) == []

    @pytest.mark.parametrize(("text", "read"), [("(571) 7442727", BOGOTA), ("7442727", "7442727")])
    def test_deserialised_text_is_dumped_as_e164_or_waits_for_full_clean(self, text, read):
        row = {"model": "directory.contactpoint", "fields": {"phone": text}}
        [loaded] = serializers.deserialize("python", [row])
        [dumped] = serializers.serialize("python", [loaded.object], fields=["phone"])
        assert dumped["fields"] == {"phone": read}
