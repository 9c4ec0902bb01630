"""People at work in the back office: each is a test client that is signed in."""

from django.test import Client
from django.utils import timezone

from directory.admin.confirming import CONFIRMED
from tests.factories import UserFactory


def client_of(user, **options):
    client = Client(**options)
    client.force_login(user)
    return client


def staff(*permissions, **fields):
    """Somebody with these permissions, by codename, and no others."""
    return client_of(UserFactory(is_staff=True, permissions=permissions, **fields))


def confirmed(client):
    """It, after who is signed in has confirmed it with the second factor just now."""
    session = client.session
    session[CONFIRMED] = timezone.now().isoformat()
    session.save()
    return client
