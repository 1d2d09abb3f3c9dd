"""Template filters of input errors and of stored messages of providers."""

from django import template

from assets.sourcing.messages import localized
from screener.words import problems

register = template.Library()

register.filter(problems.in_words)
register.filter(localized)
