"""Escalations add to what `directory` publishes and edits; this says with what."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EscalationsConfig(AppConfig):
    """Registers the escalations with the directory."""

    name = "escalations"
    verbose_name = _("Escalations")

    def ready(self) -> None:
        """Register what this app adds to the rooms of the directory."""
        # Imported here: before, the models do not stand.
        from directory.admin import dashboard, roles, services, unused
        from directory.editions import contributions
        from directory.imports.restoring import entries
        from directory.imports.spreadsheets import directory_sheets
        from directory.upkeep import calendar
        from escalations import admin, compose
        from escalations.escalation_sheets import SHEETS
        from escalations.models import EscalationContact
        from escalations.restoring import EscalationPart
        from escalations.upcoming import absence_events

        contributions.register(
            contributions.Contribution(
                app_label=self.label,
                with_rows=compose.with_escalation,
                paths=compose.PATHS,
                compose=compose.compose,
                schedules=compose.schedules,
                texts=compose.texts,
                level_rows=compose.level_rows,
                levels_name="levels",
                absence_rows=compose.absence_rows,
            )
        )
        roles.register_capability(
            "escalations.change_escalationpolicy", 40, _("Changes escalations and absences.")
        )
        services.register_inline(admin.EscalationPolicyInline, order=10)
        services.register_inline(admin.ServiceLadderInline, order=20)
        # After the numbers and the hours.
        dashboard.register_task(admin.escalation_task, order=30)
        dashboard.register_task(admin.absence_task, order=35)
        dashboard.register_upcoming(admin.planned_absences, order=40)
        calendar.register(absence_events)
        directory_sheets.register(*SHEETS)
        entries.register(EscalationPart())
        unused.register_model(EscalationContact)
