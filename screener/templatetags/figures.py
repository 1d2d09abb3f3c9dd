"""Template tags of figures, moments and ages; built in, so that no template loads them."""

from django import template

from screener.words import markup, numbers

register = template.Library()

register.simple_tag(numbers.plain_figure)
register.filter(numbers.time_left)
register.simple_tag(markup.figure)
register.simple_tag(markup.age)
register.simple_tag(markup.ago)
register.simple_tag(markup.moment)
register.simple_tag(markup.day)
