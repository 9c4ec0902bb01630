"""Writes down when sessions of staff are used: they end after idle time."""

import logging
from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from config.database_errors import is_outage
from directory.models import Session
from directory.models.sessions import begun_in

logger = logging.getLogger(__name__)
ONCE_IN = 60


class SessionsInUseMiddleware:
    """Once a minute, for a request that looked at the session. A process that has written it down
    does not ask within that minute; of several, the one that comes first writes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.session.accessed and not request.session.modified:
            try:
                note_use(request)
            except DatabaseError as error:
                # What was asked for has its answer; the session only ends sooner.
                if not is_outage(error):
                    raise
                logger.warning("That a session is in use was not written down: %s", error)
        return response


def note_use(request: HttpRequest) -> None:
    """Write down that the session of a request is in use, unless that was written a moment ago."""
    key, begun = request.session.session_key, begun_in(request.session)
    if not key or begun is None or SESSION_KEY not in request.session:
        return
    if cache.add(cache_key(key), 1, ONCE_IN):
        Session.objects.use(key, begun, timezone.now())


def cache_key(key: str) -> str:
    """Where a process remembers that the session with a key is in use."""
    return f"session-in-use:{salted_hmac('directory.admin.sessions_in_use', key).hexdigest()}"
