"""Links of the back office that lead back to the page that they stand on."""

from django import template
from django.http import HttpRequest

from directory.admin import way_back

register = template.Library()


@register.simple_tag(takes_context=True)
def leading_back(context: template.Context, url: str, anchor: str = "") -> str:
    """The address of a form, which leads back to this page, there to the element `anchor`."""
    return way_back.with_way_back(url, context["request"], anchor)


@register.filter
def with_way_back(url: str, request: HttpRequest) -> str:
    """The address of a form, which leads back to the page of the request."""
    return way_back.with_way_back(url, request)
