"""What the five source documents say, copied from them by hand, to be checked line by line.

Kept apart from the fixtures on purpose: the acceptance test compares the two. What a document
leaves out is empty here (`""`, `()`, `None`), and texts are verbatim but for

- numbers, which are in today's numbering,
- hours, which are in the house style ("24/7" is "7 días 24 horas"),
- formatting, and merged cells, which the export repeated: one channel each.

`as_written` shows what a document prints in such a place, and what stands for it today.
"""

from dataclasses import replace

from tests.acceptance.source_documents import (
    Channel,
    Contact,
    Document,
    Hours,
    RequestType,
    email,
    level,
    phone,
    whatsapp,
)

# ==== Said alike in several documents =======================================================
MOTTO = "Hacemos la vida más fácil con tecnologías seguras y confiables"  # 000 to 003

ALL = (RequestType("todas", "Todas", covers_all=True),)
CRITICAL = (
    RequestType("incidente-critico", "Incidentes prioridad 1 (Críticos)", is_critical=True),
)
INCIDENTS = (RequestType("incidente", "Incidentes"),)
REQUESTS = (RequestType("solicitud", "Solicitudes"),)
PQRSA = (
    RequestType("peticion", "Peticiones"),
    RequestType("queja", "Quejas"),
    RequestType("reclamo", "Reclamos"),
    RequestType("sugerencia", "Sugerencias"),
    RequestType("apelacion", "Apelaciones"),
)

WEEKDAYS = Hours("Lunes a viernes: 7 a.m. a 7 p.m.", "Mo-Fr 07:00-19:00")
WITH_SATURDAY = Hours(
    "Lunes a viernes: 7 a.m. a 7 p.m. Sábado: 8 a.m. a 1 p.m.",
    "Mo-Fr 07:00-19:00; Sa 08:00-13:00",
)
OFFICE = Hours("Lunes a viernes: 7 a.m. a 5 p.m.", "Mo-Fr 07:00-17:00")
ALWAYS = Hours("7 días 24 horas", "24/7", always_open=True)

CUSTOMER_LINE = "Línea de servicio al cliente en Bogotá"
SUPPORT = "Grupo de soporte técnico"
CHAT = Contact("web", "http://idealab.certicamara.com/CertiChat/chat.php")
SUPERVISOR = "supervisor.mesadeayuda@certicamara.com"
COORDINATOR = "coordinador.mesadeayuda@certicamara.com"

# The rows that documents 000 to 003 share, but for hours and addresses.
ATTENDED = (
    "Este canal es atendido por personal de soporte en el horario descrito (si el requerimiento "
    "es crítico se recomienda realizar contacto al celular destinado para casos con prioridad 1)."
)
CRITICAL_ROW = Channel(
    "telephone",
    "Telefónico",
    CRITICAL,
    ALWAYS,
    "Se recomienda hacer uso de este número en los horarios en que no están disponibles los otros "
    "canales y el requerimiento presenta prioridad 1 (crítica).",
    (phone("+573187174937"),),
)
PQRSA_ROW = Channel(
    "pqrsa",
    "PQRSA",
    PQRSA,
    OFFICE,
    "Se habilita este canal con el objeto de recibir peticiones, quejas, reclamos, sugerencias "
    "y/o apelaciones respecto al servicio:",
    (
        email("certicamararesponde@certicamara.com"),
        phone("+576017442727", "Línea de atención", "opción 3"),
    ),
)


