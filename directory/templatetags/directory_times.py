"""Promised times and types of requests on a page."""

from django import template

from directory.answers import promised_times
from directory.answers.advice import RequestChoice
from directory.answers.structures import Directory, LevelAnswer
from directory.templatetags.markup import markup

register = template.Library()


@register.simple_tag
def when_to_escalate(directory: Directory, level: LevelAnswer, choice: RequestChoice | None) -> str:
    """When a level is asked: about the chosen request, else about any."""
    return promised_times.when_to_escalate(directory, level, choice.code if choice else "")


@register.simple_tag
def described_by(choice: RequestChoice) -> str:
    """The attribute that refers to what the types of a choice are."""
    described = [f"meaning-{kind.code}" for kind in choice.request_types if kind.description]
    return markup('aria-describedby="{}"', " ".join(described)) if described else ""
