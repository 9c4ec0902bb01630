"""What a source document consists of; see `source_facts`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hours:
    text: str
    opening_hours: str
    always_open: bool = False
    timezone: str = "America/Bogota"


@dataclass(frozen=True)
class RequestType:
    code: str
    name: str
    covers_all: bool = False
    is_critical: bool = False


@dataclass(frozen=True)
class Contact:
    kind: str
    value: str
    label: str = ""
    menu_options: str = ""
    extensions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Channel:
    medium: str
    title: str
    request_types: tuple[RequestType, ...]
    hours: Hours
    description: str
    contacts: tuple[Contact, ...]


@dataclass(frozen=True)
class Level:
    level: int
    title: str
    name: str
    contacts: tuple[Contact, ...]
    person: str = ""
    hours: Hours | None = None


@dataclass(frozen=True)
class Document:
    slug: str
    name: str
    introduction: str
    channels: tuple[Channel, ...]
    levels: tuple[Level, ...]
    # Everything with a digit (but for "prioridad 1"), an @ or a :// in it, row by row, where it is
    # first printed. "printed → shown": what the page has instead, where that differs.
    as_written: str
    instructions: str = ""

    def shown_for_written(self) -> dict[str, str]:
        """What the page shows or links to, for each number, address and time as printed."""
        items = [item.strip() for line in self.as_written.split("\n") for item in line.split(" | ")]
        pairs = [item.partition(" → ") for item in items if item]
        return {printed: shown or printed for printed, _, shown in pairs}


def phone(value: str, label: str = "", menu_options: str = "", ext: str = "") -> Contact:
    return Contact("phone", value, label, menu_options, tuple(sorted(ext.split())))


def whatsapp(value: str, label: str = "") -> Contact:
    return Contact("whatsapp", value, label)


def email(value: str, label: str = "") -> Contact:
    return Contact("email", value, label)


def level(number: int, name: str, *contacts: Contact, **stated) -> Level:
    ordinal = ("Primer", "Segundo", "Tercer", "Cuarto")[number - 1]
    return Level(number, f"{ordinal} escalamiento", name, contacts, **stated)
