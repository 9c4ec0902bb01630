"""Parts of pages that are the same on all of them."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


class SharedNode(Node):
    """What `shared` says, with what was rendered of it by whom it is for."""

    def __init__(self, nodelist: NodeList, given: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.given = given
        self.rendered: dict[Any, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """What all pages have in common that read alike."""
        given = tuple(bool(each.resolve(context)) for each in self.given)
        alike = get_language(), settings.ORGANIZATION, given
        if alike not in self.rendered:
            self.rendered[alike] = self.nodelist.render(context)
        return self.rendered[alike]


@register.tag
def shared(parser: Parser, token: Token) -> SharedNode:
    """What is the same on all pages in a language, rendered once: `{% shared is_copy %}…
    {% endshared %}`. It asks of nothing in the context but of the organisation, and of whether what
    is named behind `shared` is there."""
    _name, *given = token.split_contents()
    nodelist = parser.parse(("endshared",))
    parser.delete_first_token()
    return SharedNode(nodelist, [parser.compile_filter(each) for each in given])
