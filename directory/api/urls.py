"""The addresses of the API, under /api/v1/."""

from django.urls import path

from directory.api import proofs, views

app_name = "api"

urlpatterns = [
    path("", views.index, name="index"),
    path("openapi.json", views.openapi, name="openapi"),
    path("services/", views.service_list, name="service-list"),
    path("services/<slug:slug>/", views.service_detail, name="service-detail"),
    path("services/<slug:slug>/now/", views.service_now, name="service-now"),
    path("services/<slug:slug>/editions/", views.edition_list, name="edition-list"),
    path(
        "services/<slug:slug>/editions/<int:number>/", views.edition_detail, name="edition-detail"
    ),
    path(
        "services/<slug:slug>/editions/<int:number>/proof/",
        proofs.edition_proof,
        name="edition-proof",
    ),
    # What no slug can be.
    path("services/<str:slug>/", views.nothing, name="nothing"),
    path("services/<str:slug>/<path:under>/", views.nothing, name="nothing-under"),
]
