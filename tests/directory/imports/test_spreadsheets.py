"""Spreadsheets in and out: one set of scenarios, run through CSV and through XLSX.

What is refused: test_refused_rows.py.
"""

import csv
import io
import re
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from directory.editions.publish import publish
from directory.imports.spreadsheets import cells, csv_files, file_import, xlsx_files
from directory.imports.spreadsheets.directory_sheets import (
    ChannelContactSheet,
    ChannelSheet,
    ContactPointSheet,
)
from directory.imports.spreadsheets.schedule_sheet import ScheduleSheet
from directory.models import Channel, ChannelContact, ContactPoint, Edition, Service
from escalations.escalation_sheets import EscalationContactSheet, EscalationContactUseSheet
from escalations.models import EscalationContactUse
from tests import factories
from tests.directory.imports.sheet_files import (
    HEADINGS,
    bring_in,
    channel_giving,
    everything,
    match,
    places,
    row_of,
    told,
)

pytestmark = pytest.mark.django_db

ESCALATION_SHEETS = [EscalationContactSheet, EscalationContactUseSheet]
SHEETS = [
    ContactPointSheet,
    ChannelSheet,
    ChannelContactSheet,
    ScheduleSheet,
    *ESCALATION_SHEETS,
]
every_sheet = pytest.mark.parametrize("kind", SHEETS, ids=lambda kind: kind.name)


def awkward_directory():
    """Rows whose texts are hard to carry through a spreadsheet."""
    service = factories.complete_service(name="=Servicio")
    channel = service.channels.first()
    channel.title, channel.description = "+Teléfono", "- primera\r\n- segunda \x07\n'=x"
    channel.valid_from = date(2026, 1, 2)
    channel.save()
    use = channel.contact_uses.get()
    use.extensions, use.menu_options, use.label = "0012, 1107", "@opción; “2”", "'Línea', \tuna"
    use.save()
    foreign = factories.PhoneFactory(phone="+13055550100", label="=1+1")
    factories.PhoneFactory(label="+57 601 744 2727")
    factories.PhoneFactory(phone="+5718000181531", replaced_by=foreign, replaced_on="2026-12-01")
    factories.EmailFactory()
    factories.WebFactory(url="https://example.com/?a=1;b=2,3")
    factories.PlaceFactory(address="-1 Sótano\n=Piso", map_url="https://osm.org/?a=1;b=2,3")
    factories.TelegramFactory()
    factories.SmsFactory(sms="+573187174937")
    factories.EscalationContactFactory(person="-Ana")
    publish(Service.objects.all())
    return service


# ---- Out and in again --------------------------------------------------------------------------


@every_sheet
def test_an_export_imported_without_edits_changes_and_publishes_nothing(kind, ending, user):
    awkward_directory()
    before, editions = everything(), Edition.objects.count()
    sheet = kind()
    rows = sheet.texts()
    content = (
        csv_files.write(sheet.headings(), rows)
        if ending == "csv"
        else xlsx_files.write([xlsx_files.Table("Hoja", sheet.headings(), rows)])
    )
    outcome = bring_in(kind, (f"a.{ending}", content), user)
    assert (told(outcome), outcome.changes, outcome.unchanged) == ([], [], len(rows))
    assert everything() == before
    assert (Edition.objects.count(), LogEntry.objects.count()) == (editions, 0)


@every_sheet
def test_an_export_in_one_language_can_be_imported_in_the_other(kind, user):
    awkward_directory()
    with translation.override("en"):
        sheet = kind()
        content = csv_files.write(sheet.headings(), sheet.texts())
    outcome = bring_in(kind, ("a.csv", content), user)
    assert (told(outcome), outcome.changes) == ([], [])


@given(st.one_of(st.text(), st.text(st.sampled_from("a'=-\"\n\t ,;"))))
@pytest.mark.parametrize("separators", ["", csv_files.SEPARATORS])
def test_escaping_a_cell_makes_it_harmless_and_can_be_undone(separators, text):
    escaped = cells.escape(text, separators)
    others = re.split(f"[{separators}]", escaped)[1:] if separators else []
    assert not any(map(cells.is_risky, [escaped, *(other.lstrip(' "') for other in others)]))
    assert cells.unescape(escaped, separators) == text


FORMULAS = ["=cmd|' /C calc'!A0", "@SUM(1)", 'a"; "=1+1', "a\n-1+1"]
FORMULAS += ["Linea,=1+cmd|' /C calc'!A0,x", "Linea; +1|-1, ＝1|@x"]


