"""Template filters of questioned figures."""

from django import template

from screener.words import questions

register = template.Library()

register.filter(questions.questioned_name)
register.filter(questions.questioned_reason)
