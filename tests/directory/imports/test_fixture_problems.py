"""What is wrong in fixture files: all of it, with line, object, field and what to write."""

import json

import pytest

from directory.imports.fixtures.formats import read_file
from directory.imports.fixtures.records import Problems
from tests.directory.imports.fixture_files import (
    FORMATS,
    channel,
    channel_contact,
    phone,
    request_type,
    row,
    schedule,
    service,
    span,
    written,
)


@pytest.fixture
def told(tmp_path):
    """Text as a file -> what is wrong in it, as people read it, without the name of the file."""

    def told(text, format_name="json"):
        path, problems = tmp_path / f"datos.{format_name}", Problems()
        path.write_text(text, encoding="utf-8")
        list(read_file(str(path), format_name, None, problems))
        return [str(each).removeprefix(str(path)) for each in problems]

    return told


@pytest.fixture
def told_of(told):
    """An object -> what is wrong in it, where it stands alone in a file."""
    return lambda each, format_name="json": [
        problem.partition(": ")[2] for problem in told(written([each], format_name), format_name)
    ]


# ---- Values ------------------------------------------------------------------------------------

TEXT = "Escriba un texto entre comillas y no %s."
NUMBER = "Escriba un número entero, sin comillas, y no %s."
BOOLEAN = "Escriba true o false, sin comillas, y no %s."
NULL = "No puede ser nulo: escriba un valor u omita el campo."
SCHEDULE = 'Escriba ["%s"], que nombra «horario», y no %s.'
TYPES = (
    "Escriba una lista de «tipos de solicitud», cada elemento con su propia lista: [%s], y no %s."
)
CODE = 'Escriba ["<code>"], que nombra «horario», y no %s.'
CHANNEL = 'Escriba ["<service>", "<code>"], que nombra «canal», y no %s.'

ONE_OF = " no es una de las opciones. Escriba una de estas: "
KINDS = (
    f'%s{ONE_OF}"phone" (Teléfono), "short_code" (Código corto), "whatsapp" (WhatsApp), '
    '"telegram" (Telegram), "sms" (SMS), "email" (Correo electrónico), "web" (Dirección web), '
    '"address" (Dirección física), "fax" (Fax).'
)
DAYS = (
    f"%s{ONE_OF}1 (lunes), 2 (martes), 3 (miércoles), 4 (jueves), 5 (viernes), 6 (sábado), "
    "7 (domingo), 8 (festivo)."
)
DAY = "%s no es una fecha. Escriba año, mes y día, como «2026-12-01»."
WRONG_VALUES = [
    # Texts.
    (phone, "label", ["a", "b"], TEXT % '["a", "b"]'),
    (phone, "label", {"es": "Línea"}, TEXT % '{"es": "Línea"}'),
    (phone, "label", 7, TEXT % "7"),
    (phone, "label", True, TEXT % "true"),
    (phone, "label", None, NULL),
    (phone, "phone", 6017442727, TEXT % "6017442727"),
    (phone, "phone", ["601"], TEXT % '["601"]'),
    (phone, "url", None, NULL),
    (service, "name", "a\x00b", "Quite el carácter NUL (\\u0000)."),
    (service, "name", "a\ud800", "Quite \\ud800, que es medio carácter."),
    (service, "introduction", "\udc00", "Quite \\udc00, que es medio carácter."),
    # Numbers, booleans.
    (request_type, "position", "1", NUMBER % '"1"'),
    (request_type, "position", "primero", NUMBER % '"primero"'),
    (request_type, "position", 1.5, NUMBER % "1.5"),
    (request_type, "position", True, NUMBER % "true"),
    (request_type, "position", [1], NUMBER % "[1]"),
    (request_type, "position", float("nan"), NUMBER % "NaN"),
    (request_type, "position", float("inf"), NUMBER % "Infinity"),
    (request_type, "position", 10**4000, NUMBER % "Infinity"),
    (request_type, "position", None, NULL),
    (request_type, "covers_all", "true", BOOLEAN % '"true"'),
    (request_type, "covers_all", 1, BOOLEAN % "1"),
    (request_type, "covers_all", "quizá", BOOLEAN % '"quizá"'),
    (request_type, "covers_all", None, NULL),
    # Choices, days.
    (phone, "kind", "pager", KINDS % '"pager"'),
    (phone, "kind", "", KINDS % '""'),
    (phone, "kind", ["phone"], KINDS % '["phone"]'),
    (span, "day", "lunes", DAYS % '"lunes"'),
    (span, "day", 0, DAYS % "0"),
    (span, "day", "1", DAYS % '"1"'),
    (span, "day", True, DAYS % "true"),
    (service, "reviewed_on", "24/12/2026", DAY % '"24/12/2026"'),
    (service, "reviewed_on", "2026-02-30", DAY % '"2026-02-30"'),
    (service, "reviewed_on", "", DAY % '""'),
    # References.
    (channel, "schedule", "lv-9-18", SCHEDULE % ("lv-9-18", '"lv-9-18"')),
    (channel, "schedule", 1, CODE % "1"),
    (channel, "schedule", ["oficina", "otra"], CODE % '["oficina", "otra"]'),
    (channel, "schedule", [["oficina"]], CODE % '[["oficina"]]'),
    (channel, "schedule", [], CODE % "[]"),
    (channel, "schedule", [True], CODE % "[true]"),
    (channel, "schedule", {"code": "oficina"}, CODE % '{"code": "oficina"}'),
    (channel, "schedule", ["a\ud800"], "Quite \\ud800, que es medio carácter."),
    (channel_contact, "channel", "uno", CHANNEL % '"uno"'),
    (channel_contact, "channel", ["uno"], CHANNEL % '["uno"]'),
    (channel, "request_types", "todas", TYPES % ('["todas"]', '"todas"')),
    (channel, "request_types", ["todas"], TYPES % ('["todas"]', '["todas"]')),
    (channel, "request_types", 7, TYPES % ('["<code>"]', "7")),
    (channel, "request_types", None, TYPES % ('["<code>"]', "null")),
]