@pytest.mark.parametrize("delimiter", csv_files.DELIMITERS + "|")
def test_a_csv_holds_no_formula_whatever_delimiter_a_program_expects(delimiter):
    content = csv_files.write(["Nombre"], [["x", formula] for formula in FORMULAS])
    text = content.decode("utf-8-sig")
    found = [cell for row in csv.reader(io.StringIO(text), delimiter=delimiter) for cell in row]
    assert [cell for cell in found if cells.is_risky(cell.strip())] == []
    records = [[cell.text for cell in row] for _number, row in csv_files.records(content)]
    assert records == [["Nombre"], *(["x", formula] for formula in FORMULAS)]


def test_a_workbook_holds_no_formula():
    content = xlsx_files.write(
        [xlsx_files.Table("Hoja", ["Nombre"], [[formula] for formula in FORMULAS])]
    )
    found = [c for row in load_workbook(io.BytesIO(content)).active.iter_rows() for c in row]
    assert {cell.data_type for cell in found} == {"s"}
    assert [cell.value for cell in found if cells.is_risky(cell.value)] == []


# ---- What an import does -----------------------------------------------------------------------


def test_one_file_changes_adds_logs_and_publishes_once(write, user):
    service = factories.complete_service()
    point = service.channels.first().contact_uses.get().contact_point
    number = point.display
    publish(Service.objects.all())
    file = write(
        HEADINGS,
        [point.code, "Teléfono", point.label, "(571) 744 27 27", "31/12/2025"],
        ["correo-nuevo", "E-mail", "Correo", "nuevo@example.com", ""],
    )
    outcome = bring_in(ContactPointSheet, file, user)
    assert told(outcome) == []
    assert (outcome.added, outcome.changed, len(outcome.editions)) == (1, 1, 1)
    point.refresh_from_db()
    assert (point.value, point.verified_on) == ("+576017442727", date(2025, 12, 31))
    assert ContactPoint.objects.get(code="correo-nuevo").value == "nuevo@example.com"
    assert Edition.objects.filter(service=service).count() == 2
    assert Edition.objects.latest("number").published_by == user
    entry = LogEntry.objects.get(object_id=str(point.pk))
    assert entry.user == user
    assert entry.change_message == (
        f"Importado de «{file[0]}», fila 2. Número o dirección: {number} → 601 744 2727; "
        "Verificado el: 2025-12-31"
    )


def test_the_preview_says_what_changes_and_keeps_nothing(write):
    service = factories.complete_service()
    point = service.channels.first().contact_uses.get().contact_point
    publish(Service.objects.all())
    before = everything()
    file = write(["Código", "Nombre"], [point.code, "Otra"])
    outcome = file_import.preview([match(ContactPointSheet(), file)])
    assert [(c.number, c.name, c.cells) for c in outcome.changes] == [
        (2, point.code, (("Nombre", point.label, "Otra", False),))
    ]
    assert [group.services for group in outcome.effect.groups] == [[service]]
    assert everything() == before
    assert Edition.objects.count() == 1


def test_columns_that_are_not_in_the_file_stay_as_they_are(write, user):
    point = factories.PhoneFactory(verified_on=date(2026, 1, 1))
    bring_in(ContactPointSheet, write(["Código", "Nombre"], [point.code, "Nueva"]), user)
    point.refresh_from_db()
    assert (point.label, point.verified_on) == ("Nueva", date(2026, 1, 1))


def given(holder):
    uses = holder.contact_uses.all()
    return [(use.contact_point.code, use.extensions, use.menu_options) for use in uses]


def test_a_channel_with_its_request_types_and_contacts_comes_in_by_two_sheets(write, user):
    service = factories.ServiceFactory(slug="mesa")
    factories.RequestTypeFactory(code="incidente", name="Incidentes", covers_all=False)
    factories.RequestTypeFactory(code="queja", name="Quejas", covers_all=False)
    factories.ScheduleFactory(code="siempre")
    factories.PhoneFactory(code="linea")
    first = write(
        ["Servicio", "Código", "Medio", "Título", "Tipos de solicitud", "Horario", "Posición"],
        ["mesa", "tel", "telephone", "Teléfono", "incidente, queja", "siempre", "1"],
    )
    assert told(bring_in(ChannelSheet, first, user)) == []
    second = write(
        ["Servicio", "Canal", "Medio de contacto", "Opciones de menú", "Extensiones"],
        ["mesa", "tel", "linea", "Opción 2", "1107, 0012"],
    )
    assert told(bring_in(ChannelContactSheet, second, user)) == []
    channel = service.channels.get()
    assert {kind.code for kind in channel.request_types.all()} == {"incidente", "queja"}
    logged = [entry.get_edited_object() for entry in LogEntry.objects.order_by("pk")]
    assert logged == [channel, channel]
    assert given(channel) == [("linea", "1107, 0012", "Opción 2")]


def codes_of(channel, points):
    return [channel.service.slug, channel.code, points]


