"""Template filter of score changes, in points with a sign."""

from django import template

from screener.words import numbers

register = template.Library()

register.filter(numbers.signed)
