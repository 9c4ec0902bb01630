"""The public pages; `config.urls` puts the English ones under /en/."""

from django.urls import path

from directory.public import (
    edition_views,
    feeds,
    file_views,
    follow_views,
    report_views,
    views,
    web_manifest,
)
from directory.public.ways_in import View, leading_on

app_name = "directory"

# Under the address of a service.
OF_SERVICE: list[tuple[str, View, str]] = [
    ("", views.service_detail, "service-detail"),
    ("ediciones/", edition_views.edition_list, "edition-list"),
    ("ediciones/<int:number>/", edition_views.edition_detail, "edition-detail"),
    ("ediciones/<int:number>/qr.svg", edition_views.edition_qr, "edition-qr"),
    ("ediciones/<int:number>/cambios/", edition_views.edition_changes, "edition-changes"),
    ("cambios.atom", feeds.service_changes, "changes-feed"),
    ("calendario.ics", file_views.calendar_ics, "calendar"),
    ("seguir/", follow_views.follow, "follow"),
    ("seguir/pedido/", follow_views.follow_asked, "follow-asked"),
    ("contactos.vcf", file_views.contacts_vcf, "contacts-vcf"),
    ("qr.svg", file_views.qr, "qr"),
    ("tarjeta/", file_views.card, "card"),
    ("avisar/", report_views.report, "report"),
    ("avisar/gracias/", report_views.thanks, "report-thanks"),
]

urlpatterns = [
    path("", views.service_list, name="service-list"),
    path("offline.html", views.offline, name="offline"),
    path("manifest.webmanifest", web_manifest.manifest, name="manifest"),
    path("seguir/confirmar/<str:token>/", follow_views.follow_confirm, name="follow-confirm"),
    path("seguir/terminar/<str:token>/", follow_views.follow_end, name="follow-end"),
    *(
        path(f"servicios/<slug:slug>/{end}", leading_on(view), name=name)
        for end, view, name in OF_SERVICE
    ),
]
