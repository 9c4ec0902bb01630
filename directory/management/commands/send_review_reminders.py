"""Write to each owner what is due for review, once per period, and what customers reported; to
followers what changed."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config import mail
from config.origin import origin
from directory.following import news
from directory.upkeep import reviews


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help=_("only say whom it would write to")
        )

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        """Write the mails, or with --dry-run only say to whom and how many."""
        if not dry_run and mail.is_for_nobody():
            raise CommandError(
                _("Nobody was written to, and nothing counts as told: set EMAIL_URL to a server.")
            )
        failed = self._tell_followers(dry_run)
        if settings.PRODUCTION and not settings.BACK_OFFICE_URL:
            failed.append(
                _(
                    "BACK_OFFICE_URL is not set: the links in the mails would lead nowhere. Set it "
                    "to the address of the site, such as https://support.example.com."
                )
            )
        else:
            failed += self._remind_owners(dry_run)
        if failed:
            raise CommandError("\n".join(failed))

    def _tell_followers(self, dry_run: bool) -> list[str]:
        """Mail what changed. Returns what went wrong, a line each."""
        if dry_run:
            count, failed = news.waiting(), []
            words = ngettext(
                "%d mail to followers would be sent.", "%d mails to followers would be sent.", count
            )
        else:
            outcome = news.send(timezone.now())
            count, failed = outcome.sent, outcome.failed
            words = ngettext("%d mail to followers sent.", "%d mails to followers sent.", count)
        if count:
            self.stdout.write(words % count)
        return [_("Not told: %s.") % "; ".join(failed)] if failed else []

    def _remind_owners(self, dry_run: bool) -> list[str]:
        """Mail what is due for review, and what customers reported. Returns what went wrong, a line
        each."""
        today = timezone.localdate()
        sent, failed = 0, []
        for reminder in reviews.reminders(today):
            name = reminder.owner.get_username()
            if not reminder.owner.email:
                failed.append(_("%s has no e-mail address") % name)
                continue
            if not dry_run and not reviews.may_remind(reminder, today):
                continue
            self.stdout.write(_("To %(name)s (%(email)s): %(what)s") % {
                "name": name, "email": reminder.owner.email, "what": _counted(reminder),
            })  # fmt: skip
            if not dry_run:
                try:
                    _send(reminder)
                except (OSError, ValueError) as error:
                    # Also what smtplib raises, and what no mail can carry. The others are
                    # written to all the same.
                    reviews.was_not_reminded(reminder, today)
                    failed.append(f"{name}: {error}")
                    continue
                reviews.mark_reminded(reminder, today)
            sent += 1
        done = (
            ngettext("%d mail would be sent.", "%d mails would be sent.", sent)
            if dry_run
            else ngettext("%d mail sent.", "%d mails sent.", sent)
        )
        self.stdout.write(done % sent)
        return [_("Not reminded: %s.") % "; ".join(failed)] if failed else []


def _send(reminder: reviews.Reminder) -> None:
    context = {
        "name": reminder.owner.get_short_name() or reminder.owner.get_username(),
        "reminder": reminder,
        "back_office": settings.BACK_OFFICE_URL or origin(),
    }
    sent = send_mail(
        subject=_("Support directory: %s") % _counted(reminder),
        message=render_to_string("admin/mail/review_reminder.txt", context),
        from_email=None,
        recipient_list=[reminder.owner.email],
    )
    if not sent:
        raise OSError(_("the mail server took no mail"))


def _counted(reminder: reviews.Reminder) -> str:
    services, points = len(reminder.services), len(reminder.contact_points)
    reported = len(reminder.reported)
    parts = []
    if reported:
        parts.append(
            ngettext(
                "%d contact point reported by customers",
                "%d contact points reported by customers",
                reported,
            )
            % reported
        )
    if services:
        parts.append(ngettext("%d service to review", "%d services to review", services) % services)
    if points:
        parts.append(
            ngettext("%d contact point to try", "%d contact points to try", points) % points
        )
    return ", ".join(parts)
