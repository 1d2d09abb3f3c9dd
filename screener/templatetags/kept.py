"""Kept fragments in templates."""

from functools import partial

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context

from screener.views.kept_fragments import kept_fragment

register = template.Library()


class KeptNode(template.Node):
    """The fragment of this name; `key` has to tell apart whatever it shows differently (`key_of`)."""

    def __init__(self, name: str, key: FilterExpression, nodelist: NodeList) -> None:
        self.name, self.key, self.nodelist = name, key, nodelist

    def render(self, context: Context) -> str:
        return kept_fragment(self.name, self.key.resolve(context), partial(self.nodelist.render, context))


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept "rows" key %}…{% endkept %}`; without a key it is rendered anew."""
    _tag, name, key = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(name.strip('"'), parser.compile_filter(key), nodelist)
