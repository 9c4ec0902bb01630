"""Pages of the back office that belong to no model; `config.urls` puts them under /admin/."""

from django.urls import path

from directory.admin import calendar

app_name = "backoffice"

urlpatterns = [
    path("calendario/", calendar.calendar, name="calendar"),
    path("servicios/<slug:slug>/vista/", calendar.preview, name="preview"),
]