def alike(
    slug: str,
    name: str,
    about: str,
    hours: Hours,
    calls: tuple[Contact, ...],
    address: str,
    first_level: Contact,
    landline: str,
    supervisors: str,
    as_written: str,
) -> Document:
    """Documents 000 to 003: the same five rows and three levels.

    They differ in what their introduction is about, and in hours, numbers and addresses;
    `supervisors` are the extensions of `landline` at the second level.
    """
    return Document(
        slug,
        name,
        "Queremos prestarle un excelente servicio, por esto presentamos los canales disponibles "
        f"para la atención de requerimientos o soporte técnico {about}",
        (
            Channel("telephone", "Telefónico", ALL, hours, "", calls),
            CRITICAL_ROW,
            Channel("email", "Correo electrónico", ALL, hours, ATTENDED, (email(address),)),
            Channel("chat", "Chat online", ALL, hours, ATTENDED, (CHAT,)),
            PQRSA_ROW,
        ),
        (
            level(1, SUPPORT, first_level, email(address, "Email"), hours=hours),
            level(
                2,
                "Supervisor de Soporte",
                phone(landline, "Teléfono fijo", ext=supervisors),
                email(SUPERVISOR, "Email"),
            ),
            level(
                3,
                "Coordinador de Soporte",
                email(COORDINATOR, "Email"),
                phone(landline, "Teléfono", ext="1101"),
            ),
        ),
        as_written,
    )


# ==== 000 ===================================================================================
CLAVE_SEGURA = alike(
    "clave-segura",
    "Clave Segura",
    "de nuestro Sistema de Clave Segura:",
    WEEKDAYS,
    (phone("+576017442727", CUSTOMER_LINE, "Opción 2 - opción 4"),),
    "soporte.clavesegura@certicamara.com",
    phone("+576017442727", CUSTOMER_LINE, "Opción 2 - opción 4"),
    "+576013790300",
    "1107 1109 1113 1427",
    as_written="""
        Lunes a viernes: 7 a.m. a 7 p.m. | (571) 7442727 → 601 744 2727 | Opción 2 - opción 4
        7 días 24 horas | (57) 318 717 49 37 → 318 717 4937
        Lunes a viernes: 7 a.m a 7 p.m. → Lunes a viernes: 7 a.m. a 7 p.m.
        sosporte.clavesegura@certicamara.com → soporte.clavesegura@certicamara.com
        http://idealab.certicamara.com/CertiChat/chat.php
        Lunes a viernes: 7 a.m. a 5 p.m. | certicamararesponde@certicamara.com | opción 3

        soporte.clavesegura@certicamara.com
        (571) 3790300 → 601 379 0300 | 1107 | 1109 | 1113 | 1427
        supervisor.mesadeayuda@certicamara.com
        coordinador.mesadeayuda@certicamara.com | (571) 379 0300 → 601 379 0300 | 1101
    """,
)

# ==== 001 ===================================================================================
# The chat row under "Correo electrónico" is the chat; the last row, without a name, is PQRSA.
CAMARA_COMERCIO_BOGOTA = alike(
    "camara-comercio-bogota",
    "Cámara de Comercio de Bogotá",
    "para la Cámara de Comercio de Bogotá",
    ALWAYS,
    (phone("+576017457495", "Línea Gratuita Nacional de servicio al cliente"),),
    "soporte.ccb@certicamara.com",
    phone("+576017457495", CUSTOMER_LINE),
    "+576017452141",
    "1104 1108 1102",
    as_written="""
        7 días 24 horas | (601) 7457495 → 601 745 7495 | 7 días x 24 horas → 7 días 24 horas
        (57) 318 717 49 37 → 318 717 4937
        soporte.ccb@certicamara.com
        http://idealab.certicamara.com/CertiChat/chat.php
        Lunes a viernes: 7 a.m. a 5 p.m. | certicamararesponde@certicamara.com
        (601) 7442727 → 601 744 2727 | opción 3

        supervisor.mesadeayuda@certicamara.com
        (601) 745 2141 → 601 745 2141 | 1104 | 1108 | 1102
        coordinador.mesadeayuda@certicamara.com | 1101
    """,
)

