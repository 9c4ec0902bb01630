"""Spreadsheet files as Excel in Spanish writes them, and what is told of bringing them in."""

import csv
import io
import zipfile

import pytest
from openpyxl import Workbook

from directory.editions.publish import publish
from directory.imports.spreadsheets import file_import, files, matching
from directory.imports.spreadsheets.cells import FileRefused
from directory.models import Channel, ChannelContact, ContactPoint, Service
from escalations.models import EscalationContact, EscalationContactUse
from tests.factories import ChannelFactory

HEADINGS = ["Código", "Clase", "Nombre", "Número o dirección", "Verificado el"]


def as_csv(rows):
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";").writerows(rows)
    return stream.getvalue().encode("cp1252")


def as_xlsx(rows, change=lambda workbook: None):
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    change(workbook)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def zipped(compression=zipfile.ZIP_DEFLATED, **members):
    """A zip with these members, and with what a workbook needs to be taken for one."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in {"[Content_Types].xml": "<Types/>", **members}.items():
            archive.writestr(name, content)
    return stream.getvalue()


def refused(name, content):
    """Why a file is refused."""
    with pytest.raises(FileRefused) as refusal:
        files.read(name, content)
    return str(refusal.value)


def texts(records):
    return [(number, [cell.text for cell in cells]) for number, cells in records]


def records_of(name, content):
    """The records of a file with one sheet."""
    ((_title, records),) = files.read(name, content)
    return records


def row_of(**changed):
    """A row under HEADINGS."""
    row = {"code": "x", "kind": "phone", "label": "X", "value": "601 744 2727", "verified_on": ""}
    return list((row | changed).values())


def match(sheet, file):
    return matching.match(sheet, records_of(*file))


def bring_in(kind, file, user, **options):
    return file_import.bring_in([match(kind(**options), file)], user, file[0])


def told(outcome):
    return [(error.row, error.column, error.message) for error in outcome.errors]


def places(outcome):
    return [(error.row, error.column) for error in outcome.errors]


def everything():
    models = [ContactPoint, Channel, ChannelContact, EscalationContact, EscalationContactUse]
    return [list(model.objects.order_by("pk").values()) for model in models]


def channel_giving(*points):
    """A published channel that gives them in this order, the first with an extension."""
    channel = ChannelFactory(contacts=points)
    channel.contact_uses.filter(contact_point=points[0]).update(extensions="1107", menu_options="2")
    publish(Service.objects.all())
    return channel
