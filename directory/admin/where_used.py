"""“Where is it used”: the holders of a shared row, each linked."""

from itertools import islice

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

LISTED_AT_MOST = 50


def change_link(instance):
    """A link to the instance's page in the back office."""
    meta = instance._meta
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[instance.pk])
    return format_html('<a href="{}">{}</a>', url, instance)


def as_list(instances):
    """The instances as a list of links, the first LISTED_AT_MOST of them, or a dash."""
    instances = list(islice(instances, LISTED_AT_MOST + 1))
    links = [change_link(each) for each in instances[:LISTED_AT_MOST]]
    if len(instances) > LISTED_AT_MOST:
        links.append(_("and more"))
    items = format_html_join("", "<li>{}</li>", ((link,) for link in links))
    return format_html('<ul class="where-used">{}</ul>', items) if items else "–"


class WhereUsedMixin:
    """Adds the read-only field `where_used`; the model's `holders()` says where."""

    @admin.display(description=_("Where it is used"))
    def where_used(self, obj):
        return as_list(obj.holders()) if obj.pk else "–"
