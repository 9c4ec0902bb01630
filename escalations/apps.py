from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EscalationsConfig(AppConfig):
    name = "escalations"
    verbose_name = _("Escalations")

    def ready(self) -> None:
        """Register what the app adds to the directory."""
        from directory.imports.spreadsheets.directory_sheets import register
        from escalations.escalation_sheets import EscalationContactSheet

        register(EscalationContactSheet)
