import pytest
from django.test import Client


@pytest.fixture
def people(django_user_model):
    """Two people at work in the back office: the clients of ana and beto."""
    clients = []
    for name in ("ana", "beto"):
        client = Client()
        client.force_login(django_user_model.objects.create_superuser(name))
        clients.append(client)
    return clients
