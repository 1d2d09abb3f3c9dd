"""Mail: what a server without it does not offer, and says so."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render


def needing_mail(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view, where a mail server is configured; a page that says there is none, where not."""

    @wraps(view)
    def with_mail(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if settings.MAIL_CONFIGURED else _without(request)

    return with_mail


def _without(request: HttpRequest) -> HttpResponse:
    return render(request, "account/no_mail.html", status=200 if request.method in ("GET", "HEAD") else 403)
