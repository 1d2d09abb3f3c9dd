"""Template tags of the filter panel."""

from django import template

from screener.words import panel

register = template.Library()

register.simple_tag(panel.choice_boxes)
register.simple_tag(panel.choice_counts)
register.simple_tag(panel.histogram)
