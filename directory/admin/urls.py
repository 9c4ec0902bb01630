"""Pages of the back office that belong to no model; `config.urls` puts them under /admin/."""

from django.contrib import admin
from django.urls import path

from directory.admin import calendar, first_steps, organization_settings, own_account, passwords
from directory.admin.bulk import workbook

app_name = "backoffice"

urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("account/", admin.site.admin_view(own_account.show), name="account"),
    path("password/forgotten/", passwords.forgotten, name="password-forgotten"),
    path(
        "password/<str:uidb64>/<str:token>/", passwords.SetPassword.as_view(), name="password-set"
    ),
    path("settings/", organization_settings.show, name="settings"),
    path("first-steps/request-types/", first_steps.make_request_types, name="make-request-types"),
    path("first-steps/put-away/", first_steps.put_away, name="put-away-first-steps"),
    path("workbook/", workbook.workbook, name="workbook"),
    path(
        "workbook/directory.xlsx",
        workbook.workbook_download,
        {"is_empty": False},
        name="workbook-download",
    ),
    path(
        "workbook/template.xlsx",
        workbook.workbook_download,
        {"is_empty": True},
        name="workbook-template",
    ),
    path("services/<slug:slug>/preview/", calendar.preview, name="preview"),
]
