"""Django's admin with our own site, and what is checked before a deployment."""

from django.contrib.admin.apps import AdminConfig
from django.core.checks import Tags, register

from config import checks


class BackOfficeConfig(AdminConfig):
    """Django's admin with our own site: see `config.admin_site`."""

    default_site = "config.admin_site.BackOffice"

    def ready(self) -> None:
        """Register the checks of a deployment."""
        super().ready()
        register(checks.deployment, Tags.security, deploy=True)
