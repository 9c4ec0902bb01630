"""All addresses: the back office, the API, and the public pages in each language."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from directory.api.views import newest
from directory.public.follow_views import follow_end

urlpatterns = [
    path("admin/", include("directory.admin.urls")),
    path("admin/", admin.site.urls),
    path("api/", newest, name="api"),
    path("api/v1/", include("directory.api.urls")),
    path("", include("directory.public.site_urls")),
    *i18n_patterns(path("", include("directory.public.urls")), prefix_default_language=False),
    # “Unsubscribe” in mails is good for ever, also in a language that the site has no more.
    re_path(
        r"^[a-z]{2,3}(?:-[a-z]+)?/seguir/terminar/(?P<token>[^/]+)/$",
        follow_end,
        name="follow-end-in-any-language",
    ),
]

handler400 = "directory.public.failures.bad_request"
handler404 = "directory.public.failures.not_found"
handler500 = "directory.public.failures.server_error"
