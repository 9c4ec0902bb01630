"""The way back of the last administrator."""

import pytest
from django.core.management import CommandError, call_command
from django_otp.plugins.otp_totp.models import TOTPDevice

from directory.models import AuditEntry, Event, Session
from tests.people import client_of
from tests.second_factors import person, recovery_codes, with_app

pytestmark = pytest.mark.django_db


def test_whoever_has_the_server_removes_second_factors(capsys):
    eva = person()
    client_of(eva)
    with_app(eva)
    recovery_codes(eva)
    call_command("reset_second_factor", "eva")
    assert "configura otro" in capsys.readouterr().out
    assert not TOTPDevice.objects.exists()
    assert not Session.objects.exists()
    assert AuditEntry.objects.filter(event=Event.FACTOR_RESET, about_name="eva").count() == 1


def test_a_name_that_nobody_has_is_told():
    with pytest.raises(CommandError, match="nadie"):
        call_command("reset_second_factor", "nadie")
