"""Template filters of provenance: titles of providers, stored requests, and runs in words."""

from django import template

from screener.words import calls, runs, sources

register = template.Library()

register.filter(sources.provider_title)
register.filter(sources.tellers)
register.filter(sources.source_titles)
register.filter(sources.fact_names)
register.filter(sources.call)
register.filter(calls.call_title)
register.filter(runs.run_title)
register.filter(runs.run_state)
register.filter(runs.run_progress)
register.filter(runs.run_failed)
register.filter(runs.run_pace)
register.filter(runs.rate_in_words)