LIST_COLUMNS = ["Servicio", "Código", "Medios de contacto"]


@pytest.mark.parametrize(
    ("cell", "held", "removed", "added"),
    [
        ("a, c", [("a", "1107", "2"), ("c", "", "")], ["b"], []),
        ("a", [("a", "1107", "2")], ["b", "c"], []),
        ("", [], ["a", "b", "c"], []),
        ("c;d, a", [("c", "", ""), ("d", "", ""), ("a", "1107", "2")], ["b"], ["d"]),
        ("c, b, a", [("c", "", ""), ("b", "", ""), ("a", "1107", "2")], [], []),
    ],
    ids=["one goes", "two go", "all go", "one for another, in order", "new order"],
)
def test_a_channel_gives_what_its_cell_names_and_nothing_else(
    write, user, cell, held, removed, added
):
    points = {code: factories.PhoneFactory(code=code) for code in "abcd"}
    channel = channel_giving(points["a"], points["b"], points["c"])
    file = write(LIST_COLUMNS, codes_of(channel, cell))
    outcome = bring_in(ChannelSheet, file, user)
    assert told(outcome) == []
    ((change,),) = [each.cells for each in outcome.changes]
    assert (change.removed, change.added) == (removed, added)
    assert (outcome.changed, outcome.taken_away) == (1, len(removed))
    assert given(channel) == held
    assert len(outcome.editions) == 1
    assert LogEntry.objects.get().get_edited_object() == channel


@pytest.mark.parametrize("column", ["Título", "Descripción"])
def test_without_the_column_a_channel_keeps_its_contact_points(write, user, column):
    channel = channel_giving(factories.PhoneFactory(code="a"), factories.EmailFactory(code="b"))
    file = write(["Servicio", "Código", column], codes_of(channel, "Otra cosa"))
    assert bring_in(ChannelSheet, file, user).changed == 1
    assert given(channel) == [("a", "1107", "2"), ("b", "", "")]


def test_a_row_that_is_not_in_the_file_keeps_everything(write, user):
    kept = channel_giving(factories.PhoneFactory(code="a"))
    other = channel_giving(factories.PhoneFactory(code="b"), factories.PhoneFactory(code="c"))
    assert bring_in(ChannelSheet, write(LIST_COLUMNS, codes_of(other, "c")), user).taken_away == 1
    assert given(kept) == [("a", "1107", "2")]
    assert Channel.objects.count() == 2


def test_an_escalation_contact_gives_what_its_cell_names(write, user):
    points = [factories.PhoneFactory(code=code) for code in "ab"]
    contact = factories.EscalationContactFactory(code="ana", contacts=points)
    contact.contact_uses.filter(contact_point=points[1]).update(extensions="12")
    factories.PhoneFactory(code="c")
    file = write(["Código", "Medios de contacto"], ["ana", "b, c"])
    outcome = bring_in(EscalationContactSheet, file, user)
    assert (told(outcome), outcome.taken_away) == ([], 1)
    assert given(contact) == [("b", "12", ""), ("c", "", "")]


@pytest.mark.parametrize("missing", ["add", "change", "delete"])
def test_a_list_changes_only_with_all_permissions_for_what_is_in_it(write, user, missing):
    channel = channel_giving(factories.PhoneFactory(code="a"), factories.PhoneFactory(code="b"))

    def may(action, model):
        return (action, model) != (missing, ChannelContact)

    outcome = bring_in(ChannelSheet, write(LIST_COLUMNS, codes_of(channel, "b")), user, may=may)
    assert places(outcome) == [(2, "Medios de contacto")]
    same = write([*LIST_COLUMNS, "Título"], [*codes_of(channel, "a, b"), "Otro"])
    assert told(bring_in(ChannelSheet, same, user, may=may)) == []
    assert given(channel) == [("a", "1107", "2"), ("b", "", "")]


@pytest.mark.parametrize(("cell", "warned"), [("linea", 0), ("", 1)])
@pytest.mark.parametrize("is_published", [True, False])
def test_the_preview_warns_of_a_channel_without_contact_points(write, cell, warned, is_published):
    factories.ServiceFactory(slug="mesa", is_published=is_published)
    factories.RequestTypeFactory()
    factories.ScheduleFactory(code="siempre")
    factories.PhoneFactory(code="linea")
    headings = ["service", "code", "medium", "title", "request types", "schedule", "contact points"]
    file = write(headings, ["mesa", "tel", "telephone", "Teléfono", "todas", "siempre", cell])
    outcome = file_import.preview([match(ChannelSheet(), file)])
    assert told(outcome) == []
    assert len(outcome.warnings) == warned * is_published
    assert all("mesa › tel" in warning for warning in outcome.warnings)


