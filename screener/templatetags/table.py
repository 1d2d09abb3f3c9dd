"""Template tags of tables of assets."""

from django import template

from screener.words import table

register = template.Library()

register.simple_tag(table.heading)
