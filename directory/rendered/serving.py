"""The WSGI application around Django's: gives what is kept, and asks Django for the rest.

Nothing that a client sends gets into an answer that others are given: Django is asked with a
request that is made of the question alone.
"""

import io
import logging
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from threading import Event, Lock
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from config import availability, metrics
from config.database_errors import is_outage
from config.request_ids import KEY as REQUEST_ID
from config.request_ids import given_id, new_id
from directory.editions import last_known
from directory.rendered import versions
from directory.rendered.answers import Answer
from directory.rendered.memory import Memory
from directory.rendered.questions import Question, Questions
from directory.rendered.shared import Shared

logger = logging.getLogger(__name__)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# Stands for the version while the database is away: what is known then is told with its time.
AWAY = ""
# So long somebody waits for who renders the same, then renders it too (seconds): who waits has a
# thread, and may be the last one.
PATIENCE = availability.SOON
# So long a version is taken to be current where as many ask for it already as may.
CONFIRMED_FOR = 60.0
# What takes longer is as good as away, for who reads.
ANSWERED_IN = 2.0


@dataclass(slots=True)
class Kept:
    """An answer, and when its version was current last, by the steady clock."""

    answer: Answer
    confirmed_at: float

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return self.answer.size


class Serving:
    """Answers from a memory of so many megabytes, which processes share where there is `shared`."""

    def __init__(self, django: Application, megabytes: int, shared: Shared | None = None) -> None:
        self.django = django
        self.memory: Memory[Kept] = Memory(megabytes * 1024 * 1024)
        self.shared = shared
        self._rendering: dict[tuple[Question, str], Event] = {}
        self._lock = Lock()

    @cached_property
    def questions(self) -> Questions:
        """Made when the first is asked: addresses are known once all is loaded."""
        return Questions()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        question = self.questions.read(environ)
        if question is None:
            return self.django(environ, start_response)
        request_id = given_id(environ) or new_id()
        answer = self.answer(question, request_id)
        if answer is None:
            return self.django(environ, start_response)
        status, headers, body = answer.given(environ, request_id, time.time())
        start_response(status, headers)
        return [body]

    def answer(self, question: Question, request_id: str) -> Answer | None:
        """What is kept, or rendered now; None where Django is to be asked as it is."""
        try:
            version = self.version(question)
            if version is None:
                return None
            found = self.kept(question, version)
            metrics.note_kept_answer(is_kept=found is not None)
            return found or self.rendered(question, version, request_id)
        except availability.NoPlace:
            return self.lately_confirmed(question)

    def version(self, question: Question) -> str | None:
        """Which version is current; AWAY while the database does not answer, None where there is no
        such service, and where the database fails otherwise. Raises NoPlace."""
        if availability.is_away():
            return AWAY
        try:
            with availability.place(seconds=ANSWERED_IN):
                version = versions.version(question)
        except (DatabaseError, InterfaceError) as error:
            if not is_outage(error):
                return None
            logger.warning("The database does not answer: %s", error)
            availability.note_away()
            return AWAY
        if question.slug and version:
            last_known.confirm(question.slug, version.partition(".")[0])
        return version

    def kept(self, question: Question, version: str) -> Answer | None:
        """The answer in memory, if it is of this version and holds now."""
        found = self.memory.get((question, version == AWAY))
        if not found or found.answer.version != version or not found.answer.holds_at(time.time()):
            return None
        found.confirmed_at = time.monotonic()
        return found.answer

    def lately_confirmed(self, question: Question) -> Answer | None:
        """The answer in memory, if it holds and its version was current a moment ago."""
        found = self.memory.get((question, False))
        if not found or not found.answer.holds_at(time.time()):
            return None
        is_current = time.monotonic() - found.confirmed_at < CONFIRMED_FOR
        return found.answer if is_current else None

    def rendered(self, question: Question, version: str, request_id: str) -> Answer:
        """The answer, rendered once for all who ask meanwhile."""
        with self._one_at_a_time(question, version):
            if found := self.kept(question, version) or self._from_others(question, version):
                return found
            return self.render(question, version, request_id)

    def render(self, question: Question, version: str, request_id: str) -> Answer:
        """Django's answer to the question, kept where it may be."""
        made_at = time.time()
        response: Any = self.django(request_of(question, request_id), _nobody)
        try:
            answer = Answer.of(response, version, made_at)
        finally:
            response.close()
        if not answer.may_be_kept:
            return answer
        # What is known while the database is away says so, and is nothing to keep longer.
        is_away = version == AWAY
        if is_away != answer.is_of_outage:
            return answer
        if is_away:
            answer = answer.until_at_most(made_at + availability.AWAY_FOR)
        self._keep(question, answer)
        if self.shared and not is_away:
            self.shared.put(question, answer)
        return answer

    def _keep(self, question: Question, answer: Answer) -> None:
        key = question, answer.version == AWAY
        self.memory.put(key, Kept(answer, time.monotonic()))

    def _from_others(self, question: Question, version: str) -> Answer | None:
        """The answer that another process has rendered."""
        found = self.shared.get(question, version) if self.shared and version != AWAY else None
        if not found or not found.holds_at(time.time()):
            return None
        self._keep(question, found)
        return found

    @contextmanager
    def _one_at_a_time(self, question: Question, version: str) -> Iterator[None]:
        """The block, once nobody else is in it for the same; but nobody is waited for long."""
        key = question, version
        with self._lock:
            other = self._rendering.get(key)
            mine = self._rendering.setdefault(key, Event())
        if other:
            other.wait(PATIENCE)
            yield
            return
        try:
            yield
        finally:
            with self._lock:
                del self._rendering[key]
            mine.set()


def request_of(question: Question, request_id: str) -> Environ:
    """The request that asks a question, and says nothing else."""
    # Where no answer depends on it, any that is served.
    host = question.host or settings.ALLOWED_HOSTS[0].lstrip(".")
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": question.path,
        "QUERY_STRING": question.query,
        "SERVER_NAME": host,
        "SERVER_PORT": "443" if question.scheme == "https" else "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": host,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": question.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        REQUEST_ID: request_id,
    }


def _nobody(*args: Any) -> None:
    """Takes what an application tells its server: the response says it too."""


def serving(django: Application) -> Serving:
    """Django as it is served, by the settings."""
    shared = Shared() if settings.CACHE_URL else None
    return Serving(django, settings.ANSWERS_MEMORY_MB, shared)