@pytest.mark.parametrize(("make", "field", "value", "said"), WRONG_VALUES)
def test_wrong_value_says_what_to_write(told_of, make, field, value, said):
    given = make(**{field: value})
    [problem] = told_of(given)
    assert problem.startswith(given["model"])
    assert problem.partition(f"{field}: ")[2] == said
    assert problem.encode()


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize(
    ("make", "field", "value"),
    [
        (span, "opens", "25:00"),
        (span, "closes", "07:61"),
        (span, "opens", ""),
        (channel, "valid_from", "diciembre"),
        (channel, "valid_until", "2026-02-30"),
        (request_type, "position", "primero"),
        (request_type, "covers_all", "quizá"),
        (channel, "schedule", "oficina"),
        (channel, "request_types", "todas"),
        (channel_contact, "channel", ["uno"]),
    ],
)
def test_wrong_value_is_told_in_every_format(told_of, format_name, make, field, value):
    [problem] = told_of(make(**{field: value}), format_name)
    assert f"{field}: " in problem


# ---- Objects -----------------------------------------------------------------------------------

KEYS = "Quite «pk» e «id»: las filas se encuentran por sus códigos, nunca por claves de una base"
WRONG_OBJECTS = [
    (service() | {"pk": 1}, ["pk: " + KEYS]),
    (service() | {"id": 1}, ["id: " + KEYS]),
    (service(id=1), ["id: " + KEYS]),
    (service(pk=1), ["pk: " + KEYS]),
    (service() | {"pk": None}, []),
    (service() | {"field": {}}, ["field: Un objeto tiene «model», «fields» y, si se quiere, "]),
    ({"fields": {}}, ["Un objeto tiene «model» y «fields»; este no los tiene."]),
    ([], ["Un objeto tiene «model» y «fields»; este no los tiene."]),
    ("directory.service", ["Un objeto tiene «model» y «fields»; este no los tiene."]),
    ({"model": "directory.service"}, ["directory.service: Falta «fields», o no es una lista de"]),
    ({"model": "directory.service", "fields": []}, ["directory.service: Falta «fields», o no"]),
    ({"model": 7, "fields": {}}, ["«model» es un texto como «directory.service»."]),
    ({"model": ["a.b"], "fields": {}}, ["«model» es un texto como «directory.service»."]),
    ({"model": "", "fields": {}}, ["No existe el modelo «»."]),
    (
        phone(telefono="601"),
        ["telefono: directory.contactpoint no tiene un campo con"],
    ),
    (
        schedule(always_opened=True),
        ["always_opened: directory.schedule no tiene un campo "],
    ),
]


@pytest.mark.parametrize(("given", "said"), WRONG_OBJECTS)
def test_wrong_object_says_how_it_is_written(told_of, given, said):
    problems = told_of(given)
    assert [part for part, problem in zip(said, problems, strict=True) if part not in problem] == []


def test_near_misses_of_a_name_are_offered(told_of):
    [problem] = told_of(phone(lable="Línea"))
    assert problem.endswith("¿Quiso escribir «label»?")
    [problem] = told_of({"model": "directory.chanel", "fields": {}})
    assert "«directory.channel»" in problem


