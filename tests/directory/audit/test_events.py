"""Whoever notes something names an event that the log knows."""

import ast

from django.conf import settings

from directory.models import Event, Proposal


def noted():
    """Where a text is given as the event, and the text."""
    for package in ("config", "directory", "escalations"):
        for path in sorted((settings.BASE_DIR / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                name = getattr(getattr(node, "func", None), "id", "")
                if name == "note" and node.args and isinstance(node.args[0], ast.Constant):
                    yield f"{path.relative_to(settings.BASE_DIR)}:{node.lineno}", node.args[0].value


def test_every_event_that_is_noted_is_known():
    assert [where for where, event in noted() if event not in Event.values] == []


def test_every_decision_on_a_proposal_is_an_event():
    decided = {f"proposal_{state}" for state in Proposal.State if state != "waiting"}
    assert decided <= {*Event.values}
