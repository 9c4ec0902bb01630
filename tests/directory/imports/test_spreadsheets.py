"""Spreadsheets in and out: one set of scenarios, run through CSV and through XLSX."""

import csv
import io
import re
from datetime import date, time

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from directory.editions.publish import publish
from directory.imports.spreadsheets import (
    cells,
    columns,
    csv_files,
    file_import,
    matching,
    xlsx_files,
)
from directory.imports.spreadsheets.cells import FileRefused
from directory.imports.spreadsheets.directory_sheets import (
    ChannelContactSheet,
    ChannelSheet,
    ContactPointSheet,
)
from directory.models import Channel, ChannelContact, ContactPoint, Edition, Service
from escalations.escalation_sheets import EscalationContactSheet, EscalationContactUseSheet
from escalations.models import EscalationContact, EscalationContactUse
from tests import factories
from tests.directory.imports.sheet_files import as_csv, as_xlsx, records_of

pytestmark = pytest.mark.django_db

SHEETS = [
    ContactPointSheet,
    ChannelSheet,
    ChannelContactSheet,
    EscalationContactSheet,
    EscalationContactUseSheet,
]
every_sheet = pytest.mark.parametrize("kind", SHEETS, ids=lambda kind: kind.name)


@pytest.fixture(params=["csv", "xlsx"])
def ending(request):
    return request.param


@pytest.fixture
def write(ending):
    """Rows of texts -> (file name, bytes) as Excel in Spanish writes them."""
    return lambda *rows: (f"datos.{ending}", {"csv": as_csv, "xlsx": as_xlsx}[ending](rows))


@pytest.fixture(autouse=True)
def _spanish():
    with translation.override("es"):
        yield


@pytest.fixture
def user():
    return factories.UserFactory()


def bring_in(kind, file, user, **options):
    return file_import.bring_in([match(kind(**options), file)], user, file[0])


def match(sheet, file):
    return matching.match(sheet, records_of(*file))


def told(outcome):
    return [(error.row, error.column, error.message) for error in outcome.errors]


def places(outcome):
    return [(error.row, error.column) for error in outcome.errors]


def everything():
    models = [ContactPoint, Channel, ChannelContact, EscalationContact, EscalationContactUse]
    return [list(model.objects.order_by("pk").values()) for model in models]


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
        else xlsx_files.write([("Hoja", sheet.headings(), rows)])
    )
    outcome = bring_in(kind, (f"a.{ending}", content), user)
    assert told(outcome) == []
    assert (outcome.changes, outcome.unchanged) == ([], len(rows))
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


FORMULAS = ["=cmd|' /C calc'!A0", "@SUM(1)", "a,=1+1", 'a"; "=1+1', "a\n-1+1"]


@pytest.mark.parametrize("delimiter", csv_files.DELIMITERS)
def test_a_csv_holds_no_formula_whatever_delimiter_a_program_expects(delimiter):
    content = csv_files.write(["Nombre"], [["x", formula] for formula in FORMULAS])
    text = content.decode("utf-8-sig")
    found = [cell for row in csv.reader(io.StringIO(text), delimiter=delimiter) for cell in row]
    assert [cell for cell in found if cells.is_risky(cell.strip())] == []
    records = [[cell.text for cell in row] for _number, row in csv_files.records(content)]
    assert records == [["Nombre"], *(["x", formula] for formula in FORMULAS)]


def test_a_workbook_holds_no_formula():
    content = xlsx_files.write([("Hoja", ["Nombre"], [[formula] for formula in FORMULAS])])
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


def test_a_channel_with_its_request_types_and_contacts_comes_in_by_two_sheets(write, user):
    service = factories.ServiceFactory(slug="mesa")
    factories.RequestTypeFactory(code="incidente", name="Incidentes", covers_all=False)
    factories.RequestTypeFactory(code="queja", name="Quejas", covers_all=False)
    factories.ScheduleFactory(code="siempre")
    point = factories.PhoneFactory(phone="+576017442727", code="linea")
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
    use = channel.contact_uses.get()
    assert (use.contact_point, use.extensions, use.menu_options) == (
        point,
        "1107, 0012",
        "Opción 2",
    )


def channel_giving(*points):
    """A published channel that gives them in this order, the first with an extension."""
    channel = factories.ChannelFactory(contacts=points)
    channel.contact_uses.filter(contact_point=points[0]).update(extensions="1107", menu_options="2")
    publish(Service.objects.all())
    return channel


def given(holder):
    uses = holder.contact_uses.all()
    return [(use.contact_point.code, use.extensions, use.menu_options) for use in uses]


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


