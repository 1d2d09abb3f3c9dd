"""Template filter of input errors."""

from django import template

from screener.words import problems

register = template.Library()

register.filter(problems.in_words)