def test_without_a_near_miss_all_names_are_told(told_of):
    [problem] = told_of(request_type(xyz=1))
    assert "Sus campos son: code, name, description, covers_all, is_critical, position" in problem


@pytest.mark.parametrize("format_name", FORMATS)
def test_primary_key_is_refused_in_every_format(told_of, format_name):
    [problem] = told_of(service() | {"pk": 1}, format_name)
    assert problem.startswith("directory.service “uno”, pk: " + KEYS)


@pytest.mark.parametrize(
    ("text", "format_name"),
    [
        ('[{"model": "directory.service", "fields": {"slug": "a", "slug": "b"}}]', "json"),
        ('{"model": "directory.service", "fields": {"slug": "a", "slug": "b"}}', "jsonl"),
        ("- {model: directory.service, fields: {slug: a, slug: b}}", "yaml"),
        (
            "<django-objects><object model='directory.service'><field name='slug'>a</field>"
            "<field name='slug'>b</field></object></django-objects>",
            "xml",
        ),
    ],
)
def test_name_given_twice_is_told(told, text, format_name):
    assert told(text, format_name) == [
        ":1: directory.service “b”, slug: Está dos veces en este objeto. Deje uno de los dos."
    ]


@pytest.mark.parametrize("format_name", FORMATS)
def test_all_problems_are_told_each_with_its_line(told, format_name):
    objects = [
        {"model": "auth.user", "fields": {}},
        phone(telefono="1", url=None, kind="phone"),
        service(),
        channel(schedule="oficina", valid_from="ayer"),
    ]
    problems = told(written(objects, format_name), format_name)
    lines = [int(each.split(":")[1]) for each in problems]
    named = [each.partition(": ")[2].partition(": ")[0] for each in problems]
    assert named[1:] == [
        "directory.contactpoint “linea”, telefono",
        "directory.contactpoint “linea”, url",
        "directory.channel “uno · telefonico”, schedule",
        "directory.channel “uno · telefonico”, valid_from",
    ]
    assert lines == sorted(lines)
    assert len({*lines}) == 3


def test_after_too_many_problems_the_rest_is_not_read(tmp_path):
    path, problems = tmp_path / "datos.jsonl", Problems()
    path.write_text("[]\n" * 2000, encoding="utf-8")
    assert [*read_file(str(path), "jsonl", None, problems)] == []
    assert (len(problems.kept), problems.count, problems.are_too_many) == (100, 1000, True)


# ---- What is no JSON, XML, YAML ------------------------------------------------------------------

