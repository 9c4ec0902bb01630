"""What is done by the clock: `python config/deploy/scheduler.py` does all of it, for ever, where
there is neither systemd nor cron; `scheduler.py export_site` that one, now, for the timers in
`systemd/`.

Of two at one time the first in the list comes first. What fails is told in the log, and done again
when its time comes again.
"""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
COPY = "/var/lib/support-directory/mirror"


class Job(NamedTuple):
    """A command of manage.py: at an hour and minute of each day, UTC, or each so many minutes;
    where it needs a variable, only if that is set."""

    command: tuple[str, ...]
    at: tuple[int, int] | None = None
    minutes: int = 0
    needs: str = ""

    def next_after(self, moment: datetime) -> datetime:
        """When it is due next after an aware instant."""
        moment = moment.astimezone(UTC).replace(second=0, microsecond=0)
        if self.at is None:
            return moment + timedelta(minutes=self.minutes - moment.minute % self.minutes)
        due = moment.replace(hour=self.at[0], minute=self.at[1])
        return due if due > moment else due + timedelta(days=1)


JOBS = (
    Job(("export_site", COPY), minutes=10),
    Job(("settle_replacements", "--write"), at=(5, 5)),
    Job(("check_directory",), at=(10, 30)),
    Job(("sign_checkpoint",), at=(11, 15), needs="CHECKPOINT_KEY_FILE"),
    Job(("send_review_reminders",), at=(12, 0)),
)


def due_between(earlier: datetime, later: datetime) -> list[Job]:
    """The jobs whose time came after `earlier`, until `later`."""
    jobs = (job for job in JOBS if not job.needs or os.environ.get(job.needs))
    return [job for job in jobs if job.next_after(earlier) <= later]


def do(job: Job) -> int:
    """Run it; return the status with which it ended, and say so where it failed."""
    ended = subprocess.run([sys.executable, "manage.py", *job.command], cwd=ROOT, check=False)  # noqa: S603
    if ended.returncode:
        sys.stderr.write(f"scheduler: {job.command[0]} ended with {ended.returncode}\n")
    return ended.returncode


def main(names: list[str]) -> int:
    """Do the jobs of these names, and return the highest status; without a name, do
    what is due, for ever."""
    if names:
        jobs = {job.command[0]: job for job in JOBS}
        return max(do(jobs[name]) for name in names)
    seen = datetime.now(UTC)
    while True:
        time.sleep(60 - datetime.now(UTC).second)
        now = datetime.now(UTC)
        for job in due_between(seen, now):
            do(job)
        seen = now


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
