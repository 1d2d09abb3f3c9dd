"""Template tags of the dossier: where a section or a criterion of an asset stands."""

from django import template
from django.template.context import Context

from screener.services.dossier.tabs import place_on_page, tab_of

register = template.Library()

register.filter("place", place_on_page)


@register.simple_tag(takes_context=True)
def anchor(context: Context, name: str) -> str:
    """Where a section or criterion of `asset` stands: on the page that is shown, or on its own tab."""
    if context.get("here_tab") in {"", tab_of(name).name}:
        return f"#{name}"
    return place_on_page(context["asset"], name, str(context.get("query") or ""))
