"""Template tags of the populations of labelled sets."""

from django import template

from screener.words import populations

register = template.Library()

register.filter(populations.source_class_title)
register.filter(populations.population_text)
register.filter(populations.misfit_text)