# ==== 002 ===================================================================================
# The chat row under "Correo electrónico" is the chat; PQRSA is printed twice.
SUBASTA_ELECTRONICA = alike(
    "subasta-electronica",
    "Subasta Electrónica",
    "de nuestro servicio de Subasta Electrónica:",
    WITH_SATURDAY,
    (phone("+576017442727", CUSTOMER_LINE, "Opción 2 - opción 5"),),
    "subasta.electronica@certicamara.com",
    phone("+576017442727", CUSTOMER_LINE, "Opción 2 - opción 5"),
    "+576013790300",
    "1113 1107 1109 1427",
    as_written="""
        Lunes a viernes: 7 a.m. a 7 p.m. Sábado: 8 a.m. a 1 p.m.
        7442727 → 601 744 2727 | Opción 2 - opción 5
        7 días 24 horas | (57) 318 717 49 37 → 318 717 4937
        subasta.electronica@certicamara.com
        http://idealab.certicamara.com/CertiChat/chat.php
        Lunes a viernes: 7 a.m. a 5 p.m. | certicamararesponde@certicamara.com
        (571) 7442727 → 601 744 2727 | opción 3

        (571) 3790300 → 601 379 0300 | 1113 | 1107 | 1109 | 1427
        supervisor.mesadeayuda@certicamara.com
        (571) 379 0300 → 601 379 0300 | 1101 | coordinador.mesadeayuda@certicamara.com
    """,
)

# ==== 003 ===================================================================================
CERTIFACTURA = alike(
    "certifactura",
    "Certifactura",
    "de nuestro Sistema de Facturación Electrónica Certificada - Certifactura:",
    WITH_SATURDAY,
    (
        phone("+576017442727", CUSTOMER_LINE, "opción 2 (Soporte), opción 2"),
        phone("+573168714692", "Teléfono móvil"),
    ),
    "soporte.certifactura@certicamara.com",
    phone("+576017442727", CUSTOMER_LINE, "Opción 2 Soporte - Opción 2"),
    "+576013790300",
    "1113 1107 1109 1427",
    as_written="""
        Lunes a viernes: 7 a.m. a 7 p.m. Sábado: 8 a.m. a 1 p.m.
        (571) 744 27 27 → 601 744 2727 | opción 2 (Soporte), opción 2
        (57) 316-8714692 → 316 871 4692
        7 días 24 horas | (57) 318-7174937 → 318 717 4937
        soporte.certifactura@certicamara.com
        http://idealab.certicamara.com/CertiChat/chat.php
        Lunes a viernes: 7 a.m. a 5 p.m. | certicamararesponde@certicamara.com
        (571) 7442727 → 601 744 2727 | opción 3

        Opción 2 Soporte - Opción 2
        (571) 3790300 → 601 379 0300 | 1113 | 1107 | 1109 | 1427
        supervisor.mesadeayuda@certicamara.com
        coordinador.mesadeayuda@certicamara.com | (571) 379 0300 → 601 379 0300 | 1101
    """,
)

