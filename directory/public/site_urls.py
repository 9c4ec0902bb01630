"""What stands at one address for all languages: for search engines, and for reading offline."""

from django.urls import path
from django.views.generic import RedirectView

from directory.public import site_views, sitemaps, well_known

urlpatterns = [
    path("robots.txt", site_views.robots, name="robots"),
    path("favicon.ico", site_views.favicon, name="favicon"),
    path("sitemap.xml", sitemaps.index, name="sitemap-index"),
    path("sitemap-<section>.xml", sitemaps.section, name="sitemap"),
    path("brand.css", site_views.brand_css, name="brand-css"),
    path("brand/icon.svg", site_views.icon, name="icon"),
    path("brand/icon-<int:size>.png", site_views.brand_icon, name="brand-icon"),
    path("brand/share-<str:language>.png", site_views.share_image, name="share-image"),
    path("brand/<str:name>", site_views.brand_logo, name="brand-logo"),
    path("offline.json", site_views.offline_data, name="offline-data"),
    path("sw.js", site_views.service_worker, name="service-worker"),
    path(".well-known/security.txt", well_known.security, name="security-txt"),
    path(".well-known/directory-checkpoint", well_known.checkpoint, name="checkpoint"),
    path(".well-known/directory-checkpoint.pub", well_known.public_key, name="checkpoint-key"),
    # In a copy of files no name is both a file and a folder.
    path(
        ".well-known/directory-checkpoints/<int:number>",
        well_known.former_checkpoint,
        name="former-checkpoint",
    ),
    path(
        ".well-known/directory-checkpoint/<int:number>",
        RedirectView.as_view(pattern_name="former-checkpoint", permanent=True),
        name="checkpoint-by-number",
    ),
    path("check_page.py", site_views.check_page, name="check-page"),
    path("card.js", site_views.card_script, name="card-js"),
]
