"""A message that something is gone, with a button that brings it back."""

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string


def offer_undo(request: HttpRequest, text: str, *, address: str, **fields: str) -> None:
    """Say the text on the next page, with a form that posts these fields to the address."""
    told = {"text": text, "address": address, "fields": fields}
    messages.success(request, render_to_string("_undo.html", told, request=request))
