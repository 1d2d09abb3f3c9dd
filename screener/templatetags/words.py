"""Texts of the checklist that have figures in them."""

from django import template
from django.utils.translation import gettext as _

from screener.checklist.rules import Words

register = template.Library()


@register.filter
def told(words: Words) -> str:
    """In the reader's language, with its figures filled in."""
    return _(words.text).format(**words.figures)
