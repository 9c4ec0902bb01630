"""Pages of the back office that belong to no model; `config.urls` puts them under /admin/."""

from django.urls import path

from directory.admin import planning

app_name = "backoffice"

urlpatterns = [
    path("calendario/", planning.calendar, name="calendar"),
    path("servicios/<slug:slug>/vista/", planning.preview, name="preview"),
]
