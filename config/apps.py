"""Django's admin with our own site."""

from django.contrib.admin.apps import AdminConfig


class BackOfficeConfig(AdminConfig):
    """Django's admin with our own site: see `config.admin_site`."""

    default_site = "config.admin_site.BackOffice"
