"""Everything that says a name, a number or an address, to be corrected or withdrawn."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.admin.requests import staff
from directory.admin.row_keys import may_be_key
from directory.admin.withdrawn.withdrawals import ReasonForm
from directory.audit.log import note
from directory.contacts.text import tidy
from directory.contacts.written import Written, written
from directory.editions.withdrawals.histories import history_of
from directory.editions.withdrawals.withdraw import PERMISSION, READ_PERMISSION
from directory.editions.withdrawals.withheld_entries import withdraw_together
from directory.models import Edition, Event, Finding, WithheldText
from directory.models.address_fields import TidyFormField
from directory.upkeep import occurrences
from directory.upkeep.occurrences import Found, Occurrence

SELECTED_AT_MOST = 2000
REFUSALS = {
    "too_short": gettext_lazy(
        "Write at least four letters or digits: less stands in too many places."
    ),
    "too_long": gettext_lazy("Write a name, a number or an address: at most ten words."),
}


class TextForm(forms.Form):
    """What is looked for."""

    text = TidyFormField(
        tidy=tidy,
        label=gettext_lazy("Name, number or address"),
        max_length=200,
        help_text=gettext_lazy(
            "However it is written: “Iván Pérez” also finds “perez, ivan”, and 310 555 0199 also "
            "+57 (310) 555-0199."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 40}),
    )

    wanted: Written | None = None

    def clean_text(self) -> str:
        """The text, which can be looked for."""
        text: str = self.cleaned_data["text"]
        try:
            self.wanted = written(text)
        except ValidationError as error:
            raise ValidationError(REFUSALS[error.code or "too_short"], error.code) from error
        return text


@dataclass(frozen=True)
class Line:
    """A row as the page shows it. `key` is what its box sends, empty for one that is not to be
    withdrawn here; `note` says why, or what to do with it."""

    name: str
    words: str
    url: str = ""
    key: str = ""
    note: str = ""


@dataclass(frozen=True)
class Group:
    """The rows of one table, with what is to be done about them."""

    title: str
    lines: list[Line]
    has_more: bool
    advice: str = ""


def show(request: HttpRequest) -> HttpResponse:
    """The field, what says the text that was sent, and its withdrawal. The text is sent in the
    body, so that it stands in no address and in no log."""
    person = staff(request)
    if not person.has_perm(PERMISSION):
        raise PermissionDenied
    form = TextForm(request.POST or None)
    reason = ReasonForm(request.POST if "withdraw" in request.POST else None)
    groups: list[Group] | None = None
    ticked: set[str] | None = None
    if request.method == "POST" and form.is_valid() and form.wanted:
        if "withdraw" in request.POST:
            ticked = set(request.POST.getlist("selected"))
            if _withdraw(request, form.cleaned_data["text"], reason, ticked):
                reason, ticked = ReasonForm(), None
        reads = person.has_perm(READ_PERMISSION)
        found = occurrences.find(form.wanted, with_withdrawn=reads)
        groups = [_group(each) for each in found]
        count = sum(len(each.rows) for each in found)
        note(Event.SEARCHED_EVERYWHERE, by=person, request=request, found=count)
        for each in found:
            for one in each.rows:
                if each.model is Edition and one.row.is_withdrawn:
                    note(Event.WITHDRAWN_CONTENTS_READ, by=person, request=request, about=one.row)
    context = {
        **admin.site.each_context(request),
        "title": _("Find everything that says…"),
        "form": form,
        "reason": reason,
        "groups": groups,
        "can_withdraw": any(line.key for group in groups or () for line in group.lines),
        "ticked": ticked,
        "reads_withdrawn": person.has_perm(READ_PERMISSION),
    }
    status = 422 if form.errors or reason.errors else 200
    template = "admin/directory/withdrawn/find.html"
    response = TemplateResponse(request, template, context, status=status)
    add_never_cache_headers(response)
    return response


def _withdraw(request: HttpRequest, text: str, reason: ReasonForm, ticked: set[str]) -> bool:
    """Withdraw what is ticked; whether that was done. Errors are in the form of the reason."""
    if not reason.is_valid():
        return False
    editions, entries = _selected(ticked)
    if not editions and not entries:
        reason.add_error(None, _("Tick at least one edition or entry."))
        return False
    why = reason.cleaned_data["reason"]
    try:
        of_editions, of_entries = withdraw_together(
            editions, entries, text, staff(request), why, request
        )
    except ValidationError as error:
        reason.add_error(None, error)
        return False
    told = []
    if of_editions:
        words = ngettext("%d edition was withdrawn.", "%d editions were withdrawn.", of_editions)
        told.append(words % of_editions)
    if of_entries:
        words = ngettext(
            "%d entry does not say it any more.", "%d entries do not say it any more.", of_entries
        )
        told.append(words % of_entries)
    messages.success(request, " ".join(told) or _("None of those says it any more."))
    return True


def _selected(ticked: set[str]) -> tuple[list[Edition], list[Model]]:
    """The rows that boxes name: “directory.edition:7”. One query for each table."""
    keys: dict[str, list[str]] = {}
    for each in sorted(ticked)[:SELECTED_AT_MOST]:
        label, _colon, key = each.rpartition(":")
        if may_be_key(key):
            keys.setdefault(label, []).append(key)
    editions: list[Edition] = []
    entries: list[Model] = []
    for model in apps.get_models():
        chosen = keys.get(model._meta.label_lower)
        if chosen and model is Edition:
            editions = list(Edition.objects.filter(pk__in=chosen).defer("document", "search_text"))
        elif chosen and history_of(model):
            entries += model._base_manager.filter(pk__in=chosen)
    return editions, entries


def _group(found: Found) -> Group:
    is_finding = found.model is Finding
    title = _("Findings") if is_finding else str(capfirst(found.model._meta.verbose_name_plural))
    lines = [_line(found, each) for each in found.rows]
    return Group(title, lines, found.has_more, _advice(found))


def _advice(found: Found) -> str:
    if found.model is Edition:
        return _("What the public could read. Withdrawing hides it at once.")
    if found.model is WithheldText:
        return _("Taken out of histories already, and kept aside until it is erased.")
    if found.is_data:
        return _("What is true now. Correct it first: pages show it, and new editions would too.")
    if found.is_history:
        return _("Withdrawing takes it out of these entries: who did what, and when, stays.")
    return _("This page cannot withdraw it. See whether it must be kept, and for how long.")


def _line(found: Found, one: Occurrence) -> Line:
    row, key, why = one.row, "", ""
    if found.model is Edition:
        if one.is_current:
            why = _("What the page says now: correct the data first, then it can be withdrawn.")
        elif row.is_withdrawn:
            why = _("Withdrawn already; somebody else may erase it.")
        else:
            key = f"{row._meta.label_lower}:{row.pk}"
    elif found.is_history:
        key = f"{row._meta.label_lower}:{row.pk}"
    return Line(Truncator(str(row)).chars(120), one.words, _url(row), key, why)


def _url(row: Any) -> str:
    """The page of a row in the back office, if it has one; of an entry of the history, that of
    what it tells of."""
    if hasattr(row, "get_admin_url"):
        return row.get_admin_url() or ""
    if not admin.site.is_registered(type(row)):
        return ""
    meta = row._meta
    try:
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return ""
