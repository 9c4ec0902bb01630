"""What the API answers: read as JSON, or as the problem that it is."""

from datetime import UTC, datetime

PUBLISHED_AT = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
SERVICES = "/api/v1/services/"
MONDAY_MORNING = "2026-11-23T08:00:00-05:00"
JSON = "application/json; charset=utf-8"
PROBLEM = "application/problem+json"
HOLIDAYS = {
    "rule": "not_stated",
    "text": "Festivos: horario no confirmado.",
    "opening_hours": "PH unknown",
    "country": "CO",
    "subdivision": "",
    "place": "CO",
}
USUAL_HOLIDAYS = {
    "rule": "as_weekday",
    "text": "Festivos: horario habitual.",
    "opening_hours": "",
}


def get_json(client, path, status=200, content_type=JSON, **query):
    response = client.get(path, query)
    assert (response.status_code, response["Content-Type"]) == (status, content_type)
    assert response["Access-Control-Allow-Origin"] == "*"
    return response.json()


def problem(client, path, status, **query):
    """The problem document of a refusal, which must have its words; `near` stands beside them where
    it is a service that there is not."""
    body = get_json(client, path, status, PROBLEM, **query)
    assert sorted(body.keys() - {"near"}) == ["detail", "status", "title", "type"]
    assert (body["type"], body["status"]) == ("about:blank", status)
    assert body["title"]
    assert body["detail"]
    return body
