"""Pages of the back office that belong to no model; `config.urls` puts them under /admin/."""

from django.urls import path

from directory.admin import calendar, first_steps, organization_settings

app_name = "backoffice"

urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("settings/", organization_settings.show, name="settings"),
    path("first-steps/request-types/", first_steps.make_request_types, name="make-request-types"),
    path("first-steps/put-away/", first_steps.put_away, name="put-away-first-steps"),
    path("services/<slug:slug>/preview/", calendar.preview, name="preview"),
]
