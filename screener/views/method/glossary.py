"""The Glossary page: what the titles of findings and the terms of the pages mean in the field."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from screener.checklist.glossary import glossary as sections
from screener.checklist.terms import TERMS


@require_GET
def glossary(request: HttpRequest) -> HttpResponse:
    """Terms stand in the order of the reader's alphabet."""
    terms = sorted(((_(title), _(meaning)) for title, meaning in TERMS), key=lambda each: each[0].casefold())
    return render(request, "method/glossary/page.html", {"sections": sections(), "terms": terms})
