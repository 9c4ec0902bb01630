"""Parts of pages that are the same on all of them."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.templatetags.i18n import TranslateNode, do_translate
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


class WordsNode(Node):
    """What `translate` says of a text that stands in the template, by language."""

    def __init__(self, node: TranslateNode) -> None:
        self.name, node.asvar = node.asvar, None
        self.node = node
        self.words: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """The text in the active language; nothing where it is given a name."""
        language = get_language()
        if language not in self.words:
            self.words[language] = self.node.render(context)
        if not self.name:
            return self.words[language]
        context[self.name] = self.words[language]
        return ""


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """As Django's, where this is loaded after `i18n`: a text that stands in the template is
    translated once for each language, and not on every page."""
    node = do_translate(parser, token)
    expression = node.filter_expression
    is_constant = expression.var.literal is not None and not expression.filters
    return WordsNode(node) if is_constant and not node.message_context else node
