"""The public pages; `config.urls` puts the English ones under /en/."""

from django.urls import path

from directory.public import edition_views, feeds, file_views, report_views, views
from directory.public.former_addresses import View, following
from directory.public.read_only import read_only

app_name = "directory"

# Under the address of a service.
OF_SERVICE: list[tuple[str, View, str]] = [
    ("", views.service_detail, "service-detail"),
    ("ediciones/", edition_views.edition_list, "edition-list"),
    ("ediciones/<int:number>/", edition_views.edition_detail, "edition-detail"),
    ("ediciones/<int:number>/cambios/", edition_views.edition_changes, "edition-changes"),
    ("cambios.atom", read_only(feeds.ServiceChanges()), "changes-feed"),
    ("contactos.vcf", file_views.contacts_vcf, "contacts-vcf"),
    ("qr.svg", file_views.qr, "qr"),
    ("tarjeta/", file_views.card, "card"),
    ("avisar/", report_views.report, "report"),
    ("avisar/gracias/", report_views.thanks, "report-thanks"),
]

urlpatterns = [
    path("", views.service_list, name="service-list"),
    path("offline.html", views.offline, name="offline"),
    *(
        path(f"servicios/<slug:slug>/{end}", following(view), name=name)
        for end, view, name in OF_SERVICE
    ),
]
