"""Sessions of the back office, with whose they are and where: so their owners can close them.

Django's documented way of extending sessions in the database: SESSION_ENGINE names this module.
"""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

# In the data of a session: when somebody signed in, from where and with what.
BEGUN = "begun"
ADDRESS = "address"
AGENT = "agent"
AGENT_LENGTH = 400


def ends_at(begun: datetime, used: datetime) -> datetime:
    """When a session ends that began and was last used at these instants: after the idle time, and
    whatever happens after SESSION_COOKIE_AGE."""
    idle = used + timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    return min(idle, begun + timedelta(seconds=settings.SESSION_COOKIE_AGE))


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions by whose they are."""

    def alive(self, at: datetime) -> Self:
        """Those that have not ended at an aware instant."""
        return self.filter(expire_date__gt=at)

    def of(self, person: AbstractBaseUser, but: str | None = None) -> Self:
        """Those of a person, except the one with the key `but`."""
        return self.filter(user_id=person.pk).exclude(session_key=but or "")

    def use(self, key: str, begun: datetime, at: datetime) -> None:
        """Write down that a session is used at an aware instant, if that is a minute after the
        last one. One statement, which leaves the data of the session alone."""
        self.filter(session_key=key, used_at__lte=at - timedelta(minutes=1)).update(
            used_at=at, expire_date=ends_at(begun, at)
        )

    def forget(self, at: datetime) -> None:
        """Delete those that ended before an aware instant."""
        self.filter(expire_date__lte=at).delete()


class SessionManager(BaseSessionManager.from_queryset(SessionQuerySet)):  # type: ignore[misc]
    """Django's manager, with the queries of `SessionQuerySet`."""


class Session(AbstractBaseSession):
    """A session; `user` is None until somebody has signed in."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    begun_at = models.DateTimeField()
    used_at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=AGENT_LENGTH, blank=True)

    objects: ClassVar[Any] = SessionManager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        default_permissions = ()

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        """What Django asks of a model of sessions."""
        return SessionStore

    @property
    def name(self) -> str:
        """What stands for the session in forms: its key is never shown."""
        return salted_hmac("directory.models.sessions", self.session_key).hexdigest()[:32]


class SessionStore(DatabaseStore):
    """Sessions in the table of `Session`, which end after idle time."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row for the data of a session."""
        row: Any = super().create_model_instance(data)
        now = timezone.now()
        row.begun_at, row.used_at = begun_in(data) or now, now
        row.expire_date = ends_at(row.begun_at, now)
        row.user_id = data.get(SESSION_KEY)
        row.address, row.agent = data.get(ADDRESS) or None, data.get(AGENT, "")
        return row


def begun_in(data: Any) -> datetime | None:
    """When somebody signed in, from the data of a session; None if nobody has."""
    return datetime.fromisoformat(data[BEGUN]) if BEGUN in data else None
