"""What stands at one address for all languages: for search engines, and for reading offline."""

from django.urls import path

from directory.public import site_views, sitemaps

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
    path("card.js", site_views.card_script, name="card-js"),
]
