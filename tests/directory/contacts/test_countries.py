"""Numbers of each country: how they are read, shown at home and abroad, linked, and refused."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from directory.contacts import phones, refusals, short_codes, showing
from directory.contacts.concerns import concerns
from directory.contacts.countries import COUNTRIES, country_of

pytestmark = pytest.mark.usefixtures("english")

# (country of the organisation, what people write, E.164, at home, abroad, link)
READ = [
    ("CO", "(+604) 445 6002", "+576044456002", "604 445 6002", "+57 604 445 6002", "+576044456002"),
    ("CO", "(+601) 744 2727", "+576017442727", "601 744 2727", "+57 601 744 2727", "+576017442727"),
    ("CO", "+602 485 1234", "+576024851234", "602 485 1234", "+57 602 485 1234", "+576024851234"),
    ("CO", "01 8000 181531", "+5718000181531", "01 8000 181531", "01 8000 181531", "018000181531"),
    ("CO", "01 900 123 4567", "+5719001234567", "01 900 1234567", "01 900 1234567", "019001234567"),
    ("CO", "+52 1 55 1234 5678", "+525512345678", "+52 55 1234 5678", "+52 55 1234 5678",
     "+525512345678"),
    ("CO", "wa.me/5215512345678", "+525512345678", "+52 55 1234 5678", "+52 55 1234 5678",
     "+525512345678"),
    ("CO", "+1 800 555 1234", "+18005551234", "+1 800-555-1234", "+1 800-555-1234", "+18005551234"),
    ("CO", "+34 900 123 456", "+34900123456", "+34 900 123 456", "900 123 456", ""),
    ("CO", "+56 600 600 6000", "+566006006000", "+56 600 600 6000", "600 600 6000", ""),
    ("CO", "+800 1234 5678", "+80012345678", "+800 1234 5678", "+800 1234 5678", "+80012345678"),
    ("MX", "+604 445 6002", "+6044456002", "+60 4-445 6002", "+60 4-445 6002", "+6044456002"),
    ("MX", "55 1234 5678", "+525512345678", "55 1234 5678", "+52 55 1234 5678", "+525512345678"),
    ("MX", "52 1 55 1234 5678", "+525512345678", "55 1234 5678", "+52 55 1234 5678",
     "+525512345678"),
    ("MX", "044 55 1234 5678", "+525512345678", "55 1234 5678", "+52 55 1234 5678",
     "+525512345678"),
    ("MX", "01 800 123 4567", "+528001234567", "800 123 4567", "800 123 4567", "8001234567"),
    ("MX", "+57 1 744 2727", "+576017442727", "+57 601 744 2727", "+57 601 744 2727",
     "+576017442727"),
    ("ES", "900 123 456", "+34900123456", "900 123 456", "900 123 456", "900123456"),
    ("ES", "912 34 56 78", "+34912345678", "912 34 56 78", "+34 912 34 56 78", "+34912345678"),
    ("US", "1-800-555-1234", "+18005551234", "(800) 555-1234", "(800) 555-1234", "8005551234"),
    ("US", "(212) 555-2368", "+12125552368", "(212) 555-2368", "+1 212-555-2368", "+12125552368"),
    ("CL", "600 600 6000", "+566006006000", "600 600 6000", "600 600 6000", "6006006000"),
    ("CL", "09 6123 4567", "+56961234567", "9 6123 4567", "+56 9 6123 4567", "+56961234567"),
    ("CL", "+56 02 2345 6789", "+56223456789", "(2) 2345 6789", "+56 2 2345 6789", "+56223456789"),
    ("AR", "0810-222-3425", "+548102223425", "0810-222-3425", "0810-222-3425", "08102223425"),
    ("AR", "011 15-2345-6789", "+5491123456789", "011 15-2345-6789", "+54 9 11 2345-6789",
     "+5491123456789"),
    ("PE", "(0800) 12345", "+5180012345", "(0800) 12345", "(0800) 12345", "080012345"),
    ("EC", "1700 123 456", "+5931700123456", "1700 123 456", "1700 123 456", "1700123456"),
    ("BR", "4004-1234", "+5540041234", "4004-1234", "4004-1234", "40041234"),
    ("BR", "0800 123 4567", "+558001234567", "0800 123 4567", "0800 123 4567", "08001234567"),
    # One numbering plan for several countries.
    ("US", "(604) 445-6002", "+16044456002", "(604) 445-6002", "+1 604-445-6002", "+16044456002"),
    ("CA", "1-800-555-1234", "+18005551234", "(800) 555-1234", "(800) 555-1234", "8005551234"),
    ("GB", "07911 123456", "+447911123456", "07911 123456", "+44 7911 123456", "+447911123456"),
    # Countries that nobody declared: the library alone.
    ("CR", "2222-3333", "+50622223333", "2222 3333", "+506 2222 3333", "+50622223333"),
    ("AD", "712345", "+376712345", "712 345", "+376 712 345", "+376712345"),
    ("FR", "0 801 23 45 67", "+33801234567", "0 801 23 45 67", "0 801 23 45 67", "0801234567"),
]  # fmt: skip


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def organization_of(settings):
    def move(region):
        settings.PHONENUMBER_DEFAULT_REGION = region

    return move


@pytest.mark.parametrize(("region", "text", "e164", "at_home", "abroad", "link"), READ)
def test_number_is_read_shown_and_linked_as_in_its_country(
    region, text, e164, at_home, abroad, link, organization_of
):
    organization_of(region)
    number = phones.parse(text)
    assert number.as_e164 == e164
    assert (showing.display(number), showing.shown(number, True)) == (at_home, abroad)
    assert showing.tel_uri(number) == (f"tel:{link}" if link else "")
    assert [phones.parse(form).as_e164 for form in (at_home, e164)] == [e164, e164]


# (country of the organisation, number, at home, where it may be another country)
ADVICE = [
    ("CO", "+5718000181531", "Free call", "Free call, only from Colombia"),
    ("CO", "+576017442727", "", ""),
    ("CO", "+18005551234",
     "Free call, only from the United States", "Free call, only from the United States"),
    ("CO", "+566006006000", "Only from Chile", "Only from Chile"),
    ("CO", "+33801234567",
     "Free call, only from the country of +33", "Free call, only from the country of +33"),
    ("CO", "+80012345678", "Free call", "Free call"),
    ("CL", "+566006006000", "", "Only from Chile"),
    ("CA", "+18005551234", "Free call", "Free call, only from the country of +1"),
    ("EC", "+5931700123456", "", "Only from Ecuador"),
]  # fmt: skip


@pytest.mark.parametrize(("region", "number", "at_home", "elsewhere"), ADVICE)
def test_what_is_dialled_in_one_country_alone_says_so(
    region, number, at_home, elsewhere, organization_of
):
    organization_of(region)
    assert (showing.advice(number), showing.advice(number, True)) == (at_home, elsewhere)


# (country of the organisation, what people write, code, what its message must say)
REFUSED = [
    ("CO", "601 744 2727 ext. 1107-1109", "extension", "only 601 744 2727 here, and “ext. 1107-"),
    ("CO", "601 744 2727 ext 1107 1109", "extension", "“ext 1107 1109” in the field for"),
    ("CO", "601 744 2727 x 60174427", "extension", "“x 60174427”"),
    ("CO", "1107-1109", "range", "“1107-1109” looks like a range"),
    ("CO", "1994 - 1998", "range", "of extensions or years"),
    ("CO", "1107 1109", "range", "601 744 2727"),
    ("CO", "601 556 1O19", "lookalike", "the letter “O”: write 0. Is it 601 556 1019?"),
    ("CO", "60l 556 1019", "lookalike", "the letter “l”: write 1."),
    ("CO", "601 556 1О19", "lookalike", "write 0"),  # A Cyrillic О.
    ("MX", "55 1234 567o", "lookalike", "Is it 55 1234 5670?"),
    ("CO", "wa.me/message/ABC123", "web_address", "“Web address”"),
    ("CO", "https://wa.me/message/ABC123", "web_address", "“Web address”"),
    ("CO", "https://chat.whatsapp.com/AbC", "web_address", "“Web address”"),
    ("CO", "+318 717 4937", "surplus_plus", "if this is 318 717 4937"),
    ("MX", "+55 1234 567", "too_short", "after the “+”"),
    ("CO", "+52 55 1234 56789", "too_long", "too many digits for +52"),
    ("CO", "+999 123 4567", "country_code", "here it is +57"),
    ("CO", "0052 1 55 1234 5678", "not_assigned", "begin with “+” if it is a foreign one"),
    ("MX", "7442727", "too_short", "for example 55 5123 4567"),
    ("US", "555-1234", "too_short", "for example (212) 555-2368"),
    ("FR", "12 34 56 78", "too_short", "for example 01 23 45 67 89"),
    ("FR", "", "empty", "01 23 45 67 89"),
]  # fmt: skip


@pytest.mark.parametrize(("region", "text", "code", "said"), REFUSED)
def test_refusal_says_what_to_write_in_this_country(region, text, code, said, organization_of):
    organization_of(region)
    with pytest.raises(ValidationError) as caught:
        phones.parse(text)
    assert caught.value.code == code
    assert said in caught.value.messages[0]


@pytest.mark.parametrize("region", COUNTRIES)
@pytest.mark.parametrize("text", ["#627", "*611", "195", "123", "010", "988", "*#", "85432"])
def test_short_code_written_as_a_number_leads_to_its_kind(region, text, organization_of):
    organization_of(region)
    with pytest.raises(ValidationError) as caught:
        phones.parse(text)
    example = COUNTRIES[region].landline
    assert caught.value.messages == [
        "This is no complete number. If it is a short code, choose the kind “Short code”; else "
        f"write all digits, for example {example}."
    ]


@pytest.mark.parametrize("country", COUNTRIES.values(), ids=COUNTRIES)
def test_examples_of_a_declaration_are_numbers_of_its_country(country, organization_of):
    organization_of(country.region)
    numbers = [phones.parse(example) for example in country.examples]
    assert len(numbers) == 3
    assert {f"+{number.country_code}" for number in numbers} == {country.calling_code}
    assert [showing.is_toll_free(number) for number in numbers] == [False, False, True]
    codes = [*country.short_codes, *country.emergency]
    assert [short_codes.read(code) for code in codes] == codes
    assert {short_codes.is_emergency(code) for code in country.emergency} == {True}
    assert {short_codes.is_emergency(code) for code in country.short_codes} == {False}


def test_no_message_names_an_example_of_one_country():
    assert [code for code, message in refusals.MESSAGES.items() if "744" in str(message)] == []


def test_country_without_a_declaration_has_the_examples_of_the_library():
    assert country_of("FR").examples == ("01 23 45 67 89", "06 12 34 56 78", "0 801 23 45 67")


# (country of the organisation, kind, value as stored, what is told before it is published)
CONCERNS = [
    ("CO", "phone", "+19005551234", ["premium_number"]),
    ("CO", "phone", "+5719001234567", ["premium_number"]),
    ("CO", "phone", "+979123456789", ["premium_number"]),
    ("CO", "phone", "+881612345678", ["satellite_number"]),
    ("CO", "phone", "+8821612345", ["satellite_number"]),
    ("CL", "phone", "+566006006000", ["shared_cost_number"]),
    ("AR", "phone", "+548102223425", ["shared_cost_number"]),
    ("EC", "phone", "+5931700123456", ["shared_cost_number"]),
    ("ES", "phone", "+34902123456", ["shared_cost_number"]),
    ("CO", "phone", "+5718000181531", []),
    ("CO", "whatsapp", "+573168731648", []),
    ("CO", "short_code", "123", ["emergency_number"]),
    ("ES", "short_code", "112", ["emergency_number"]),
    ("CO", "short_code", "195", []),
    ("CO", "short_code", "#627", []),
    ("CO", "email", "a@example.com", []),
]


@pytest.mark.parametrize(("region", "kind", "value", "codes"), CONCERNS)
def test_number_that_costs_more_or_helps_nobody_is_told(
    region, kind, value, codes, organization_of
):
    organization_of(region)
    assert [concern.code for concern in concerns(kind, value)] == codes
