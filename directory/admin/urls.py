"""Pages of the back office that belong to no model; `config.urls` puts them under /admin/."""

from django.contrib import admin
from django.urls import path, re_path

from directory.admin import calendar, first_steps, organization_settings
from directory.admin.bulk import workbook

app_name = "backoffice"

urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("settings/", admin.site.admin_view(organization_settings.show), name="settings"),
    path(
        "first-steps/request-types/",
        admin.site.admin_view(first_steps.make_request_types),
        name="make-request-types",
    ),
    path(
        "first-steps/dismiss/",
        admin.site.admin_view(first_steps.dismiss),
        name="dismiss-first-steps",
    ),
    path("workbook/", workbook.workbook, name="workbook"),
    re_path(
        r"^workbook/(?P<what>directory|template)\.xlsx$",
        workbook.workbook_download,
        name="workbook-download",
    ),
    path("services/<slug:slug>/preview/", calendar.preview, name="preview"),
]
