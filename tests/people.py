"""People at work in the back office: each is a test client that is signed in."""

from django.test import Client

from tests.factories import UserFactory


def client_of(user, **options):
    client = Client(**options)
    client.force_login(user)
    return client


def staff(*permissions, **fields):
    """Somebody with these permissions, by codename, and no others."""
    return client_of(UserFactory(is_staff=True, permissions=permissions, **fields))
