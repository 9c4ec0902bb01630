"""Errors are told to Sentry, where SENTRY_DSN says so: what failed and where, and nothing of who
asked, nor of what was typed."""

from typing import Any

from config.logs import without_personal
from config.version import VERSION

# What Sentry would know of a request besides.
OF_REQUESTS = ("method", "url")


def start(dsn: str, environment: str) -> None:
    """Tell errors from now on. Needs the package sentry-sdk."""
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=f"support-directory@{VERSION}",
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=without_people,
    )


def without_people(event: Any, hint: Any) -> Any:
    """The event without people: no body, cookies, headers, query, user, variables; texts as in
    the log."""
    for name in ("user", "breadcrumbs", "extra"):
        event.pop(name, None)
    if request := event.get("request"):
        event["request"] = {name: request[name] for name in OF_REQUESTS if name in request}
        if "url" in event["request"]:
            event["request"]["url"] = event["request"]["url"].partition("?")[0]
    if "message" in event:
        event["message"] = without_personal(event["message"])
    if entry := event.get("logentry"):
        told = entry.get("formatted") or entry.get("message") or ""
        event["logentry"] = {"formatted": without_personal(told)}
    for raised in (event.get("exception") or {}).get("values", ()):
        raised["value"] = without_personal(raised.get("value") or "")
        for frame in (raised.get("stacktrace") or {}).get("frames", ()):
            frame.pop("vars", None)
    return event
