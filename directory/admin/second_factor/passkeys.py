"""Passkeys: what the browser is asked, and how its answer is read (https://www.w3.org/TR/webauthn-3/).

What is asked is a challenge that is good once, for some minutes, in one session, for one purpose.
"""

import json
import logging
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import webauthn
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from config.origin import origin
from directory.audit.log import note
from directory.models import Event, Passkey

logger = logging.getLogger(__name__)

# In the session, with what for.
ASKED = "passkey_asked"
FOR = timedelta(minutes=5)
LONGEST_ANSWER = 20_000
AT_MOST = 20

# What for: to come in with it alone, after the password, before a risky act; to add another.
ALONE, SECOND, CONFIRM, ADD = "alone", "second", "confirm", "add"


class Refused(Exception):
    """A passkey was not accepted; the text says why, and what to do."""


class NotAsked(Refused):
    """Nobody asked this browser for a passkey, or it has answered that already."""


def site(request: HttpRequest) -> str:
    """The origin that passkeys of the back office are bound to: that of BACK_OFFICE_URL, else of
    PUBLIC_URL; where neither is set, in local mode, that of the request."""
    parts = urlsplit(settings.BACK_OFFICE_URL or origin(request))
    return f"{parts.scheme}://{parts.netloc}"


def relying_party(request: HttpRequest) -> str:
    """The host name that passkeys are bound to, without a port."""
    return urlsplit(site(request)).hostname or ""


def why_not_here(request: HttpRequest) -> str:
    """Why this page cannot use passkeys; empty if it can. They are bound to one address, which has
    a name: “localhost”, but not 127.0.0.1."""
    here = f"{request.scheme}://{request.get_host()}"
    host = relying_party(request)
    if site(request) != here:
        return _("Passkeys only work at %(address)s.") % {"address": site(request)}
    if host.replace(".", "").isdigit() or ":" in host:
        return _("Passkeys need an address with a name: open this page as %(address)s.") % {
            "address": here.replace(host, "localhost") + "/admin/"
        }
    return ""


def ask_to_use(request: HttpRequest, purpose: str, person: User | None) -> dict[str, Any]:
    """What the browser is asked, so that it uses a passkey of a person, or, for ALONE, any of this
    site that knows whose it is."""
    allowed = None if person is None else _described(person)
    is_alone = purpose == ALONE
    options = webauthn.generate_authentication_options(
        rp_id=relying_party(request),
        allow_credentials=allowed,
        user_verification=UserVerificationRequirement.REQUIRED
        if is_alone
        else UserVerificationRequirement.PREFERRED,
    )
    return _asked(request, purpose, options)


def ask_to_add(request: HttpRequest, person: User) -> dict[str, Any]:
    """What the browser is asked, so that it makes a passkey for a person."""
    options = webauthn.generate_registration_options(
        rp_id=relying_party(request),
        rp_name=settings.ORGANIZATION.name or relying_party(request),
        # No name and no address: it is stored in phones (WebAuthn, 14.6.1).
        user_id=salted_hmac("directory.admin.passkeys", str(person.pk)).digest(),
        user_name=person.get_username(),
        user_display_name=person.get_full_name() or person.get_username(),
        exclude_credentials=_described(person),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    return _asked(request, ADD, options)


def use(request: HttpRequest, purpose: str, answer: str, person: User | None) -> Passkey:
    """The passkey that the browser's answer proves to be there, one of `person` if that is given.
    Raises Refused."""
    challenge = _take(request, purpose)
    credential = _read(answer)
    found = Passkey.objects.select_related("user").filter(credential_id=credential["id"])
    passkey = (found.filter(user=person) if person else found).first()
    if passkey is None or not (passkey.user.is_active and passkey.user.is_staff):
        raise Refused(_("This passkey is not (any more) one of an account here."))
    try:
        verified = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=relying_party(request),
            expected_origin=site(request),
            credential_public_key=bytes(passkey.public_key),
            # Counted below, where it is put on record.
            credential_current_sign_count=0,
            require_user_verification=purpose == ALONE,
        )
    except Exception as error:
        # What the browser sent is anybody's, and the library meets it with errors of many kinds.
        raise _not_understood(error) from error
    _count(request, passkey, verified.new_sign_count)
    return passkey


def add(request: HttpRequest, answer: str, person: User, name: str) -> Passkey:
    """Store the passkey that the browser has made. Raises Refused."""
    challenge = _take(request, ADD)
    credential = _read(answer)
    try:
        verified = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=relying_party(request),
            expected_origin=site(request),
        )
        transports = [str(each)[:20] for each in credential["response"].get("transports", [])][:8]
    except Exception as error:
        raise _not_understood(error) from error
    credential_id = bytes_to_base64url(verified.credential_id)
    if Passkey.objects.filter(credential_id=credential_id).exists():
        raise Refused(_("This passkey is stored already."))
    if Passkey.objects.filter(user=person).count() >= AT_MOST:
        raise Refused(_("There are %(count)d passkeys: remove one before.") % {"count": AT_MOST})
    return Passkey.objects.create(
        user=person,
        name=name,
        credential_id=credential_id,
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
        transports=transports,
    )


def _asked(request: HttpRequest, purpose: str, options: Any) -> dict[str, Any]:
    challenge = bytes_to_base64url(options.challenge)
    request.session[f"{ASKED}_{purpose}"] = [challenge, timezone.now().isoformat()]
    asked: dict[str, Any] = json.loads(webauthn.options_to_json(options))
    return asked


def _take(request: HttpRequest, purpose: str) -> bytes:
    """The challenge, which is good no more then."""
    challenge, at = request.session.pop(f"{ASKED}_{purpose}", ("", ""))
    if not challenge:
        raise NotAsked(_("That was used already, or asked for in another window: try once more."))
    # Before anything else: it is gone also where what follows fails.
    request.session.save()
    if timezone.now() - datetime.fromisoformat(at) > FOR:
        raise Refused(_("That took too long: try once more."))
    return base64url_to_bytes(challenge)


def _read(answer: str) -> dict[str, Any]:
    try:
        credential = json.loads(answer[:LONGEST_ANSWER])
        is_one = isinstance(credential["id"], str) and isinstance(credential["response"], dict)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _not_understood(error) from error
    if not is_one or "\0" in credential["id"]:
        raise _not_understood(None)
    return dict(credential)


def _not_understood(error: Exception | None) -> Refused:
    logger.info("A passkey was refused: %s", error)
    return Refused(_("The passkey was not accepted: try once more, or another way."))


def _count(request: HttpRequest, passkey: Passkey, count: int) -> None:
    """Store how often the authenticator says that it was used. A copy of it does not know how often
    the other one was (WebAuthn, 6.1.1): then neither is accepted."""
    before = passkey.sign_count
    went_back = (count or before) and count <= before
    stored = Passkey.objects.filter(pk=passkey.pk, sign_count=before)
    if went_back or not stored.update(sign_count=count, used_at=timezone.now()):
        person = passkey.user
        note(Event.FACTOR_FAILED, request=request, about=person, stored=before, sent=count)
        raise Refused(
            _(
                "This passkey may have been copied, and was not accepted. Come in another way, "
                "remove it, and tell whoever manages people."
            )
        )


def _described(person: User) -> list[PublicKeyCredentialDescriptor]:
    known = {each.value for each in AuthenticatorTransport}
    return [
        PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(passkey.credential_id),
            transports=[
                AuthenticatorTransport(each) for each in passkey.transports if each in known
            ],
        )
        for passkey in Passkey.objects.filter(user=person)
    ]
