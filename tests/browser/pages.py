"""Which pages the browser tests open, and when."""

from django.conf import settings

SLUGS = (
    "mesa-de-ayuda",
    "clave-segura",
    "camara-comercio-bogota",
    "subasta-electronica",
    "certifactura",
)
# What they say differs by the hour.
ANSWERS = (
    "",
    *(f"servicios/{slug}/" for slug in SLUGS),
    "servicios/clave-segura/?request_type=queja",
    "servicios/clave-segura/tarjeta/",
)
PATHS = (
    *ANSWERS,
    "?q=744+2727",
    "?q=xyzzy",
    "nada/",
    "offline.html",
    "servicios/clave-segura/ediciones/",
    "servicios/clave-segura/ediciones/1/",
    "servicios/clave-segura/ediciones/1/cambios/",
    "servicios/clave-segura/seguir/",
    "servicios/clave-segura/seguir/pedido/",
    "seguir/terminar/nada/",
)
# What addresses begin with, in each language.
LANGUAGES = tuple(
    "" if code == settings.LANGUAGE_CODE else f"{code}/" for code, _name in settings.LANGUAGES
)
# Sunday night, a Monday at work, an unconfirmed holiday.
NIGHT, WORK, HOLIDAY = (
    "2026-11-22T03:00:00-05:00",
    "2026-11-23T10:00:00-05:00",
    "2026-12-08T10:00:00-05:00",
)
