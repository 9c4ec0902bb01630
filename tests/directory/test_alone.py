"""The directory without the app of escalations: it starts, publishes, and shows and edits pages."""

import json
import subprocess
import sys

from tests.environment import ROOT, environment_with

ALONE = """
import config.settings
config.settings.INSTALLED_APPS.remove("escalations")
config.settings.ALLOWED_HOSTS.append("testserver")
import django
django.setup()

import json
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from directory import models
from directory.editions.publish import publish
from directory.upkeep.checks.runs import run_checks
from tests.addresses import INDEX, list_url

call_command("check", fail_level="WARNING")
call_command("migrate", verbosity=0)
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
service = models.Service.objects.create(slug="mesa", name="Mesa", is_published=True)
schedule = models.Schedule.objects.create(code="siempre", name="Siempre", always_open=True)
channel = models.Channel.objects.create(
    service=service, code="web", medium="portal", title="Portal", schedule=schedule
)
everything = models.RequestType.objects.create(code="todas", name="Todas", covers_all=True)
channel.request_types.add(everything)
publish(models.Service.objects.all())
run_checks()
client = Client()
client.force_login(get_user_model().objects.create_superuser("a"))
paths = ["/", "/servicios/mesa/", "/servicios/mesa/contactos.vcf", "/api/v1/services/mesa/", INDEX]
paths += [list_url(model) for model in admin.site._registry]
found = [*models.Finding.objects.order_by("code").values_list("code", flat=True)]
told = [path for path in paths if client.get(path).status_code != 200]
print(json.dumps([told, found, "Portal" in client.get("/servicios/mesa/").content.decode()]))
"""


def test_directory_works_without_escalations(tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", ALONE],
        cwd=ROOT,
        env=environment_with(
            DATABASE_URL=f"sqlite:///{tmp_path / 'db.sqlite3'}",
            DJANGO_SETTINGS_MODULE="config.settings",
        ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    # Nothing is missed of an escalation that nobody can enter.
    failed, found, is_shown = json.loads(run.stdout.splitlines()[-1])
    assert (failed, found, is_shown) == ([], ["channel_without_contact"], True)
