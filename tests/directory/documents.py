"""Documents to test with."""

from dataclasses import replace as replace_dataclass
from datetime import UTC, date, datetime, time

from msgspec.structs import replace

from directory.editions.document import (
    PublishedAbsence,
    PublishedChannel,
    PublishedContact,
    PublishedEscalation,
    PublishedLevel,
    PublishedNotice,
    PublishedRequestType,
    PublishedStandIn,
    PublishedTarget,
    PublishedTime,
    Replacement,
    ServiceDocument,
)
from directory.hours.schedule import (
    DatedException,
    ExceptionEffect,
    HolidayPolicy,
    OpeningHours,
    Span,
    WeeklySpan,
)

ALL = PublishedRequestType(code="todas", name="Todas", covers_all=True)
INCIDENT = PublishedRequestType(
    code="incidente", name="Incidentes", description="El servicio no funciona."
)
TARGET = PublishedTarget(
    request_type=INCIDENT, respond_minutes=240, solve_minutes=2880, in_open_hours=True
)
TARGET_OF_ALL = PublishedTarget(request_type=ALL, solve_minutes=4320)
TIMES = (
    PublishedTime(request_type=INCIDENT, minutes=120),
    PublishedTime(request_type=ALL, minutes=0),
)
LINE = PublishedContact(
    code="linea",
    kind="phone",
    label="Línea de servicio",
    value="+576017442727",
    menu_options="Opción 2",
    extensions=("1107", "1109"),
)
PLACE = PublishedContact(
    code="sede",
    kind="address",
    label="Sede principal",
    value="Carrera 19 # 34-93\nPiso 3",
    map="https://maps.app.goo.gl/sede",
)
# A number with a map is none, but a document can be of any age.
TRIED = {"map": "https://maps.app.goo.gl/linea", "verified_on": date(2026, 11, 1)}
MAIL = PublishedContact(code="correo", kind="email", label="Correo", value="soporte@example.com")
PLAN = Replacement(
    on=date(2026, 12, 1), code="nueva", kind="phone", label="Línea nueva", value="+576017450000"
)


def weekly(*days, opens=7, closes=19, **validity):
    return tuple(
        WeeklySpan(day=day, opens=time(opens), closes=time(closes), **validity) for day in days
    )


OFFICE = OpeningHours(
    code="oficina",
    name="Oficina",
    timezone="America/Bogota",
    country="CO",
    spans=(*weekly(1, 2, 3, 4, 5), *weekly(6, opens=8, closes=13)),
)
ALWAYS = OpeningHours(
    code="siempre", name="Siempre", timezone="America/Bogota", country="CO", always_open=True
)
CHRISTMAS = DatedException(
    first_day=date(2026, 12, 24),
    last_day=date(2026, 12, 24),
    reason="Navidad",
    effect=ExceptionEffect.OTHER_HOURS,
    spans=(Span(opens=time(8), closes=time(12)),),
)
EARLIER = DatedException(
    first_day=date(2026, 12, 28),
    last_day=date(2026, 12, 31),
    reason="Fin de año",
    effect=ExceptionEffect.LIMITED,
    opens_at_earliest=time(8),
    closes_at_latest=time(12),
    every_year=True,
    for_all=True,
)

BROKEN = PublishedNotice(
    code="linea-caida",
    text="La línea no funciona.",
    severity="out_of_order",
    since=datetime(2026, 11, 23, 13, tzinfo=UTC),
    until=datetime(2026, 11, 24, 13, tzinfo=UTC),
    contact_point="linea",
)
SLOW = PublishedNotice(
    code="correo-lento",
    text="Respondemos más tarde.",
    severity="limited",
    since=datetime(2026, 11, 23, 13, tzinfo=UTC),
    channel="correo",
)

TELEPHONE = PublishedChannel(
    code="telefonico",
    medium="telephone",
    title="Telefónico",
    description="Tenga a la mano su número de cliente.",
    request_types=(ALL,),
    schedule="oficina",
    contacts=(LINE,),
)
E_MAIL = PublishedChannel(
    code="correo",
    medium="email",
    title="Correo electrónico",
    request_types=(ALL, INCIDENT),
    schedule="oficina",
    contacts=(MAIL,),
    languages=("es", "en"),
)
FIRST = PublishedLevel(
    level=1, contact="grupo", name="Grupo de soporte", schedule="oficina", contacts=(LINE,)
)
NETWORKS = PublishedLevel(
    level=1,
    title="Tier 1",
    purpose="Redes",
    request_types=(INCIDENT,),
    contact="redes",
    name="Grupo de redes",
    contacts=(LINE,),
)
SECOND = PublishedLevel(
    level=2,
    contact="supervisor",
    name="Supervisor",
    person="Ana Ruiz",
    escalate_after_minutes=30,
    contacts=(replace(LINE, extensions=("1427", "1428")),),
)
AWAY = PublishedAbsence(
    contact="supervisor",
    first_day=date(2026, 12, 1),
    last_day=date(2026, 12, 15),
    stand_in="coordinador",
)
STAND_IN = PublishedStandIn(
    name="Coordinador", person="Eva Gil", schedule="oficina", contacts=(MAIL,)
)
DOCUMENT = ServiceDocument(
    slug="servicio",
    name="Servicio",
    introduction="Estos son nuestros canales.",
    channels=(TELEPHONE, E_MAIL),
    escalation=PublishedEscalation(instructions="Primero llame.", levels=(FIRST, SECOND)),
    schedules={"oficina": OFFICE},
)

# Every field of every structure holds something.
RICH = replace(
    DOCUMENT,
    notices=(BROKEN, SLOW),
    targets=(TARGET, TARGET_OF_ALL),
    channels=(
        replace(
            TELEPHONE,
            contacts=(replace(LINE, replacements=(replace(PLAN, **TRIED),), **TRIED), PLACE),
            valid_from=date(2026, 1, 1),
            valid_until=date(2027, 1, 1),
        ),
        E_MAIL,
    ),
    escalation=replace(
        DOCUMENT.escalation,
        times_count="since_report",
        levels=tuple(
            replace(
                level,
                escalate_after=TIMES,
                title=f"Tier {level.level}",
                purpose="Redes",
                request_types=(INCIDENT,),
                valid_from=date(2026, 1, 1),
                valid_until=date(2027, 1, 1),
            )
            for level in DOCUMENT.escalation.levels
        ),
        absences=(AWAY, replace(AWAY, contact="grupo", stand_in="", contacts=(LINE,))),
        stand_ins={"coordinador": STAND_IN},
    ),
    schedules={
        "oficina": replace_dataclass(
            OFFICE,
            holidays=HolidayPolicy.OWN_HOURS,
            spans=(
                WeeklySpan(
                    day=1,
                    opens=time(7),
                    closes=time(19),
                    valid_from=date(2026, 1, 1),
                    valid_until=date(2027, 1, 1),
                ),
            ),
            exceptions=(CHRISTMAS, EARLIER),
        )
    },
)


def with_channels(*channels, **fields):
    return replace(DOCUMENT, channels=channels, **fields)


def with_levels(*levels):
    return replace(DOCUMENT, escalation=replace(DOCUMENT.escalation, levels=levels))


def with_hours(**fields):
    return replace(DOCUMENT, schedules={"oficina": replace_dataclass(OFFICE, **fields)})
