"""Contacts as links and as buttons.

In Python, as a page has many of them: of a template each would cost ten times as much.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote
from weakref import ref

from django import template
from django.template import Context
from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from directory.answers.reportable import REPORTED, key_of
from directory.answers.structures import ContactAnswer
from directory.contacts.kinds import kind_of
from directory.contacts.remembered import remembered
from directory.hours.schedule import Status
from directory.public.addresses import address_of
from directory.templatetags.directory_pages import (
    brief,
    data_lang,
    international,
    is_answered,
    is_number,
    is_place,
    leaves_site,
    medium_unless_in_label,
    says_how,
    to_copy,
    verb,
)
from directory.templatetags.directory_text import gives, icon
from directory.templatetags.markup import markup, markup_join

register = template.Library()

NOTHING = SafeString()


@register.simple_tag(takes_context=True)
def contact_list(
    context: Context,
    contacts: Sequence[ContactAnswer],
    *,
    titled: str = "",
    whose: str = "",
    is_out: bool = False,
    is_brief: bool = False,
    is_level: bool = False,
) -> SafeString:
    """Contacts in a list. Their labels are heard alone where the title above, `titled`, is the
    same; `whose`: what they are for. `is_out`: nobody should use them now.

    Where the table of channels has one too, what stands below it there is not repeated: `is_brief`
    of all of them, `is_level` of those that a channel has.
    """
    if not contacts:
        return NOTHING
    directory = context["directory"]
    is_told_there = (is_brief or (is_level and gives(directory, each)) for each in contacts)
    return _contact_list(
        Surroundings(context), tuple(contacts), tuple(is_told_there), titled, whose, is_out
    )


class Surroundings:
    """What contacts ask of the context of the page that they are on; those are equal in which they
    read the same."""

    def __init__(self, context: Context) -> None:
        directory = context["directory"]
        self._context = ref(context)
        self._asked = (
            directory.slug,
            (directory.notices, directory.at) if directory.notices else None,
            bool(context.get("takes_reports")),
            bool(context.get("is_copy")),
        )

    @property
    def context(self) -> Context:
        """The context. Raises ReferenceError once the page is rendered: what is remembered does not
        keep it."""
        context = self._context()
        if context is None:
            raise ReferenceError("The page has been rendered.")
        return context

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Surroundings) and self._asked == other._asked

    def __hash__(self) -> int:
        return hash(self._asked)


@remembered(256)
def _contact_list(
    page: Surroundings,
    contacts: tuple[ContactAnswer, ...],
    is_told_there: tuple[bool, ...],
    titled: str,
    whose: str,
    is_out: bool,
) -> SafeString:
    """The list, of those that differ in nothing that it shows: most contacts outlive an edition,
    and what a page says of now."""
    said = {"titled": titled, "is_out": is_out}
    entries = [
        (
            NOTHING if kind_of(each.kind).is_self_evident else SafeString(" contact-number"),
            rendered(page.context, "directory/_contact_without_link.html", contact=each, **said)
            if is_out or _is_without_link(each)
            else contact_link(each, titled, whose),
            rendered(page.context, "directory/_dialling.html", contact=each, **said)
            if says_how(each)
            else "",
            NOTHING
            if is_told
            else after_contact(page.context, each, is_listed=True, is_out=is_out),
        )
        for each, is_told in zip(contacts, is_told_there, strict=True)
    ]
    return markup(
        '<ul class="contacts">{}</ul>',
        markup_join("", '<li class="contact{}">{}{}{}</li>', entries),
    )


@register.simple_tag(takes_context=True)
def contact_buttons(
    context: Context, contacts: Sequence[ContactAnswer], state: str = ""
) -> SafeString:
    """Contacts as buttons, the elements of a list; of what is open also what stands below them."""
    return markup_join(
        "",
        "<li>{}{}{}</li>",
        (
            (
                rendered(context, "directory/now/_button_without_link.html", contact=each)
                if _is_without_link(each)
                else contact_button(each),
                rendered(context, "directory/_dialling.html", contact=each)
                if says_how(each)
                else "",
                after_contact(context, each) if state == Status.OPEN else "",
            )
            for each in contacts
        ),
    )


def _is_without_link(contact: ContactAnswer) -> bool:
    return contact.out_of_order or is_place(contact) or not contact.href


def rendered(context: Context, name: str, **values: Any) -> SafeString:
    """A template with these values besides those of the context."""
    engine = context.template.engine  # type: ignore[union-attr] # it is rendered now
    with context.push(**values):
        return engine.get_template(name).render(context)


@remembered(256)
def contact_link(contact: ContactAnswer, titled: str, whose: str) -> SafeString:
    """A contact in a list, which a tap leads to. Its label is part of what a tap does."""
    named = medium_unless_in_label(contact)
    return markup(
        '<a class="contact-link" href="{}"{}{}{}>{} {} {}<span class="value">{}</span>{}</a>',
        contact.href,
        _of_another_site(contact),
        international(contact),
        to_copy(contact),
        contact_label(contact, titled),
        icon(contact.kind),
        markup('<span class="medium visually-hidden">{} </span>', named) if named else "",
        brief(contact),
        _for_what(whose) if whose else "",
    )


@remembered(256)
def contact_button(contact: ContactAnswer) -> SafeString:
    """A contact as a button: what a tap does and what is called, then the value, large."""
    label = contact.label
    called = markup(": <span{}>{}</span>", data_lang(label), label) if label else ""
    return markup(
        '<a class="button{}" href="{}"{}{}{}>{} <span><span class="verb">{}{}</span> '
        '<span class="value">{}</span></span></a>',
        " button-number" if is_number(contact) else "",
        contact.href,
        _of_another_site(contact),
        international(contact),
        to_copy(contact),
        icon(contact.kind),
        verb(contact),
        called,
        brief(contact),
    )


@register.simple_tag
@remembered(256)
def contact_value(contact: ContactAnswer) -> SafeString:
    """A contact in the list of services: its value alone, which a tap leads to."""
    return markup(
        '<a class="contact-link" href="{}"{}{}><span class="visually-hidden">{}</span> {} '
        '<span class="value">{}</span></a>',
        contact.href,
        _of_another_site(contact),
        international(contact),
        verb(contact),
        icon(contact.kind),
        brief(contact),
    )


@register.simple_tag
def contact_label(contact: ContactAnswer, titled: str = "") -> SafeString:
    """What a contact is, as the organisation calls it; heard alone where the title above, `titled`,
    is the same."""
    if not contact.label:
        return NOTHING
    return markup(
        '<span class="contact-label{}"{}>{}</span>',
        " visually-hidden" if contact.label == titled else "",
        data_lang(contact.label),
        contact.label,
    )


def _of_another_site(contact: ContactAnswer) -> SafeString:
    return SafeString(' rel="noopener external"') if leaves_site(contact) else NOTHING


def _for_what(whose: str) -> SafeString:
    """What a contact is for, where others beside it are for something else; it is seen above
    them."""
    return markup(' <span class="visually-hidden"{}>({})</span>', data_lang(), whose)


def after_contact(
    context: Context, contact: ContactAnswer, *, is_listed: bool = False, is_out: bool = False
) -> SafeString:
    """Below a contact: when it was last tried, and where to tell that it did not work, short where
    it `is_listed`."""
    takes_reports = context.get("takes_reports")
    if not (takes_reports or contact.verified_on):
        return NOTHING
    is_tried = takes_reports and not (is_out or contact.out_of_order or context.get("is_copy"))
    return markup(
        '<p class="after-contact quiet">{} {}</p>',
        verified(contact),
        _report_link(context["directory"].slug, contact, is_listed) if is_tried else "",
    )


def verified(contact: ContactAnswer) -> SafeString:
    """When somebody last tried it, where that is known."""
    if not contact.verified_on:
        return NOTHING
    day = formats.date_format(contact.verified_on, "DATE_FORMAT")
    return markup('<span class="verified">{}</span>', _("Verified on %(day)s") % {"day": day})


def _report_link(slug: str, contact: ContactAnswer, is_listed: bool) -> SafeString:
    """Leads to the form about a contact of the service with this slug."""
    return markup(
        '<a class="report-link quiet live" href="{}?{}={}" rel="nofollow">{}'
        '<span class="visually-hidden">: {}</span></a>',
        address_of("directory:report", slug),
        REPORTED,
        quote(key_of(contact)),
        _report_words(is_answered(contact), is_listed),
        contact.display,
    )


@remembered(4)
def _report_words(is_answered: bool, is_listed: bool) -> SafeString:
    return markup(
        "{} <span{}>{}</span>",
        _("Nobody answered?") if is_answered else _("Did it not work?"),
        SafeString(' class="visually-hidden"') if is_listed else "",
        _("Tell us"),
    )
