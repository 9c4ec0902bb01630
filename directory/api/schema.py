"""The OpenAPI description, written from the same types that the API answers with."""

from typing import Any

import msgspec
from django.conf import settings

from directory.answers.instants import FIRST_YEAR, LAST_YEAR
from directory.answers.structures import Directory, WhomToContact
from directory.api import structures

REFERENCE = "#/components/schemas/{name}"

INSTANT = f"ISO 8601 with offset, in the years {FIRST_YEAR} to {LAST_YEAR}; else 400."
AT = {
    "name": "at",
    "in": "query",
    "description": f"Ask about this instant instead of now: {INSTANT}",
    "schema": {"type": "string", "format": "date-time"},
    "example": "2026-11-23T08:00:00-05:00",
}
IN_FORCE_AT = {
    **AT,
    "description": f"Only the edition that was current at this instant: {INSTANT}",
}
PAGE = {
    "name": "page",
    "in": "query",
    "description": "The page of the list, from 1.",
    "schema": {"type": "integer", "minimum": 1},
}
QUERY = {
    "name": "q",
    "in": "query",
    "description": (
        "Only services with these words, type of request, number or address; accents are ignored."
    ),
    "schema": {"type": "string"},
}
REQUEST_TYPE = {
    "name": "request_type",
    "in": "query",
    "description": (
        "The code of a request type; channels and levels that cover all count for every type. "
        "Without it: in general."
    ),
    "schema": {"type": "string"},
    "example": "incidente-critico",
}
SLUG = {"name": "slug", "in": "path", "required": True, "schema": {"type": "string"}}
NUMBER = {
    "name": "number",
    "in": "path",
    "required": True,
    "schema": {"type": "integer", "minimum": 1},
}
TO = {
    "name": "to",
    "in": "query",
    "description": "With the links of the chain as far as this edition, such as a signed one.",
    "schema": {"type": "integer", "minimum": 1},
}

TITLE = "Support directory"
BASE = "/api/v1/"

OPERATIONS: list[tuple[str, str, str, type, list[dict[str, Any]]]] = [
    ("", "listAddresses", "The addresses of this API", structures.ApiIndex, []),
    ("services/", "listServices", "The services, with their state", structures.ServicePage,
     [QUERY, PAGE, AT]),
    ("services/{slug}/", "getService", "The current directory of a service", Directory,
     [SLUG, AT]),
    ("services/{slug}/now/", "whomToContact", "Whom to contact for a type of request",
     WhomToContact, [SLUG, REQUEST_TYPE, AT]),
    ("services/{slug}/editions/", "listEditions", "The editions, newest first",
     structures.EditionPage, [SLUG, PAGE, IN_FORCE_AT]),
    ("services/{slug}/editions/{number}/", "getEdition", "One edition with its document",
     structures.EditionDetail, [SLUG, NUMBER]),
    ("services/{slug}/editions/{number}/proof/", "getProof", "What the digest of an edition covers",
     structures.EditionProof, [SLUG, NUMBER, TO]),
]  # fmt: skip


def openapi_document(server: str) -> dict[str, Any]:
    """The OpenAPI 3.1 description of the API at the origin `server`."""
    types = [answer for _, _, _, answer, _ in OPERATIONS]
    _, components = msgspec.json.schema_components(
        [*types, structures.ProblemDetails, structures.NoService, structures.EndedService],
        ref_template=REFERENCE,
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": TITLE,
            "version": "1",
            "description": "Whom to contact, how, when somebody answers, and to whom to escalate.",
        },
        "servers": [{"url": server}],
        "paths": {
            f"{BASE}{path}": {"get": _operation(name, summary, answer, [*parameters, _lang()])}
            for path, name, summary, answer, parameters in OPERATIONS
        },
        "components": {"schemas": components},
    }


def operations(server: str) -> list[structures.ApiOperation]:
    """What can be asked of the API at the origin `server`."""
    return [
        structures.ApiOperation(
            name=name,
            summary=summary,
            address=server + BASE + path + _query([*parameters, _lang()]),
        )
        for path, name, summary, _answer, parameters in OPERATIONS
    ]


def _lang() -> dict[str, Any]:
    """The parameter that every operation takes."""
    codes = [code for code, _name in settings.LANGUAGES]
    return {
        "name": "lang",
        "in": "query",
        "description": "The language of words, and of the pages that addresses lead to.",
        "schema": {"type": "string", "enum": codes, "default": settings.LANGUAGE_CODE},
    }


def _query(parameters: list[dict[str, Any]]) -> str:
    """The part of a template that stands for the query (RFC 6570, 3.2.8); empty without one."""
    names = [each["name"] for each in parameters if each["in"] == "query"]
    return f"{{?{','.join(names)}}}" if names else ""


def _operation(
    name: str, summary: str, answer: type, parameters: list[dict[str, Any]]
) -> dict[str, Any]:
    problem = _problem("What is wrong, and what to do", structures.ProblemDetails)
    missing = _problem("There is no such service; some may be meant", structures.NoService)
    gone = _problem("The service is offered no more", structures.EndedService)
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {
                "description": summary,
                "content": {"application/json": {"schema": _reference(answer)}},
            },
            "400": problem,
            "404": missing if SLUG in parameters else problem,
            **({"410": gone} if SLUG in parameters else {}),
        },
    }


def _problem(description: str, answer: type) -> dict[str, Any]:
    schema = {"schema": _reference(answer)}
    return {"description": description, "content": {"application/problem+json": schema}}


def _reference(answer: type) -> dict[str, str]:
    return {"$ref": REFERENCE.format(name=answer.__name__)}
