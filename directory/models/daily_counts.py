"""Counts of what is limited by day, as rows: so limits hold across processes and machines."""

from datetime import date, timedelta

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q

KEPT_FOR = timedelta(days=1)


class DailyCountQuerySet(models.QuerySet["DailyCount"]):
    """Counts, one more at a time."""

    def take(self, day: date, digest: str, at_most: int) -> bool:
        """Count one more of what has this digest on a day, unless there were `at_most` already;
        whether it was counted. At most four statements."""
        counts = self.filter(day=day, digest=digest)
        fewer = counts.filter(count__lt=at_most)
        if fewer.update(count=F("count") + 1):
            return True
        if at_most < 1 or counts.exists():
            return False
        try:
            with transaction.atomic():
                self.create(day=day, digest=digest, count=1)
        except IntegrityError:
            # Another process was the first.
            return fewer.update(count=F("count") + 1) == 1
        return True

    def give_back(self, day: date, digest: str) -> None:
        """Count one less of what `take` counted, where it was not done after all."""
        counts = self.filter(day=day, digest=digest)
        if not counts.filter(count__gt=1).update(count=F("count") - 1):
            counts.filter(count=1).delete()

    def forget(self, day: date) -> None:
        """Delete those of days before the one before `day`."""
        self.filter(day__lt=day - KEPT_FOR).delete()


class DailyCount(models.Model):
    """How often something was done on a day. `digest` stands for what it was and by whom or for
    whom: a keyed one, from which nobody reads an address."""

    day = models.DateField()
    digest = models.CharField(max_length=64)
    count = models.PositiveIntegerField()

    objects = DailyCountQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["day", "digest"], name="dailycount_is_one_for_a_day"),
            models.CheckConstraint(name="dailycount_begins_at_one", condition=Q(count__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.count}"