S = json.dumps(service())
DEEP = "Hay demasiadas listas dentro de listas. Un objeto tiene «model» y «fields»."
LONG = "Este objeto tiene más de un millón de caracteres. ¿Faltan unas comillas?"
LIST = "Esto no es JSON. Los datos son una lista de objetos: [{…}, {…}]."
NATURALS = "<django-objects><object><field>" + "<natural/>" * 60_000
BOMB = "- - &a0 x\n" + "".join(f"  - &a{n} [{f'*a{n - 1},' * 9}]\n" for n in range(1, 9))
MALFORMED = {
    "json": {
        "": ":1: El archivo está vacío.",
        " \n\n": ":3: El archivo está vacío.",
        "esto no es JSON": f":1: {LIST}",
        "7": f":1: {LIST}",
        '"directory.service"': f":1: {LIST}",
        S: ":1: Los datos son una lista de objetos: escriba [ antes del primero y ] después del",
        "[": ":1: columna 2: esto no es JSON (falta un valor). ¿Está completo",
        f"[{S}": ":1: columna 96: a la lista le falta «]» al final.",
        f"[\n{S}\n{S}]": ":3: columna 1: entre dos objetos va una coma.",
        f"[\n{S},\n]": ":3: columna 1: quite la coma que está antes de «]».",
        f"[{S}]\n]": ":2: columna 1: hay algo después del «]» que termina la lista.",
        '[\n{"model": }]': ":2: columna 11: esto no es JSON (falta un valor).",
        "[{'model': 1}]": ":1: columna 3: esto no es JSON (falta un nombre entre comillas dobles).",
        '[{"a": 1 "b": 2}]': ":1: columna 10: esto no es JSON (falta una coma).",
        '[{"a" 1}]': ":1: columna 7: esto no es JSON (faltan los dos puntos).",
        '[{"a": "b\n"}]': ":1: columna 10: esto no es JSON (hay un salto de línea u otro carácter",
        '[{"a": "b}]': ":1: columna 8: esto no es JSON (aquí empieza un texto sin comillas",
        '[{"a": "\\x"}]': ":1: columna 9: esto no es JSON (la barra",
        "[" * 100_000 + "]" * 100_000: f":1: {DEEP}",
        '[{"a":' * 100_000: f":1: {DEEP}",
        '[{"a": "' + "a" * 3_000_000: f":1: {LONG}",
        '[{"a": ' + "9" * 3_000_000: f":1: {LONG}",
    },
    "jsonl": {
        "[\n": ":1: columna 2: esto no es JSON (falta un valor).",
        f"\n{S} {S}": ":2: columna 96: esto no es JSON (sobra lo que sigue).",
        "[" * 100_000: f":1: {DEEP}",
        "a" * 3_000_000: f":1: {LONG}",
        "\n" * 30_000: ":10001: Hay demasiadas líneas vacías. Quítelas.",
    },
    "xml": {
        "": ":1: columna 1: esto no es XML (no hay ningún elemento, o falta el final).",
        "nada": ":1: columna 1: esto no es XML (así no empieza XML).",
        "<objetos/>": ":1: El archivo empieza con <django-objects>, no con <objetos>.",
        "<django-objects>\n<objeto/>": ":2: Dentro de <django-objects> va <object>, no <objeto>.",
        "<django-objects>\n": ":2: columna 1: esto no es XML (no hay ningún elemento, o falta",
        "<django-objects>hola<object/>": ":1: El texto «hola» está donde solo van elementos.",
        "<django-objects>\n</objects>": ":2: columna 3: esto no es XML (la etiqueta que cierra",
        "<django-objects><object><field><b/>": ":1: Dentro de <field> va <None>, <natural>",
        "<django-objects>&nada;</django-objects>": ":1: columna 17: esto no es XML (entidad",
        "<django-objects><object><field>" + "a" * 3_000_000: ":1: Este texto tiene más de un",
        '<!DOCTYPE a [<!ENTITY b "c">]>\n<django-objects/>': ":1: Quite <!DOCTYPE> y <!ENTITY>",
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><django-objects/>': ":1: Quite <!DOCTYPE> y",
        "<django-objects><!--" + "a" * 3_000_000: ":1: La etiqueta o el comentario que",
        NATURALS: ":1: Este objeto tiene más de 50000 partes.",
        "<a>" * 100_000: ":1: El archivo empieza con <django-objects>, no con <a>.",
    },
    "yaml": {
        "": ":1: El archivo está vacío.",
        "hola": ":1: Los datos son una lista de objetos: escriba «- model: …» para cada uno",
        "model: a": ":1: Los datos son una lista de objetos: escriba «- model: …»",
        "- a: b: c": ":1: columna 7: esto no es YAML (sobran los dos puntos, o el texto necesita",
        "- {": ":2: columna 1: esto no es YAML",
        "- *a": ":1: Nada antes de esto se llama «a».",
        "- &a [*a]": ":1: Nada antes de esto se llama «a».",
        BOMB: ":6: Este objeto tiene más de 50000 partes.",
        "- - &a0 []\n" + "".join(f"  - &a{n} [*a{n - 1}]\n" for n in range(1, 20)): f":11: {DEEP}",
        "- !!python/object/apply:os.system [id]": ":1: Quite la etiqueta (!): estos datos no",
        "\n- !hora 7": ":2: Quite la etiqueta (!)",
        "[]\n---\n[]": ":2: Escriba un solo documento: quite la línea «---» entre las listas.",
        "- " * 100: f":1: {DEEP}",
        "- " + "[" * 100: f":1: {DEEP}",
        "- [" + "a, " * 60_000: ":1: Este objeto tiene más de 50000 partes.",
        "- " + "a" * 3_000_000: ":1: Este texto tiene más de un millón de caracteres.",
        "- \x07": ":1: Cerca de esta línea hay un carácter que YAML no admite.",
    },
}


@pytest.mark.parametrize(
    ("format_name", "text", "said"),
    [(name, text, said) for name, texts in MALFORMED.items() for text, said in texts.items()],
    ids=lambda each: ascii(each)[:40],
)
def test_malformed_file_says_where_and_what(told, format_name, text, said):
    problem = told(text, format_name)[0]
    assert problem[: len(said)] == said


def test_malformed_line_of_json_lines_leaves_the_others_readable(told):
    text = f'{S}\n{{"model"\n{json.dumps(row("directory.requesttype", code=1))}\n'
    assert [each.split(":")[1] for each in told(text, "jsonl")] == ["2", "3"]
