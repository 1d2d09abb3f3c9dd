"""Kept fragments in templates."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context

from screener.views.kept_fragments import kept_fragment, key_of

register = template.Library()

OF: Final = "of"


class KeptNode(template.Node):
    """The fragment of this name; `key` has to tell apart whatever it shows differently (`key_of`), or
    `shown` has all values that it shows."""

    def __init__(
        self,
        name: str,
        nodelist: NodeList,
        *,
        key: FilterExpression | None = None,
        shown: Sequence[FilterExpression] = (),
    ) -> None:
        self.name, self.nodelist, self.key, self.shown = name, nodelist, key, shown

    def render(self, context: Context) -> str:
        if self.key is not None:
            key = self.key.resolve(context)
        else:
            key = key_of(*(each.resolve(context) for each in self.shown))
        return kept_fragment(self.name, key, partial(self.nodelist.render, context))


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept "rows" key %}…{% endkept %}`, rendered anew without a key; or, with the values themselves,
    `{% kept "header" of here user.username %}…{% endkept %}`, of none for what never differs."""
    _tag, name, *values = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    name = name.strip('"')
    if values[:1] == [OF]:
        return KeptNode(name, nodelist, shown=[parser.compile_filter(each) for each in values[1:]])
    if len(values) != 1:
        raise template.TemplateSyntaxError(f"kept {name}: one key, or `of` and the values that it shows")
    return KeptNode(name, nodelist, key=parser.compile_filter(values[0]))
