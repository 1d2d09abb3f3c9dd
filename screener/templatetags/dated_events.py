"""Template tags of dated events: what happens, in words."""

from django import template

from screener.words import calendar

register = template.Library()

register.filter(calendar.kind_title)
register.filter(calendar.kinds_title)
register.filter(calendar.event_title)
register.filter(calendar.event_sentence)
