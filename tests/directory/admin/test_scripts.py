"""Scripts of pages: what one needs of another is there before it."""

import pytest

from directory.models import ContactPoint, Service
from tests.addresses import list_url
from tests.factories import PhoneFactory, ServiceFactory


@pytest.mark.django_db
def test_pages_with_a_calendar_have_its_words(admin_client):
    service, phone = ServiceFactory(), PhoneFactory()
    for path in (
        f"{list_url(Service)}{service.pk}/end/",
        f"{list_url(ContactPoint)}replace/?ids={phone.pk}",
    ):
        page = admin_client.get(path).content.decode()
        if "calendar.js" in page:
            assert page.index("/admin/jsi18n/") < page.index("calendar.js"), path
