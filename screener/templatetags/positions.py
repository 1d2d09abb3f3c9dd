"""Template tags of the position: in words, and as it is typed."""

from django import template

from screener.words import positions

register = template.Library()

register.filter("position_words", positions.position_in_words)
register.filter("position_typed", positions.position_as_typed)
