"""What Django starts of this app."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """Registers the lookups of text, and what this app puts on the start page of staff."""

    name = "directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        from directory.admin import dashboard, dashboard_calendar, dashboard_notices, unused
        from directory.admin.four_eyes import gate, start_page
        from directory.admin.search import known_pages
        from directory.admin.second_factor import sessions
        from directory.audit import acts, people
        from directory.editions import known_key
        from directory.models import append_only, lookups, recording

        lookups.register()
        recording.register()
        people.register()
        acts.register()
        checks.register(known_key.check, checks.Tags.database)
        post_migrate.connect(append_only.renew, sender=self)
        dashboard.register()
        dashboard_calendar.register()
        dashboard_notices.register()
        unused.register()
        known_pages.register_pages()
        sessions.register()
        gate.register()
        start_page.register()
