"""Escalations add to what `directory` publishes and edits; this says with what."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EscalationsConfig(AppConfig):
    """Registers the escalations with the directory."""

    name = "escalations"
    verbose_name = _("Escalations")

    def ready(self) -> None:
        """Register what this app adds. Imported here: the models do not stand before."""
        from directory.editions import extensions
        from escalations import admin, compose

        extensions.register(
            extensions.Extension(
                app_label=self.label,
                with_rows=compose.with_escalation,
                compose=compose.compose,
                schedules=compose.schedules,
                texts=compose.texts,
                level_rows=compose.level_rows,
                service_inlines=(admin.EscalationPolicyInline,),
                tasks=(admin.escalation_task,),
            )
        )
