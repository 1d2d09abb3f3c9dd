"""HTML of the many small pieces of the filter panel, for which templates take ten times as long."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from screener.charts.histogram import HEIGHT, TOTAL_WIDTH, Drawing
from screener.words.numbers import short

SWAPS = SafeString(' hx-swap-oob="true"')
"""Of a piece that comes by itself: htmx puts it in the place of the one with its id."""


def choice_boxes(key: str, choices: Iterable[Mapping[str, Any]]) -> SafeString:
    """The labels of a category to tick, each with how many assets have it; `field` is the id of its box."""
    return format_html_join(
        "",
        '<label class="check"><input type="checkbox" name="{}" value="{}"{}{}> <span>{}</span> {}</label>',
        (
            (
                *(key, each["value"], format_html(' id="{}"', each["field"]) if "field" in each else ""),
                *(" checked" if each["is_chosen"] else "", each["label"], choice_count(each)),
            )
            for each in choices
        ),
    )


def choice_counts(choices: Iterable[Mapping[str, Any]]) -> SafeString:
    """How many assets have each label, for the boxes that stand there already."""
    return format_html_join("", "{}", ((choice_count(each, swaps=True),) for each in choices))


def choice_count(choice: Mapping[str, Any], *, swaps: bool = False) -> SafeString:
    count = short(choice["count"], "count")
    return format_html('<span class="hint" id="{}"{}>{}</span>', choice["id"], SWAPS if swaps else "", count)


def histogram(key: str, drawing: Drawing, *, swaps: bool = False) -> SafeString:
    """The bars under a pair of limits; a script draws the part that is dragged over them."""
    said = _("Assets with a value: %(known)s; without: %(unknown)s") % {
        "known": drawing.known_count,
        "unknown": drawing.unknown_count,
    }
    return format_html(
        '<svg class="histogram" id="histogram-{}" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img"'
        ' data-edges="{}" aria-label="{}"{}>'
        '<path class="within" d="{}"/><path class="beyond" d="{}"/><path class="not-known" d="{}"/>'
        '<rect class="brush" y="0" height="{}" width="0"/></svg>',
        *(key, TOTAL_WIDTH, HEIGHT, drawing.edges, said, SWAPS if swaps else ""),
        *(drawing.within, drawing.beyond, drawing.unknown, HEIGHT),
    )
