"""Template tags of scores with their bars."""

from django import template

from screener.words import markup

register = template.Library()

register.simple_tag(markup.grade_badge)
register.simple_tag(markup.score_bar)
register.simple_tag(markup.interval_bar)
