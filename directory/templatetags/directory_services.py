"""A service in a list of services.

In Python, as a page has many of them: of templates each would cost several times as much.
"""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from directory.answers.advice import Advice
from directory.answers.structures import ChannelAnswer, Directory
from directory.public.addresses import address_of
from directory.templatetags.directory_contacts import NOTHING, contact_value, rendered
from directory.templatetags.directory_pages import data_lang, in_data_lang, reason
from directory.templatetags.directory_text import marked, service_state, titled
from directory.templatetags.markup import markup, markup_join

register = template.Library()


@register.simple_tag(takes_context=True)
def service_entry(context: Context, service: dict[str, Any], former: str = "") -> SafeString:
    """A service as the views tell it: what is to be known of it today, its state, what the search
    found, else the best contact; and the slug that it had, if it was found by that."""
    directory, answer = service["directory"], service["answer"]
    return markup(
        '<li class="service"><div><h3><a href="{}"{}>{}</a></h3>{}{}{}{}</div>{}</li>',
        address_of("directory:service-detail", directory.slug),
        data_lang(directory.name),
        marked(directory.name, context.get("sought")),
        rendered(context, "directory/services/_formerly.html", former=former) if former else "",
        rendered(context, "directory/services/_service_notices.html", directory=directory)
        if directory.own_notices
        else "",
        _closures(answer),
        service_state(directory, answer.lead),
        _matches(context, service, directory)
        if service.get("hits")
        else _best_contact(context, answer.lead),
    )


def _closures(answer: Advice) -> SafeString:
    return markup_join(
        "",
        '<p class="closure">{}{}{}</p>',
        (
            (each.text, ", " if each.reason else "", reason(each))
            for each in answer.closures_at_a_glance
        ),
    )


def _matches(context: Context, service: dict[str, Any], directory: Directory) -> SafeString:
    given = {"service": service, "directory": directory}
    found = (
        (rendered(context, "directory/services/_match.html", hit=hit, **given),)
        for hit in service["hits"]
    )
    return markup('<ul class="matched">{}</ul>', markup_join("", "{}", found))


def _best_contact(context: Context, channel: ChannelAnswer | None) -> SafeString:
    """The first contact of a channel: what a tap leads to, then whose it is and what for."""
    if not (channel and channel.contacts):
        return NOTHING
    contact = channel.contacts[0]
    has_label = contact.label and contact.label != channel.title
    return markup(
        '<ul class="open-now"><li>{} <p>{}{}</p>{}</li></ul>',
        contact_value(contact)
        if contact.href
        else rendered(context, "directory/_no_link.html", contact=contact),
        markup("{}&nbsp;· ", in_data_lang(contact.label)) if has_label else "",
        titled(channel),
        markup('<p class="advice">{}</p>', contact.advice) if contact.advice else "",
    )
