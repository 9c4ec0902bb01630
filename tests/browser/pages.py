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
# What is sent to them empty comes back with errors.
FORMS = ("servicios/mesa-de-ayuda/avisar/", "servicios/clave-segura/seguir/")
# Their addresses lead to no page, some of them to names that are near.
MISSING = (
    "nada/",
    "servicios/clave-segur/",
    "servicios/clave-segura/ediciones/99/",
    "seguir/terminar/nada/",
)
PATHS = (
    *ANSWERS,
    "?q=744+2727",
    "?q=queja",
    "?q=xyzzy",
    "offline.html",
    "servicios/clave-segura/ediciones/",
    "servicios/clave-segura/ediciones/1/",
    "servicios/clave-segura/ediciones/1/cambios/",
    "servicios/clave-segura/seguir/",
    "servicios/clave-segura/seguir/pedido/",
    "servicios/mesa-de-ayuda/avisar/?key=linea-bogota",
    "servicios/mesa-de-ayuda/avisar/gracias/?key=linea-bogota",
    *MISSING,
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
