"""Template filters of Markdown."""

from django import template

from screener.words import markdown

register = template.Library()

register.filter(markdown.markdown)
register.filter(markdown.document)
