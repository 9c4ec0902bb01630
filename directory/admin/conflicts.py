"""Two people edit the same thing: the second to save is told, sees both, and decides.

A form for changing carries a snapshot of the rows that it shows. When the stored rows differ from
it on saving, nothing is saved: the differences are shown field by field. What was typed travels
along, and so does what was decided, until both are one form again. Forms without a snapshot (other
programs) are not held up.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.admin import merge, preview
from directory.admin.autocompletes import may_be_key
from directory.admin.merge import MINE, OBJECT, THEIRS, Difference
from directory.admin.snapshots import Snapshot, StoredForm, name_of, own_fields, owned

SHOWN = "_shown"
DECIDED_ON = "_decided_on"
DECISION = "_decide|"
# A change is logged a moment before it is committed, and so before others see it.
SLACK = timedelta(seconds=10)
LOGGED_AT_MOST = 10


@dataclass(frozen=True)
class Choice:
    """A difference in words, for the person who decides."""

    difference: Difference
    where: str
    before: str
    mine: str
    theirs: str
    decided: str
    note: str

    @property
    def name(self):
        return DECISION + self.difference.key


def held_up(model_admin, request, object_id):
    """What to answer instead of saving, None to go on.

    `request.POST` then holds both edits in one, where there were two.
    """
    if object_id is None:
        return None
    key = unquote(object_id)
    name = name_of(model_admin.model, key)
    shown = Snapshot.loads(request.POST.get(SHOWN, ""), name)
    if shown is None:
        return None
    obj = model_admin.get_object(request, key)
    if obj is None:
        return _deleted(model_admin, request, key, shown)
    if not model_admin.has_change_permission(request, obj):
        return None
    form = StoredForm(model_admin, request, obj)
    stored = form.snapshot()
    if stored.is_like(shown):
        return None

    mine, added = form.typed(request.POST)
    below = stored.changed_below(shown)
    found = merge.differences(shown.rows, mine, stored.rows, below)
    decisions = {each.key: request.POST.get(DECISION + each.key) for each in found}
    decided_on = Snapshot.loads(request.POST.get(DECIDED_ON, ""), name)
    is_decided = decided_on is not None and decided_on.is_like(stored)
    if decided_on is None:
        _tell_fixed(model_admin, request, form, shown)
    if found and not (is_decided and {*decisions.values()} <= {MINE, THEIRS}):
        return _ask(model_admin, request, form, shown, stored, found, decisions, decided_on)

    kept, again = merge.merge(shown.rows, mine, stored.rows, decisions, below)
    others = request.POST.copy()
    for field in [field for field in others if field == DECIDED_ON or field.startswith(DECISION)]:
        del others[field]
    others[SHOWN] = stored.dumps(name)
    if found:
        # Who has decided wants to see what comes of it.
        others["_preview"] = "1"
    request.POST = form.posted(kept, again + added, others)
    return None


def _tell_fixed(model_admin, request, form, shown):
    """Say what was typed into fields that are fixed since then, such as a published address."""
    for name, before in shown.rows[OBJECT].items():
        typed = request.POST.getlist(name)
        if name not in form.form.fields and typed not in (before, []):
            told = _("“%(field)s” is fixed meanwhile. What you typed there is not saved: %(text)s")
            field = model_admin.model._meta.get_field(name)
            told %= {"field": capfirst(field.verbose_name), "text": ", ".join(typed)}
            model_admin.message_user(request, told, messages.WARNING)


def _ask(model_admin, request, form, shown, stored, found, decisions, decided_on):
    typed = [
        (name, value)
        for name, value in preview.typed(request.POST)
        if name != DECIDED_ON and not name.startswith(DECISION)
    ]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Somebody else changed this meanwhile"),
        "opts": model_admin.opts,
        "original": form.obj,
        "typed": typed,
        "decided_on": stored.dumps(name_of(form.obj, form.obj.pk)),
        "choices": [_in_words(form, each, decisions[each.key]) for each in found],
        "asked_again": decided_on is not None,
        "log": _log(form, found, shown.at),
        "media": model_admin.media,
    }
    return TemplateResponse(request, "admin/conflict.html", context, status=409)


def _in_words(form, difference, decided):
    prefix, pk = difference.row
    formset = form.formsets.get(prefix)
    fields = own_fields(formset) if formset else form.form.fields
    where = ""
    if formset:
        where = str(capfirst(formset.model._meta.verbose_name))
        row = difference.theirs or difference.before
        if difference.field:
            stored = [each for each in formset.initial_forms if str(each.instance.pk) == pk]
            where += f" “{stored[0].instance}”" if stored else ""
        else:
            where += f": {_row_text(fields, row)}"
    if difference.field:
        field = fields[difference.field]
        where = " › ".join(filter(None, [where, str(capfirst(field.label))]))
        texts = [
            value_text(field, value)
            for value in (difference.before, difference.mine, difference.theirs)
        ]
    else:
        texts = [
            _row_text(fields, row) if row is not None else _("not there")
            for row in (difference.before, difference.mine, difference.theirs)
        ]
    # Where only others changed something, theirs is kept unless the person says otherwise.
    default = "" if difference.is_contested else THEIRS
    chosen = decided if decided in (MINE, THEIRS) else default
    note = "" if difference.field or not formset else _note(difference, formset.model)
    return Choice(difference, where, *texts, chosen, note)


def _note(difference, model):
    """What a whole row does not say: what belongs to it and is edited on a page of its own."""
    parts = _belonging(model)
    if not parts or difference.before is None:
        return ""
    if difference.theirs is None:
        return _without(parts)
    if difference.theirs == difference.before:
        return _("Somebody changed what belongs to it: %s.") % parts
    return ""


def _belonging(*models):
    kinds = [relation.related_model for model in models for relation in owned(model)]
    return ", ".join(str(kind._meta.verbose_name_plural) for kind in kinds)


def _without(parts):
    return _("Added again, it lacks what belonged to it: %s. Add that afterwards.") % parts


def value_text(field, values):
    """A posted value as a person reads it; None where the form did not have the field yet."""
    values = values or []
    if isinstance(field, forms.BooleanField):
        return _("yes") if values else _("no")
    if isinstance(field, forms.ModelChoiceField):
        known = [value for value in values if may_be_key(value)]
        texts = [str(each) for each in field.queryset.filter(pk__in=known)]
    elif isinstance(field, forms.ChoiceField):
        labels = {str(value): str(label) for value, label in field.choices}
        texts = [labels.get(value, value) for value in values]
    elif isinstance(field, forms.TimeField):
        texts = [re.sub(r"^(\d\d:\d\d):00$", r"\1", value) for value in values]
    else:
        texts = values
    return ", ".join(texts) or _("empty")


def _row_text(fields, row):
    texts = ((fields[name].label, value_text(fields[name], row[name])) for name in row if row[name])
    return "; ".join(f"{capfirst(label)}: {text}" for label, text in texts)


def _log(form, found, since):
    """Who changed it since it was shown, here or on the page of one of its rows."""
    concerned = Q(
        content_type=ContentType.objects.get_for_model(form.obj), object_id=str(form.obj.pk)
    )
    for prefix, pk in {each.row for each in found} - {OBJECT}:
        kind = ContentType.objects.get_for_model(form.formsets[prefix].model)
        concerned |= Q(content_type=kind, object_id=pk)
    entries = LogEntry.objects.filter(concerned, action_time__gte=since - SLACK)
    return entries.select_related("user", "content_type").order_by("-action_time")[:LOGGED_AT_MOST]


def _deleted(model_admin, request, object_id, shown):
    """Somebody deleted what is being edited: what was typed can become a new one."""
    fields = model_admin.get_form(request, None).base_fields
    values = {**shown.facts, **shown.rows[OBJECT]}
    for name in fields:
        if name in request.POST:
            values[name] = request.POST.getlist(name)
    again = QueryDict(mutable=True)
    for name, texts in values.items():
        again.setlist(name, texts)
    _rows_as_new(model_admin, request, again)
    log = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model_admin.model), object_id=object_id
    )
    opts = model_admin.opts
    inlines = model_admin.get_formsets_with_inlines(request, None)
    parts = _belonging(*(formset.model for formset, _inline in inlines))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Somebody else deleted this meanwhile"),
        "note": _without(parts) if parts else "",
        "opts": opts,
        "log": log.select_related("user", "content_type").order_by("-action_time")[:1],
        "values": [
            (capfirst(fields[name].label), value_text(fields[name], texts))
            for name, texts in values.items()
            if name in fields and texts
        ],
        "typed": preview.typed(again),
        "may_add": model_admin.has_add_permission(request),
        "add_url": reverse(f"admin:{opts.app_label}_{opts.model_name}_add"),
        "media": model_admin.media,
    }
    return TemplateResponse(request, "admin/deleted_meanwhile.html", context, status=409)


def _rows_as_new(model_admin, request, again):
    """Copy the inline rows of the posted form, as rows that are not stored yet."""
    for formset_class, _inline in model_admin.get_formsets_with_inlines(request, None):
        prefix = formset_class.get_default_prefix()
        stored = (f"-{formset_class.model._meta.pk.name}", f"-{formset_class.fk.name}")
        for name, values in request.POST.lists():
            if name.startswith(f"{prefix}-"):
                again.setlist(name, [""] if name.endswith(stored) else values)
        again[f"{prefix}-INITIAL_FORMS"] = "0"
