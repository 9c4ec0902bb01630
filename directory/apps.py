"""What Django starts of this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """Registers the lookups of text, and what this app puts on the start page of staff."""

    name = "directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        from directory.admin import dashboard, dashboard_calendar, dashboard_notices, unused
        from directory.admin.search import known_pages
        from directory.models import lookups, recording

        lookups.register()
        recording.register()
        dashboard.register()
        dashboard_calendar.register()
        dashboard_notices.register()
        unused.register()
        known_pages.register_pages()
