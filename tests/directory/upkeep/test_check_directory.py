"""`manage.py check_directory`: what it prints, and when it fails."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from directory.editions.publish import publish
from directory.models import Service
from tests.factories import WebFactory, complete_service
from tests.findings import accept, found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def check(*arguments):
    """Whether it succeeded, and what it printed."""
    out = StringIO()
    try:
        call_command("check_directory", *arguments, stdout=out)
    except CommandError as error:
        return str(error), out.getvalue()
    return "", out.getvalue()


def test_without_findings_it_says_so():
    assert check("--fail-level", "info") == ("", "Sin hallazgos.\n")


@pytest.mark.parametrize(
    ("level", "failure"),
    [("error", ""), *((each, "Hay 1 hallazgo por atender.") for each in ("warning", "info"))],
)
def test_it_fails_from_the_given_level_on(level, failure):
    point = WebFactory(url="http://example.com/chat", label="Chat")
    assert check("--fail-level", level) == (
        failure,
        f"Advertencia: {point}\n"
        "    La dirección empieza por http://, así que otros podrían leer lo que envía el cliente. "
        "Pruébela con https:// y, si abre, cámbiela.\n"
        "1 hallazgo.\n",
    )


def test_errors_fail_by_default():
    complete_service()
    assert check()[0] == "Hay 1 hallazgo por atender."
    publish(Service.objects.all())
    assert check()[0] == ""


def test_accepted_findings_do_not_fail_and_are_shown_when_asked_for():
    WebFactory(url="http://example.com/chat")
    accept(found("plain_http")[0])
    assert check("--fail-level", "info") == ("", "Sin hallazgos. 1 aceptado.\n")
    assert "[aceptado por ana: Acordado]" in check("-v", "2")[1]


def test_an_unknown_level_is_refused():
    with pytest.raises(CommandError):
        call_command("check_directory", "--fail-level", "grave")
