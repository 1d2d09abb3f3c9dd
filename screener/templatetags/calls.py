"""Template filters of provenance: titles of providers, addresses of stored requests."""

from django import template

from screener.words import sources

register = template.Library()

register.filter(sources.provider_title)
register.filter(sources.source_titles)
register.filter(sources.fact_names)
register.filter(sources.call)
