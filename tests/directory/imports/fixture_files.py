"""A small made directory, as a fixture of every format, and the rows that fixtures make."""

import json
from copy import deepcopy
from functools import partial
from xml.sax.saxutils import escape, quoteattr

import yaml
from django.apps import apps
from django.contrib.auth import get_user_model

from directory.models import Edition, Service

# The tables that fixtures and publishing write, and the users, which they leave alone.
TABLES = [
    model
    for model in apps.get_models()
    if model in (Edition, get_user_model()) or hasattr(model, "natural_key_fields")
]
FIELDS = {
    "directory.requesttype": {"code": "todas", "name": "Todas", "covers_all": True},
    "directory.schedule": {"code": "oficina", "name": "Of."},
    "directory.timespan": {"schedule": ["oficina"], "day": 1, "opens": "07:00", "closes": "19:00"},
    "directory.contactpoint": {"code": "linea", "kind": "phone", "label": "Línea"},
    "directory.service": {"slug": "uno", "name": "Uno", "is_published": True},
    "directory.channel": {
        "service": ["uno"],
        "code": "telefonico",
        "medium": "telephone",
        "title": "Telefónico",
        "request_types": [["todas"]],
        "schedule": ["oficina"],
    },
    "directory.channelcontact": {"channel": ["uno", "telefonico"], "contact_point": ["linea"]},
    "escalations.escalationcontact": {
        "code": "soporte",
        "name": "Soporte",
        "schedule": ["oficina"],
    },
    "escalations.escalationpolicy": {"service": ["uno"]},
    "escalations.escalationlevel": {"policy": ["uno"], "level": 1, "contact": ["soporte"]},
}


def row(model, **fields):
    return {"model": model, "fields": {**FIELDS[model], **fields}}


request_type, schedule, span, contact_point, service, *others = (
    partial(row, model) for model in FIELDS
)
channel, channel_contact, contact, policy, level = others
phone = partial(contact_point, phone="(571) 7442727")
web = partial(contact_point, code="portal", kind="web", url="https://example.com/")
DIRECTORY = [
    *(request_type(), schedule(), span(), phone(), web(), service()),
    *(channel(), channel_contact(), contact(), policy(), level()),
]


def changed(model, without=None, **fields):
    """The small directory, with other fields, or `without` one, in its object of `model`."""
    objects = deepcopy(DIRECTORY)
    given = next(each["fields"] for each in objects if each["model"].endswith(f".{model}"))
    given |= fields
    given.pop(without, None)
    return objects


def rows():
    """Every row of every table, with its primary key."""
    kept = {model: sorted(model.objects.values_list(), key=repr) for model in TABLES}
    through = Service.channels.rel.related_model.request_types.through
    return {**kept, through: sorted(through.objects.values_list(), key=repr)}


# ---- In every format -------------------------------------------------------------------------

FORMATS = ("json", "jsonl", "xml", "yaml")


def written(objects, format_name):
    """The objects as a file of a format has them: as text."""
    match format_name:
        case "json":
            return json.dumps(objects, indent=1)
        case "jsonl":
            return "".join(f"{json.dumps(each)}\n" for each in objects)
        case "yaml":
            return yaml.safe_dump(objects, allow_unicode=True)
        case "xml":
            lines = (_xml_object(each) for each in objects)
            return f"<django-objects>\n{''.join(lines)}</django-objects>"


def _xml_object(each):
    attributes = "".join(f" {key}={quoteattr(str(each[key]))}" for key in each if key != "fields")
    fields = "\n".join(_xml_field(*field) for field in each["fields"].items())
    return f"<object{attributes}>\n{fields}\n</object>\n"


def _xml_field(name, value):
    def key(parts):
        return "".join(f"<natural>{escape(str(part))}</natural>" for part in parts)

    match value:
        case None:
            content, kind = "<None/>", ""
        case [[*_], *_] | []:
            content = "".join(f"<object>{key(each)}</object>" for each in value)
            kind = ' rel="ManyToManyRel"'
        case [*_]:
            content, kind = key(value), ' rel="ManyToOneRel"'
        case _:
            content, kind = escape(str(value)), ""
    return f'<field name="{name}"{kind}>{content}</field>'
