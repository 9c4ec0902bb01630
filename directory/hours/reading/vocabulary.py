"""The words of opening hours in Spanish, English and OpenStreetMap's syntax, folded.

A phrase stands for a kind of token and its value; the longest that fits is read. "m" alone is not
here: it is martes or miércoles in Spanish, Monday in English (`tokens`).
"""

from enum import Enum, auto
from typing import Any

from directory.hours.reading.clock import MIDNIGHT, NOON
from directory.hours.schedule import HOLIDAY
from directory.hours.week import WEEK


class Kind(Enum):
    """What a token is."""

    DAY = auto()  # one weekday, 1-7
    DAYS = auto()  # several: the value is their tuple
    WORKING_DAYS = auto()  # Monday to Friday, which are no holidays
    HOLIDAYS = auto()
    TIME = auto()  # a Clock
    HALF = auto()  # "por la tarde", before hours
    WHOLE_DAY = auto()  # "24 horas"
    ALWAYS = auto()  # "24/7"
    CLOSED = auto()
    USUAL = auto()
    NOT_CONFIRMED = auto()
    TO = auto()
    AND = auto()
    COMMA = auto()
    STOP = auto()  # ends a sentence
    BETWEEN = auto()
    EXCEPT = auto()
    INCLUDING = auto()
    NEXT_DAY = auto()
    SHIFT = auto()  # "jornada continua": the hours of an office, without a break
    DATE = auto()  # a month: hours of certain dates
    NOISE = auto()  # says nothing
    END = auto()


SPANISH_DAYS = (
    "lunes lun lu l",
    "martes mar ma",
    "miercoles mierc mier mie mi x",
    "jueves juev jue ju j",
    "viernes vier vie vi v",
    "sabado sabados sab sa s",
    "domingo domingos dominical dominicales dom do d",
)
ENGLISH_DAYS = (
    "monday mondays mon mo",
    "tuesday tuesdays tues tue tu",
    "wednesday wednesdays weds wed we w",
    "thursday thursdays thurs thur thu th",
    "friday fridays fri fr f",
    "saturday saturdays sat",
    "sunday sundays sun su",
)
# The letters of a week, as "LMXJV"; "m" is Tuesday among them.
LETTERS = "lmxjvsd"

_DAYS_OF_HOLIDAYS = (
    "festivo|festivos|festivas|fest|feriado|feriados|dia festivo|dias festivos|dias feriados|"
    "dia feriado|holiday|holidays|public holiday|public holidays|bank holiday|bank holidays|ph"
)
_EVERY_DAY = (
    "todos los dias|todos los dias de la semana|todo dia|toda la semana|diario|diaria|a diario|"
    "diariamente|cada dia|daily|every day|everyday|all days|all week|7 dias|los 7 dias|siete dias|"
    "7 dias de la semana|7 dias a la semana|7 dias por semana|los siete dias de la semana|7 days|"
    "7 days a week|7 days per week|seven days a week|dias de la semana todos|semana completa"
)
_ALWAYS = (
    "24/7|24x7|24 x 7|24*7|24×7|24-7|7x24|7 x 24|7*24|7×24|7/24|24/7/365|24x7x365|7x24x365|"
    "24 x 7 x 365|7 x 24 x 365|24/365|siempre|"
    "7 dias x 24 horas|7 dias por 24 horas|24 horas x 7 dias|24 horas por 7 dias|24 h x 7 d|"
    "7d x 24h|7 dias/24 horas|24 horas/7 dias|siempre abierto|always open|"
    "atencion permanente|servicio permanente|permanente|permanentemente|round the clock"
)
_WHOLE_DAY = (
    "24 horas|las 24 horas|24 hora|24h|24 h|24 hs|24hs|24 hrs|24hrs|24 hours|24 hour|24-hour|"
    "24 horas al dia|24 horas del dia|las 24 horas del dia|24 horas diarias|veinticuatro horas|"
    "24 hours a day|24 hours per day|todo el dia|all day|open all day|dia y noche|day and night"
)
_CLOSED = (
    "cerrado|cerrada|cerrados|cerradas|no hay atencion|sin atencion|no atiende|no se atiende|"
    "no atendemos|no abre|no abrimos|sin servicio|no hay servicio|no se presta servicio|"
    "no se presta el servicio|no labora|no laboramos|"
    "no laborable|no laborables|closed|off|no service|not open"
)
_NOISE = (
    "de|del|desde|la|las|los|el|en|por|horario|horarios|horario de atencion|atencion|"
    "de atencion|horario de servicio|horario de oficina|servicio|disponible|disponibilidad|"
    "horas|hora|h|hs|hrs|hr|hours|hour|"
    "atencion al publico|atencion al cliente|atencion telefonica|abierto|abierta|abiertos|abrimos|"
    "atendemos|se atiende|abre|open|opens|we are open|opening|opening hours|opening times|"
    "business hours|office hours|hours of operation|service hours|from|at|on|the|of|"
    "horario corrido|corrido|de corrido|sin interrupcion|sin descanso|ininterrumpido|unicamente|"
    "solo|only|dia|dias|days|day|de la semana|a week|que sean|every|each|cada|are|is|"
    "de manera ininterrumpida|ininterrumpida|ininterrumpidamente|en horario de|todos los|todas las"
)
_MONTHS = (
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|"
    "diciembre|ene|feb|abr|jun|jul|ago|sep|set|oct|nov|dic|january|february|march|april|may|june|"
    "july|august|september|october|november|december|jan|apr|aug|sept|dec|easter|week|"
    "primer dia habil|verano|invierno|temporada|summer|winter"
)
_MORNING = (
    "manana|mananas|por la manana|en la manana|en las mananas|por las mananas|am|a.m.|"
    "morning|mornings|in the morning"
)
_AFTERNOON = (
    "tarde|tardes|por la tarde|en la tarde|en las tardes|por las tardes|noche|noches|"
    "por la noche|en la noche|pm|p.m.|afternoon|afternoons|evening|evenings|in the afternoon"
)

