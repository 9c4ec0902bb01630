"""How often something was tried in vain, as rows: so limits hold across processes and machines."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q

# The longest that a count holds.
WINDOW = timedelta(hours=1)
# How much the clocks of processes and machines may differ; and of many at once the one that read
# its clock first may count last.
SKEW = timedelta(minutes=5)


class TryCountQuerySet(models.QuerySet["TryCount"]):
    """Counts of tries. A count holds for WINDOW, or less, from its first try; what is tried after
    it is full does not make it longer."""

    def open(self, at: datetime, window: timedelta = WINDOW) -> "TryCountQuerySet":
        """Those that hold at an aware instant. What was counted much later, by a clock that was
        put back since, does not."""
        return self.filter(since__gt=at - window, since__lte=at + SKEW)

    def full(self, at: datetime) -> "TryCountQuerySet":
        """Those that let nobody try at an aware instant."""
        return self.open(at).filter(count__gte=F("at_most"))

    def take(
        self,
        digest: str,
        at_most: int,
        at: datetime,
        kind: str,
        user_id: int | None = None,
        window: timedelta = WINDOW,
    ) -> bool:
        """Count a try at an aware instant, unless there were `at_most` already; whether it was
        counted. Before what is tried is looked at, so that many at once are not more than
        allowed. At most four statements."""
        counts = self.filter(digest=digest)
        fewer = counts.open(at, window).filter(count__lt=at_most)
        if fewer.update(count=F("count") + 1):
            return True
        # Not any that is open: another process may have made it since the first statement.
        if counts.open(at, window).filter(count__gte=at_most).exists():
            return False
        over = counts.exclude(pk__in=counts.open(at, window).values("pk"))
        if over.update(count=1, at_most=at_most, since=at, kind=kind, user_id=user_id):
            return True
        try:
            with transaction.atomic():
                self.create(
                    digest=digest,
                    count=1,
                    at_most=at_most,
                    since=at,
                    kind=kind,
                    user_id=user_id,
                )
        except IntegrityError:
            # Another process was the first.
            return fewer.update(count=F("count") + 1) == 1
        return True

    def give_back(self, digest: str) -> None:
        """Count one less: it was no try in vain."""
        self.filter(digest=digest, count__gt=0).update(count=F("count") - 1)

    def forget(self, at: datetime) -> None:
        """Delete those that hold no more at an aware instant."""
        self.filter(since__lte=at - WINDOW).delete()


class TryCount(models.Model):
    """How often something was tried in vain since an instant. `digest` stands for what and by whom:
    a keyed one, from which nobody reads a name or an address. `kind` is what was tried: a password,
    a code; `user` whose account it was tried on, where there is one."""

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=20)
    count = models.PositiveIntegerField()
    at_most = models.PositiveIntegerField()
    since = models.DateTimeField(db_index=True)

    objects = TryCountQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="trycount_is_not_negative", condition=Q(count__gte=0))
        ]

    def __str__(self) -> str:
        return f"{self.since}: {self.count}"
