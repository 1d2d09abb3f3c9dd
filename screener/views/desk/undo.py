"""Undo: throwing something away says so with a button that restores it."""

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from screener.models.owned import Named


def offer_undo(request: HttpRequest, text: str, *, address: str, **fields: str) -> None:
    """Say the text on the next page, with a form that posts these fields to the address."""
    context = {"text": text, "address": address, "fields": fields}
    messages.success(request, render_to_string("_undo.html", context, request=request))


def delete_named(request: HttpRequest, thing: Named, *, restored_at: str) -> None:
    thing.soft_delete()
    offer_undo(request, _("“%(name)s” is deleted.") % {"name": thing.name}, address=restored_at)


def restore_named(request: HttpRequest, thing: Named) -> None:
    """Say also under which name it is back, where the old one was taken meanwhile."""
    name = thing.name
    thing.restore()
    if thing.name == name:
        messages.success(request, _("“%(name)s” is back.") % {"name": name})
    else:
        names = {"name": name, "new_name": thing.name}
        messages.success(request, _("“%(name)s” is back as “%(new_name)s”, the name was taken.") % names)