@pytest.mark.parametrize("is_published", [True, False])
def test_the_preview_warns_of_an_escalation_contact_without_contact_points(write, is_published):
    contact = factories.EscalationContactFactory()
    factories.EscalationPolicyFactory(levels=[contact], service__is_published=is_published)
    file = write(["code", "contact points"], [contact.code, ""])
    warnings = file_import.preview([match(EscalationContactSheet(), file)]).warnings
    assert [contact.code in warning for warning in warnings] == [True] * is_published


def test_escalation_contacts_come_in_by_two_sheets(write, user):
    factories.PhoneFactory(code="linea")
    file = write(["Código", "Nombre", "Persona", "Horario"], ["ana", "Supervisión", "Ana", ""])
    assert told(bring_in(EscalationContactSheet, file, user)) == []
    headings = ["Responsable de escalamiento", "Medio de contacto", "Extensiones"]
    file = write(headings, ["ana", "linea", "12"])
    assert told(bring_in(EscalationContactUseSheet, file, user)) == []
    assert EscalationContactUse.objects.get().extensions == "12"


@pytest.mark.parametrize(
    ("factory", "values"),
    [
        (factories.PhoneFactory, ["601 744 2701", "601 744 2702", "601 744 2703"]),
        (factories.EmailFactory, ["uno@example.com", "dos@example.com", "tres@example.com"]),
        (factories.WebFactory, ["https://uno.co/", "https://dos.co/", "https://tres.co/"]),
    ],
    ids=["phones", "addresses", "pages"],
)
def test_rows_may_swap_and_pass_on_their_values(write, user, factory, values):
    field = factory.build().value_field
    for code, value in zip("abc", values, strict=True):
        factory(code=code, **{field: value})
    file = write(["code", "value"], ["a", values[1]], ["b", values[2]], ["c", values[0]])
    outcome = bring_in(ContactPointSheet, file, user)
    assert (told(outcome), outcome.changed) == ([], 3)
    held = {point.code: point.display for point in ContactPoint.objects.all()}
    assert held == dict(zip("abc", [*values[1:], values[0]], strict=True))


def test_a_new_row_may_take_the_number_that_a_row_below_gives_up(write, user):
    factories.PhoneFactory(code="vieja", label="Vieja", phone="+576017442727")
    given_up = row_of(code="vieja", label="Vieja", value="601 744 2728")
    file = write(HEADINGS, row_of(code="nueva", value="601 744 2727"), given_up)
    outcome = bring_in(ContactPointSheet, file, user)
    assert (told(outcome), outcome.added, outcome.changed) == ([], 1, 1)
    assert ContactPoint.objects.get(code="nueva").value == "+576017442727"


def test_the_same_number_written_differently_changes_nothing(write, user):
    factories.PhoneFactory(code="linea", phone="+576017442727")
    before = everything()
    file = write(["code", "value"], ["linea", "(57) (601) 7442727"])
    outcome = bring_in(ContactPointSheet, file, user)
    assert (told(outcome), outcome.changes, outcome.unchanged) == ([], [], 1)
    assert everything() == before


@pytest.mark.parametrize("order", [("vieja", "nueva"), ("nueva", "vieja")])
def test_a_row_may_refer_to_one_below_or_above_it(write, user, order):
    rows = {
        "vieja": [*row_of(code="vieja", value="601 744 2728"), "nueva", "2026-12-01"],
        "nueva": [*row_of(code="nueva"), "", ""],
    }
    file = write([*HEADINGS, "replaced by", "replaced on"], *(rows[code] for code in order))
    outcome = bring_in(ContactPointSheet, file, user)
    assert (told(outcome), [c.number for c in outcome.changes]) == ([], [2, 3])
    assert ContactPoint.objects.get(code="vieja").replaced_by.code == "nueva"


@pytest.mark.parametrize("days", [("2026-12-15", "2026-12-20"), ("2026-11-01", "2026-11-02")])
@pytest.mark.parametrize("order", ["ab", "ba"])
def test_a_chain_of_replacements_may_move_as_a_whole(write, user, days, order):
    last = factories.PhoneFactory(code="c")
    middle = factories.PhoneFactory(code="b", replaced_by=last, replaced_on="2026-12-10")
    factories.PhoneFactory(code="a", replaced_by=middle, replaced_on="2026-12-01")
    rows = {"a": ["a", "b", days[0]], "b": ["b", "c", days[1]]}
    file = write(["code", "replaced by", "replaced on"], *(rows[code] for code in order))
    assert told(bring_in(ContactPointSheet, file, user)) == []
    found = ContactPoint.objects.order_by("code").values_list("replaced_on", flat=True)
    assert [str(day) for day in found] == [*days, "None"]