# ==== 004 ===================================================================================
# A heading holds for every row below it. The portal's cell of hours makes two channels of it.
CALL, MAIL = "Atención telefónica", "Atención por correo electrónico"
WRITE, PORTAL = "Atención por WhatsApp corporativo", "Atención portal ServiceNow Certicámara"
LOCAL_LINE = "Línea de servicio al cliente de Certicámara en Bogotá."
FREE_LINE = "Línea Gratuita Nacional de servicio al cliente de CERTICÁMARA"
CASES = "Correo electrónico para atención de casos."
MONITORING = "WhatsApp Centro de Monitoreo de Certicámara para notificación de incidentes críticos."
AGENT = (
    "WhatsApp Corporativo, que permite interactuar con un agente de servicio para la atención de "
    "solicitudes."
)
PORTAL_TEXT = (
    "En el portal de autogestión de mesa de ayuda de Certicámara, el cliente tiene la facilidad de "
    "crear los casos o reportar novedades, hacer seguimiento, verificar notas y avances en línea, "
    "así como, agregar información adicional a los mismos, si es requerida por nuestro equipo "
    "técnico."
)
PORTAL_LINK = Contact("web", "https://certicamara.service-now.com/csm")
DESK = "mesadeayuda@certicamara.com"
MESA_DE_AYUDA = Document(
    slug="mesa-de-ayuda",
    name="Mesa de Ayuda",
    introduction=(
        "EL CLIENTE puede comunicarse con EL PRESTADOR DE SERVICIOS a través de los siguientes "
        "canales de atención para la atención de requerimientos, cambios o incidentes en el "
        "servicio"
    ),
    channels=(
        Channel("telephone", CALL, ALL, WITH_SATURDAY, LOCAL_LINE, (phone("+576017442727"),)),
        Channel("telephone", CALL, ALL, WITH_SATURDAY, FREE_LINE, (phone("+5718000181531"),)),
        Channel("email", MAIL, ALL, WITH_SATURDAY, CASES, (email(DESK),)),
        Channel("whatsapp", WRITE, CRITICAL, ALWAYS, MONITORING, (whatsapp("+573184872656"),)),
        Channel("whatsapp", WRITE, ALL, WITH_SATURDAY, AGENT, (whatsapp("+573168731648"),)),
        Channel("portal", PORTAL, INCIDENTS, ALWAYS, PORTAL_TEXT, (PORTAL_LINK,)),
        Channel("portal", PORTAL, REQUESTS, WITH_SATURDAY, PORTAL_TEXT, (PORTAL_LINK,)),
    ),
    instructions=(
        "Los clientes deberán tener en cuenta los niveles de escalamiento definidos para el "
        "tratamiento de los incidentes de soporte. El responsable de cada nivel de escalamiento "
        "verificará que el incidente de soporte reportado, haya surtido los niveles de "
        "escalamiento precedentes y no haya recibido atención y/o soluciones necesarias."
    ),
    levels=(
        level(
            1,
            SUPPORT,
            email(DESK),
            phone("+576017442727", "Teléfono fijo"),
            whatsapp("+573168731648", "WhatsApp"),
            replace(PORTAL_LINK, label="ServiceNow Cliente"),
        ),
        level(
            2,
            "Supervisor de servicio de soporte técnico",
            email(SUPERVISOR),
            email("orlando.mendez@certicamara.com"),
            person="Orlando Méndez",
        ),
        level(
            3,
            "Coordinación de servicio de soporte a clientes",
            email(COORDINATOR),
            email("nelson.calderon@certicamara.com"),
            phone("+573187174937", "Celular/WhatsApp"),
            whatsapp("+573187174937", "Celular/WhatsApp"),
            person="Nelson Calderón",
        ),
        level(
            4,
            "Director de Infraestructura y Soporte",
            email("ivan.rodriguez@certicamara.com"),
            phone("+573222197967", "Teléfono móvil"),
            person="Iván Rodríguez",
        ),
    ),
    as_written="""
        601 7442727 → 601 744 2727
        Lunes a Viernes de 7:00 am a 7:00 pm → Lunes a viernes: 7 a.m. a 7 p.m.
        Sábado de 8:00 am a 1:00 pm → Sábado: 8 a.m. a 1 p.m.
        01 8000 181531
        mesadeayuda@certicamara.com
        https://wa.me/573184872656 | 24/7 → 7 días 24 horas
        https://wa.me/573168731648
        https://certicamara.service-now.com/csm

        6017442727 → 601 744 2727 | 3168731648 → 316 873 1648
        supervisor.mesadeayuda@certicamara.com | orlando.mendez@certicamara.com
        coordinador.mesadeayuda@certicamara.com | nelson.calderon@certicamara.com
        3187174937 → 318 717 4937
        ivan.rodriguez@certicamara.com | 3222197967 → 322 219 7967
    """,
)

DOCUMENTS = (CLAVE_SEGURA, CAMARA_COMERCIO_BOGOTA, SUBASTA_ELECTRONICA, CERTIFACTURA, MESA_DE_AYUDA)