def test_an_unknown_contact_point_in_a_list_refuses_the_file(write, user):
    channel = channel_giving(factories.PhoneFactory(code="a"))
    before = everything()
    outcome = bring_in(ChannelSheet, write(LIST_COLUMNS, codes_of(channel, "a, nada")), user)
    assert places(outcome) == [(2, "Medios de contacto")]
    assert everything() == before


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
    service = factories.ServiceFactory(slug="mesa", is_published=is_published)
    factories.RequestTypeFactory(code="incidente", name="Incidentes", covers_all=False)
    factories.ScheduleFactory(code="siempre")
    factories.PhoneFactory(code="linea")
    file = write(
        ["service", "code", "medium", "title", "request types", "schedule", "contact points"],
        [service.slug, "tel", "telephone", "Teléfono", "incidente", "siempre", cell],
    )
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
    file = write(
        ["Responsable de escalamiento", "Medio de contacto", "Extensiones"], ["ana", "linea", "12"]
    )
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
    file = write(
        ["code", "kind", "label", "value"],
        row_of(code="nueva", value="601 744 2727")[:4],
        row_of(code="vieja", label="Vieja", value="601 744 2728")[:4],
    )
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
        "vieja": ["vieja", "phone", "Vieja", "601 744 2728", "nueva", "2026-12-01"],
        "nueva": ["nueva", "phone", "Nueva", "601 744 2727", "", ""],
    }
    headings = ["code", "kind", "label", "value", "replaced by", "replaced on"]
    file = write(headings, *(rows[code] for code in order))
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


def test_replacements_that_lead_back_are_refused(write, user):
    factories.PhoneFactory(code="a")
    factories.PhoneFactory(code="b")
    before = everything()
    file = write(
        ["code", "replaced by", "replaced on"], ["a", "b", "2026-12-01"], ["b", "a", "2026-12-02"]
    )
    assert places(bring_in(ContactPointSheet, file, user)) == [(3, "Reemplazado por")]
    assert everything() == before


def test_a_new_row_that_replaces_itself_is_told_once(write, user):
    file = write(
        ["code", "kind", "label", "value", "replaced by", "replaced on"],
        [*row_of()[:4], "x", "2026-12-01"],
    )
    assert places(bring_in(ContactPointSheet, file, user)) == [(2, "Reemplazado por")]


# ---- What is refused, at its row and column ----------------------------------------------------


SAME_AS = "La fila %d dice lo mismo aquí, y se guarda una sola vez. Cambie una de las dos."


def row_of(**changed):
    row = {"code": "x", "kind": "phone", "label": "X", "value": "601 744 2727", "verified_on": ""}
    return list((row | changed).values())


HEADINGS = ["Código", "Clase", "Nombre", "Número o dirección", "Verificado el"]
GOOD_ROW = row_of(code="bueno", value="601 744 2799")


@pytest.mark.parametrize(
    ("changed", "column", "message"),
    [
        ({"value": "744 2727"}, "Número o dirección", "Falta el indicativo"),
        ({"value": ""}, "Número o dirección", "Llene este dato"),
        ({"value": "601 744 2700"}, "Número o dirección", "ya es un medio de contacto"),
        ({"kind": "fax"}, "Clase", "Escriba uno de estos"),
        ({"kind": "email"}, "Número o dirección", "correo"),
        ({"label": ""}, "Nombre", "vacío"),
        ({"label": "x" * 121}, "Nombre", "120"),
        ({"label": "x" * 10_001}, "Nombre", "demasiado largo"),
        ({"verified_on": "31/02/2026"}, "Verificado el", "no es una fecha"),
        ({"code": ""}, "Código", "Complete"),
        ({"code": "con espacio"}, "Código", "letras sin tildes"),
        ({"label": "=1+1"}, "Nombre", "fórmula"),
        ({"label": "@SUM(A1)"}, "Nombre", "fórmula"),
        ({"label": "-2+3"}, "Nombre", "fórmula"),
        ({"label": "\t=1+1"}, "Nombre", "fórmula"),
        ({"label": " =1+1"}, "Nombre", "fórmula"),
    ],
)
def test_one_wrong_cell_is_told_in_words_and_refuses_the_file(
    write, user, changed, column, message
):
    factories.PhoneFactory(phone="+576017442700")
    before = everything()
    outcome = bring_in(ContactPointSheet, write(HEADINGS, GOOD_ROW, row_of(**changed)), user)
    ((row, where, text),) = told(outcome)
    assert (row, where) == (3, column)
    assert message in text
    assert everything() == before
    assert LogEntry.objects.count() == 0


