"""Words and marks of the public pages."""

from collections.abc import Iterable
from datetime import datetime

from django import template
from django.template.context import Context
from django.urls import translate_url
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from directory.answers.sentences import state_detail, state_word
from directory.answers.structures import AnsweringState, RequestTypeAnswer
from directory.contacts.kinds import kind_of
from directory.hours import moments

register = template.Library()

register.filter(moments.moment)
register.filter(moments.deadline)
register.filter(moments.clock)
register.filter(moments.long_date)


@register.inclusion_tag("directory/_state.html")
def state(answering: AnsweringState, at: datetime) -> dict:
    """Whether it answers, until when, and when it opens, as seen at the instant `at`."""
    return {
        "answering": answering,
        "word": state_word(answering),
        "detail": state_detail(answering, at),
    }


@register.inclusion_tag("directory/_icon.html")
def icon(kind: str) -> dict[str, str]:
    """The icon of a kind of contact."""
    return {"symbol": kind_of(kind).icon}


@register.filter
def type_names(request_types: Iterable[RequestTypeAnswer]) -> SafeString:
    """“Todas, Incidentes”: the names of types of request, the critical ones marked."""
    return format_html_join(
        ", ",
        "<span{}>{}</span>",
        (
            (format_html(' class="{}"', "critical") if kind.is_critical else "", kind.name)
            for kind in request_types
        ),
    )


@register.simple_tag(takes_context=True)
def in_language(context: Context, code: str) -> str:
    """The address of this page in another language; the start page where there is none."""
    path = context["request"].get_full_path()
    return translate_url(path, code)
