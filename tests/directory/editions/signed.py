"""Checkpoints that tests sign: where their key is, and how."""

import io
from datetime import UTC, datetime

from django.core.management import call_command

from directory.editions.checkpoints import keys
from directory.editions.checkpoints.signing import sign
from directory.editions.publish import publish
from directory.models import Service
from tests.factories import complete_service

NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)
NEXT_DAY = datetime(2026, 11, 24, 17, tzinfo=UTC)
LATER = datetime(2026, 11, 25, 17, tzinfo=UTC)
SITE = "https://soporte.example.com"


def made_key(settings, path):
    """A key in a file, as `--make-key` makes it, that the settings name."""
    settings.PUBLIC_URL = SITE
    call_command("sign_checkpoint", make_key=path, stdout=io.StringIO(), stderr=io.StringIO())
    settings.CHECKPOINT_KEY_FILE = str(path)
    return keys.load(path)


def published(slug, *names, at=NOON):
    """A service with an edition for each name, published at one instant."""
    service = complete_service(slug=slug)
    for name in names or ("Uno",):
        Service.objects.filter(pk=service.pk).update(name=name)
        publish(Service.objects.all(), at=at)
    return service


def signed(key, at=NOON, **options):
    """A new checkpoint."""
    checkpoint, is_new = sign(key, at, **options)
    assert is_new
    return checkpoint
