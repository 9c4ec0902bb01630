"""What pages of the back office need: addresses, the context of a template, a form with fewer
fields."""

from collections.abc import Collection
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse


def without_fields(fieldsets: Any, names: Collection[str]) -> list[tuple[Any, dict[str, Any]]]:
    """The fieldsets of a form without these fields."""
    return [
        (title, {**options, "fields": [each for each in options["fields"] if each not in names]})
        for title, options in fieldsets
    ]


class PagesMixin(admin.ModelAdmin):
    """Names, addresses and context of the model's pages."""

    def url_name(self, page: str) -> str:
        """The name of the address of one of the model's pages, without the namespace."""
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def url(self, page: str, *args: object) -> str:
        """The address of one of the model's pages, such as `changelist`."""
        return reverse(f"admin:{self.url_name(page)}", args=args)

    def page_context(self, request: HttpRequest, title: str, **context: Any) -> dict[str, Any]:
        """What every page of the back office needs, and `context`."""
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "media": self.media,
            **context,
        }
