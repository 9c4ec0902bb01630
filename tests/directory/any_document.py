"""Any document there can be: few values each, so that parts meet their like."""

from datetime import UTC, date, datetime, time
from functools import partial

from hypothesis import strategies as st

from directory.contacts.kinds import KINDS
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
    MonthlyDay,
    OpeningHours,
    Span,
    WeeklySpan,
)

_words = st.sampled_from(["", "Uno", "Dos", "Un texto más largo, de varias palabras, " * 3])
_names = st.sampled_from(["Uno", "Dos", "Tres"])
_codes = st.sampled_from(["a", "b", "c", "d"])
_days = st.dates(date(2026, 11, 1), date(2027, 1, 31))
_clock = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
_no_or_day = st.none() | _days
_maps = st.sampled_from(["", "https://maps.app.goo.gl/uno", "https://maps.app.goo.gl/dos"])


def _kinds_and_values():
    other_phone = {"kind": "phone", "value": "+576017450000"}
    examples = [{"kind": kind.code, "value": kind.example} for kind in KINDS.values()]
    return st.sampled_from([*examples, other_phone])


def _unique(items, key, largest=3):
    return st.lists(items, max_size=largest, unique_by=key).map(tuple)


def _with_code(item):
    return item.code


replacements = st.builds(
    lambda what, **fields: Replacement(**what, **fields),
    what=_kinds_and_values(),
    on=_days,
    code=_codes,
    label=_names,
    map=_maps,
    verified_on=_no_or_day,
)
contacts = st.builds(
    lambda what, **fields: PublishedContact(**what, **fields),
    what=_kinds_and_values(),
    code=_codes,
    label=_names,
    menu_options=_words,
    extensions=_unique(st.sampled_from(["1107", "1109", "1427"]), None),
    map=_maps,
    verified_on=_no_or_day,
    replacements=_unique(replacements, _with_code, 2),
)
request_types = st.builds(
    PublishedRequestType,
    code=_codes,
    name=_names,
    description=_words,
    covers_all=st.booleans(),
    is_critical=st.booleans(),
)
_minutes = st.integers(1, 3000)
targets = st.builds(
    PublishedTarget,
    request_type=request_types,
    respond_minutes=_minutes,
    solve_minutes=st.none() | _minutes,
    in_open_hours=st.booleans(),
)
times = st.builds(PublishedTime, request_type=request_types, minutes=st.just(0) | _minutes)
channels = st.builds(
    PublishedChannel,
    code=_codes,
    medium=st.sampled_from(["telephone", "chat", "unheard-of"]),
    title=_names,
    description=_words,
    request_types=_unique(request_types, _with_code),
    schedule=st.sampled_from(["a", "b"]),
    contacts=_unique(contacts, _with_code),
    for_abroad=st.booleans(),
    languages=st.sampled_from([(), ("es",), ("es", "en")]),
    valid_from=_no_or_day,
    valid_until=_no_or_day,
)
levels = st.builds(
    PublishedLevel,
    level=st.integers(1, 4),
    title=st.sampled_from(["", "Tier 1", "Tier 2"]),
    purpose=st.sampled_from(["", "Redes", "Europa"]),
    request_types=_unique(request_types, _with_code),
    contact=_codes,
    name=_names,
    person=_words,
    public=st.sampled_from(["person", "contacts", "role"]),
    escalate_after=_unique(times, lambda time: time.request_type.code),
    escalate_after_minutes=st.none() | st.integers(1, 90),
    schedule=st.sampled_from(["", "a", "b"]),
    contacts=_unique(contacts, _with_code),
    valid_from=_no_or_day,
    valid_until=_no_or_day,
)
absences = st.builds(
    PublishedAbsence,
    contact=_codes,
    first_day=_days,
    last_day=_days,
    stand_in=st.sampled_from(["", "a", "b"]),
    contacts=_unique(contacts, _with_code),
)
stand_ins = st.builds(
    PublishedStandIn,
    name=_names,
    person=_words,
    public=st.sampled_from(["person", "contacts", "role"]),
    schedule=st.sampled_from(["", "a", "b"]),
    contacts=_unique(contacts, _with_code),
)
_instants = st.builds(datetime.combine, _days, _clock, st.just(UTC))
_subjects = st.fixed_dictionaries({}) | st.sampled_from(
    [{"contact_point": "a"}, {"channel": "a"}, {"for_all": True}]
)
notices = st.builds(
    lambda subject, **fields: PublishedNotice(**subject, **fields),
    subject=_subjects,
    code=_codes,
    text=_names,
    severity=st.sampled_from(["information", "limited", "out_of_order"]),
    since=_instants,
    until=st.none() | _instants,
)
_spans = st.builds(
    WeeklySpan,
    day=st.integers(1, 8),
    opens=_clock,
    closes=_clock,
    valid_from=_no_or_day,
    valid_until=_no_or_day,
) | st.builds(
    WeeklySpan,
    day=st.integers(1, 8),
    opens=_clock,
    closes=_clock,
    valid_from=_days,
    valid_until=_days,
    every_year=st.booleans(),
)
_exception = partial(
    st.builds,
    DatedException,
    first_day=_days,
    last_day=_days,
    reason=_words,
    every_year=st.booleans(),
    monthly=st.sampled_from([None, *MonthlyDay]),
    for_all=st.booleans(),
)
_exceptions = st.one_of(
    _exception(),
    _exception(
        effect=st.just(ExceptionEffect.OTHER_HOURS),
        spans=st.lists(st.builds(Span, opens=_clock, closes=_clock), min_size=1, max_size=2).map(
            tuple
        ),
        also_on_days_off=st.booleans(),
    ),
    _exception(
        effect=st.just(ExceptionEffect.LIMITED),
        opens_at_earliest=_clock | st.none(),
        closes_at_latest=_clock,
    ),
)


def schedules(code):
    return st.builds(
        OpeningHours,
        code=st.just(code),
        name=_names,
        timezone=st.sampled_from(["America/Bogota", "UTC"]),
        country=st.sampled_from(["ES", "MX"]),
        subdivision=st.sampled_from(["", "MD"]),
        always_open=st.booleans(),
        holidays=st.sampled_from(HolidayPolicy),
        spans=st.lists(_spans, max_size=4).map(tuple),
        exceptions=st.lists(_exceptions, max_size=2).map(tuple),
    )


documents = st.builds(
    ServiceDocument,
    slug=_codes,
    name=_names,
    introduction=_words,
    targets=_unique(targets, lambda target: target.request_type.code),
    notices=_unique(notices, _with_code),
    channels=_unique(channels, _with_code),
    escalation=st.builds(
        PublishedEscalation,
        instructions=_words,
        times_count=st.sampled_from(["no_answer", "no_solution", "since_report"]),
        levels=_unique(levels, lambda level: (level.level, level.contact), 4),
        absences=_unique(absences, None),
        stand_ins=st.dictionaries(st.sampled_from(["a", "b"]), stand_ins),
    ),
    schedules=st.fixed_dictionaries({"a": schedules("a"), "b": schedules("b")}),
)
