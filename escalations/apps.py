from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EscalationsConfig(AppConfig):
    name = "escalations"
    verbose_name = _("Escalations")

    def ready(self):
        from directory.admin import dashboard
        from escalations.admin import escalation_task

        # After the numbers and the hours.
        dashboard.register_task(escalation_task, order=30)
