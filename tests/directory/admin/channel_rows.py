"""The rows of channels in the form of their service, typed and read."""

from directory.models import Service
from tests.addresses import add_url
from tests.factories import ChannelFactory, EmailFactory, PhoneFactory, ServiceFactory
from tests.html import submit


def rows(*typed):
    """What is typed into the rows of a form, as it is sent."""
    return {
        f"channels-{number}-{name}": value
        for number, row in enumerate(typed)
        for name, value in row.items()
    }


def added(client, *typed):
    """The service that is added with these channels."""
    answer = submit(client, add_url(Service), name="Uno", slug="uno", **rows(*typed))
    assert answer.status_code == 302, answer.context["problems"]
    return Service.objects.get(slug="uno")


def errors(response, number=0):
    """The errors of the row's fields."""
    formset = response.context["inline_admin_formsets"][0].formset
    return {name: list(texts) for name, texts in formset.forms[number].errors.items()}


def service_with_a_row():
    """A service of one channel with two contacts of which everything is stated."""
    service = ServiceFactory(name="Uno", slug="uno")
    numbers = [PhoneFactory(phone="+576017442727", label="Línea"), EmailFactory(email="a@b.co")]
    channel = ChannelFactory(service=service, code="tel", contacts=numbers)
    channel.contact_uses.filter(contact_point=numbers[0]).update(
        label="Mesa", extensions="1107, 12", menu_options="Opción 2"
    )
    return service
