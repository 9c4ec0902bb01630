"""The public pages; `config.urls` puts the English ones under /en/."""

from django.urls import path

from directory.public import edition_views, feeds, file_views, views
from directory.public.read_only import read_only

app_name = "directory"

urlpatterns = [
    path("", views.service_list, name="service-list"),
    path("offline.html", views.offline, name="offline"),
    path("servicios/<slug:slug>/", views.service_detail, name="service-detail"),
    path("servicios/<slug:slug>/ediciones/", edition_views.edition_list, name="edition-list"),
    path(
        "servicios/<slug:slug>/ediciones/<int:number>/",
        edition_views.edition_detail,
        name="edition-detail",
    ),
    path(
        "servicios/<slug:slug>/ediciones/<int:number>/cambios/",
        edition_views.edition_changes,
        name="edition-changes",
    ),
    path(
        "servicios/<slug:slug>/cambios.atom",
        read_only(feeds.ServiceChanges()),
        name="changes-feed",
    ),
    path("servicios/<slug:slug>/contactos.vcf", file_views.contacts_vcf, name="contacts-vcf"),
    path("servicios/<slug:slug>/qr.svg", file_views.qr, name="qr"),
    path("servicios/<slug:slug>/tarjeta/", file_views.card, name="card"),
]
