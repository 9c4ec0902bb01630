"""Pages of the back office that belong to no model; `config.urls` puts them under /admin/."""

from django.urls import path

from directory.admin import calendar

app_name = "backoffice"

urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("services/<slug:slug>/preview/", calendar.preview, name="preview"),
]