def test_one_wrong_cell_in_row_512_keeps_the_others_out(write, user):
    good = [row_of(code=f"c{i}", value=f"31871{i:05d}") for i in range(2, 512)]
    file = write(HEADINGS, *good, row_of(value="744 2727"))
    assert places(bring_in(ContactPointSheet, file, user)) == [(512, "Número o dirección")]
    assert ContactPoint.objects.count() == 0


def test_blank_rows_count_as_the_spreadsheet_counts_them(write, user):
    file = write(["Código", "Clase", "Nombre"], [""], ["x", "phone", "X"])
    assert [row for row, *_ in told(bring_in(ContactPointSheet, file, user))] == [3]


def test_every_error_of_a_file_is_told_at_once(write, user):
    file = write(
        ["code", "kind", "label", "value"],
        row_of(code="a", value="744 2727")[:4],
        row_of(code="b", kind="fax")[:4],
        row_of(code="c", value="601 744 2727")[:4],
        row_of(code="c", value="601 744 2729")[:4],
    )
    assert places(bring_in(ContactPointSheet, file, user)) == [
        (2, "Número o dirección"),
        (3, "Clase"),
        (5, "Código"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["code", "kind", "label", "value"], row_of(code="x")[:4], row_of(code="y")[:4]],
        [["code", "value"], ["b", "(601) 7442700"], ["a", "601 744 2700"]],
    ],
    ids=["both new", "one keeps it"],
)
def test_a_number_that_two_rows_give_is_refused_at_both(write, user, rows):
    factories.PhoneFactory(code="a", phone="+576017442700")
    factories.PhoneFactory(code="b", phone="+576017442701")
    before = everything()
    assert told(bring_in(ContactPointSheet, write(*rows), user)) == [
        (2, "Número o dirección", SAME_AS % 3),
        (3, "Número o dirección", SAME_AS % 2),
    ]
    assert everything() == before


def test_what_identifies_or_belongs_elsewhere_cannot_be_changed(write, user):
    channel = factories.ChannelFactory()
    point = channel.contact_uses.get().contact_point
    file = write(["Código", "Clase"], [point.code, "WhatsApp"])
    assert places(bring_in(ContactPointSheet, file, user)) == [(2, "Clase")]
    file = write(
        ["Servicio", "Canal", "Medio de contacto", "Número o dirección"],
        [channel.service.slug, channel.code, point.code, "601 999 9999"],
    )
    outcome = bring_in(ChannelContactSheet, file, user)
    assert places(outcome) == [(2, "Número o dirección")]


def test_errors_of_a_row_stand_in_the_order_of_the_columns(write, user):
    channel = factories.ChannelFactory()
    headings = ["service", "code", "title", "schedule", "valid from", "valid until"]
    row = [channel.service.slug, channel.code, "x" * 121, "nada", "1999-12-31", "mañana"]
    assert places(bring_in(ChannelSheet, write(headings, row), user)) == [
        (2, "Título"),
        (2, "Horario"),
        (2, "Válido desde"),
        (2, "Válido hasta"),
    ]


def test_unknown_codes_are_told_at_their_column(write, user):
    service = factories.ServiceFactory()
    heading = ["service", "code", "medium", "title", "request types", "schedule"]
    file = write(heading, [service.slug, "a", "chat", "Chat", "nada, todas", "nunca"])
    assert places(bring_in(ChannelSheet, file, user)) == [(2, "Tipos de solicitud"), (2, "Horario")]
    file = write(["service", "channel", "contact point"], [service.slug, "nada", "nada"])
    assert places(bring_in(ChannelContactSheet, file, user)) == [
        (2, "Canal"),
        (2, "Medio de contacto"),
    ]


def test_extensions_of_an_address_are_refused_at_their_column(write, user):
    channel = factories.ChannelFactory(contacts=[factories.EmailFactory()])
    use = channel.contact_uses.get()
    file = write(
        ["service", "channel", "contact point", "extensions"],
        [channel.service.slug, channel.code, use.contact_point.code, "1107"],
    )
    assert places(bring_in(ChannelContactSheet, file, user)) == [(2, "Extensiones")]


def test_what_the_database_alone_refuses_is_told_at_its_row(write, user, monkeypatch):
    def refuse(point):
        raise IntegrityError

    monkeypatch.setattr(ContactPoint, "save", refuse)
    file = write(["code", "kind", "label", "value"], row_of()[:4])
    message = "Esta fila contradice otra y no se puede guardar."
    assert told(bring_in(ContactPointSheet, file, user)) == [(2, "", message)]


