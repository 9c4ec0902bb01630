"""The attack on what was erased: to guess its few unknown digits from all that is still told.

Who knows the page knows all of its document but some digits of a mobile, and tries them all. The
digest of a document without a nonce would tell which ones they were.
"""

import hashlib
import json
import re
from datetime import timedelta

import pytest
from django.forms.models import model_to_dict
from django.urls import reverse

from directory.editions.withdrawals.erase import erase
from directory.models import CurrentEdition, Edition
from tests.directory.withdrawals import NOW, PRIVATE, address, auditor, withdraw_edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march")]

KNOWN, UNKNOWN = PRIVATE[:-3], range(1000)


def public(client):
    """All that public pages and the API say of the editions."""
    pages = [
        *(address("edition-detail", number) for number in (1, 2, 3)),
        *(address("edition-changes", number) for number in (1, 2, 3)),
        *map(address, ("edition-list", "changes-feed", "service-detail", "calendar")),
        reverse("api:edition-list", args=["servicio"]),
        *(reverse("api:edition-detail", args=["servicio", number]) for number in (1, 2, 3)),
    ]
    return [client.get(page).content.decode() for page in pages]


def told(client):
    """All that is public, and all that the rows of the editions have."""
    rows = [model_to_dict(each) for each in Edition.objects.all()]
    rows += [model_to_dict(each) for each in CurrentEdition.objects.all()]
    hidden = [each.nonce + each.seal + each.erasure_seal for each in Edition.objects.all()]
    return "\n".join([*public(client), str(rows), *hidden])


def guessed(template, text):
    """The mobiles of which a digest, of their document alone or with anything that is told, stands
    in a text."""
    digests = set(re.findall(r"[0-9a-f]{64}", text))
    # With each word that could be a nonce, as the formula says.
    salts = [None, "", *digests]
    found = set()
    for number in UNKNOWN:
        mobile = f"{KNOWN}{number:03}"
        document = template.replace(PRIVATE, mobile)
        for salt in salts:
            content = document if salt is None else f"{salt}\n{document}"
            if hashlib.sha256(content.encode()).hexdigest() in digests:
                found.add(mobile)
    return found


def withdraw_and_erase(service, number):
    withdraw_edition(service, number)
    erase(service.editions.filter(number=number), auditor(), NOW + timedelta(days=365))


def test_nothing_of_a_withdrawn_edition_can_be_guessed_by_customers(thrice, client):
    """Its document is there for auditors, and its nonce is told to nobody."""
    template = Edition.objects.get(number=2).document
    withdraw_edition(thrice, 2)
    assert guessed(template, "\n".join(public(client))) == set()


def test_nothing_of_an_erased_edition_can_be_guessed(thrice, client):
    template = Edition.objects.get(number=2).document
    assert PRIVATE in template
    # The attack works on what is published: the nonce is told with it.
    assert guessed(template, told(client)) == {PRIVATE}
    withdraw_and_erase(thrice, 2)
    edition = Edition.objects.get(number=2)
    assert (edition.document, edition.nonce, edition.search_text) == ("", "", "")
    text = told(client)
    assert edition.document_digest in text
    assert guessed(template, text) == set()
    # The digest of former days, of the document alone, told it at once.
    former = hashlib.sha256(template.encode()).hexdigest()
    assert guessed(template, f"{text} {former}") == {PRIVATE}


def test_the_api_says_nothing_of_what_was_erased_but_what_the_chain_needs(thrice, client):
    withdraw_and_erase(thrice, 2)
    answer = json.loads(client.get(reverse("api:edition-detail", args=["servicio", 2])).content)
    assert (answer["document"], answer["proof"]["text"], answer["proof"]["nonce"]) == (None,) * 3
    assert answer["proof"]["document_digest"] == Edition.objects.get(number=2).document_digest
