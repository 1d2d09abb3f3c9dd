"""HTML of a table's head: with its addresses it is another one for each question."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from screener.screens.columns import SCORE
from screener.screens.order import BY_NAME


def heading(column: Mapping[str, Any]) -> SafeString:
    """A column's name, with what sorts by it, the size that it is for and a note, where there is one."""
    key, label = column["key"], column["label"]
    css = "rating" if key == SCORE.key else "number" if column["is_number"] else ""
    if address := column["address"]:
        label = format_html('<a href="{}" id="sort-{}">{}</a>', address, key, label)
    size = _("for %(size)s") % {"size": column["size"]} if column.get("size") else ""
    return format_html(
        '<th scope="col" class="{}"{}{}>{}{}{}</th>',
        "asset-cell" if key == BY_NAME else css,
        _attribute("aria-sort", column["direction"]),
        _attribute("title", column.get("description", "")),
        *(label, _hint(size), _hint(column.get("note", ""))),
    )


def _attribute(name: str, value: str) -> str:
    return format_html(' {}="{}"', name, value) if value else ""


def _hint(text: str) -> str:
    return format_html(' <span class="hint">{}</span>', text) if text else ""