_TABLE: list[tuple[Kind, Any, str]] = [
    (Kind.DAYS, WEEK, _EVERY_DAY),
    (Kind.DAYS, (1, 2, 3, 4, 5), "entre semana|weekday|weekdays|on weekdays"),
    (Kind.DAYS, (1, 3, 5), "mwf"),
    (Kind.DAYS, (6, 7), "fin de semana|fines de semana|weekend|weekends|finde"),
    (
        Kind.WORKING_DAYS,
        None,
        "dia habil|dias habiles|habiles|dia laborable|dias laborables|laborables|dias laborales|"
        "working day|working days|business day|business days|workday|workdays",
    ),
    (Kind.HOLIDAYS, HOLIDAY, _DAYS_OF_HOLIDAYS),
    (Kind.TIME, NOON, "mediodia|medio dia|el mediodia|al mediodia|noon|midday"),
    (Kind.TIME, MIDNIGHT, "medianoche|media noche|la medianoche|la media noche|midnight"),
    (Kind.HALF, "a", _MORNING),
    (Kind.HALF, "p", _AFTERNOON),
    (Kind.WHOLE_DAY, None, _WHOLE_DAY),
    (Kind.ALWAYS, None, _ALWAYS),
    (Kind.CLOSED, None, _CLOSED),
    (Kind.USUAL, None, "horario habitual|horario normal|usual hours|normal hours|as usual"),
    (
        Kind.NOT_CONFIRMED,
        None,
        "horario no confirmado|horario sin confirmar|hours not confirmed|unknown|"
        "horario no informado|hours not stated",
    ),
    (
        Kind.TO,
        None,
        "-|a|al|a la|a las|hasta|hasta las|hasta la|hasta el|to|through|thru|until|till",
    ),
    (Kind.AND, None, "y|e|ni|and|&|+|asi como|ademas"),
    (Kind.COMMA, None, ",|/"),
    (Kind.STOP, None, ".|;|\n|•|·|*"),
    (Kind.BETWEEN, None, "entre|entre las|entre la|between"),
    (
        Kind.EXCEPT,
        None,
        "excepto|excepto los|salvo|salvo los|menos|exceptuando|a excepcion de|con excepcion de|"
        "no incluye|sin incluir|excluye|excluyendo|no|except|except on|except for|excluding|"
        "excl|but not|not",
    ),
    (
        Kind.INCLUDING,
        None,
        "incluye|incluyendo|incluido|incluidos|incluidas|incluida|inclusive|incluso|including|"
        "included|incl|inc",
    ),
    (
        Kind.NEXT_DAY,
        None,
        "del dia siguiente|dia siguiente|al dia siguiente|de la manana siguiente|the next day|"
        "next day|the following day|following day",
    ),
    (Kind.SHIFT, None, "jornada continua|jornada|jornada laboral"),
    (Kind.DATE, None, _MONTHS),
    (Kind.NOISE, None, _NOISE + "|:|(|)"),
]


def phrases() -> dict[str, tuple[Kind, Any]]:
    """Every phrase, with one space between its words, and what it stands for."""
    table = {
        phrase: (kind, value)
        for kind, value, written in _TABLE
        for phrase in written.split("|")
        if phrase
    }
    table["|"] = (Kind.STOP, None)
    for words in (SPANISH_DAYS, ENGLISH_DAYS):
        for day, names in enumerate(words, 1):
            table |= dict.fromkeys(names.split(), (Kind.DAY, day))
    for year in (
        "todos los dias del ano",
        "365 dias",
        "365 dias al ano",
        "365 dias del ano",
        "365 days",
        "365 days a year",
    ):
        table[year] = (Kind.DAYS, (*WEEK, HOLIDAY))
    return table