def test_who_may_not_add_cannot_add_by_spreadsheet(write, user):
    file = write(["code", "kind", "label", "value"], row_of()[:4])
    outcome = bring_in(ContactPointSheet, file, user, may=lambda action, model: action != "add")
    assert [row for row, *_ in told(outcome)] == [2]
    assert ContactPoint.objects.count() == 0


@pytest.mark.parametrize(
    ("headings", "named"),
    [
        (["Código", "Telefono"], "Telefono"),
        (["Código", "Nombres"], r"“Nombres” \(¿quiso decir «Nombre»\?\)"),
        (["Nombre", "Clase"], "Código"),
        (["Código", "codigo"], "codigo"),
        (["Código", "", "Clase"], "B"),
    ],
)
def test_wrong_columns_are_named(write, headings, named):
    file = write(headings, ["x"] * len(headings))
    with pytest.raises(FileRefused, match=named):
        match(ContactPointSheet(), file)


# ---- What programs make of a value -------------------------------------------------------------


@pytest.mark.parametrize("text", ["6017442999.0", "6017442999,0", "601 744 2999"])
def test_a_number_that_a_program_made_a_quantity_is_read(user, text):
    file = as_csv([["code", "kind", "label", "value"], row_of(value=text)[:4]])
    assert told(bring_in(ContactPointSheet, ("a.csv", file), user)) == []
    assert ContactPoint.objects.get().value == "+576017442999"


@pytest.mark.parametrize("text", ["6,01744E+09", "6.017442999E9", "6E+09"])
def test_a_number_that_lost_its_digits_is_refused(write, user, text):
    file = write(["code", "kind", "label", "value"], ["x", "phone", "X", text])
    ((row, column, message),) = told(bring_in(ContactPointSheet, file, user))
    assert (row, column) == (2, "Número o dirección")
    assert "Aquí se perdieron dígitos" in message


def use_file(extensions, menu_options=""):
    """The only use of a contact point, in Excel."""
    use = ChannelContact.objects.select_related("channel__service", "contact_point").get()
    found = [use.channel.service.slug, use.channel.code, use.contact_point.code]
    headings = ["service", "channel", "contact point", "extensions", "menu options"]
    return "a.xlsx", as_xlsx([headings, [*found, extensions, menu_options]])


@pytest.mark.parametrize(
    ("held", "written"), [("0012", 12), ("0012, 1107", "12, 1107"), ("1107, 0", "1107,00")]
)
def test_zeros_that_excel_took_from_extensions_are_refused(user, held, written):
    channel_giving(factories.PhoneFactory(code="a"))
    ChannelContact.objects.update(extensions=held)
    ((row, column, message),) = told(bring_in(ChannelContactSheet, use_file(written, "2"), user))
    assert (row, column) == (2, "Extensiones")
    assert f"«{held}»" in message
    assert ChannelContact.objects.get().extensions == held


@pytest.mark.parametrize("written", ["1108.0", 1108.0, 1108])
def test_an_extension_that_a_program_made_a_quantity_is_read(user, written):
    channel_giving(factories.PhoneFactory(code="a"))
    assert told(bring_in(ChannelContactSheet, use_file(written, "2"), user)) == []
    assert ChannelContact.objects.get().extensions == "1108"


@pytest.mark.parametrize("day", [date(2026, 4, 2), time(2, 4)])
def test_menu_options_that_excel_made_a_date_are_refused(user, day):
    channel_giving(factories.PhoneFactory(code="a"))
    ((row, column, message),) = told(bring_in(ChannelContactSheet, use_file("1107", day), user))
    assert (row, column) == (2, "Opciones de menú")
    assert "fecha" in message


def test_more_keys_than_one_query_takes_are_read_in_several(write, user, monkeypatch):
    monkeypatch.setattr(columns, "BATCH", 2)
    for code in "abcde":
        factories.PhoneFactory(code=code)
    file = write(["code", "label"], *([code, "Otra"] for code in "abcde"))
    outcome = bring_in(ContactPointSheet, file, user)
    assert (told(outcome), outcome.changed) == ([], 5)


# ---- Speed -------------------------------------------------------------------------------------


def test_queries_per_row_do_not_grow_with_the_file(write, user, django_assert_max_num_queries):
    def file(count):
        rows = [row_of(code=f"c{i}", value=f"31871{i:05d}")[:4] for i in range(count)]
        return write(["code", "kind", "label", "value"], *rows)

    # A savepoint and the insert: three for each new row, and about twenty for the file.
    with django_assert_max_num_queries(3 * 200 + 25):
        assert bring_in(ContactPointSheet, file(200), user).added == 200
    with django_assert_max_num_queries(15):
        assert bring_in(ContactPointSheet, file(200), user).unchanged == 200
