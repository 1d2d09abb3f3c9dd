"""Access control: what people do who are logged in, and what only staff do."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from screener.views.accounts.second_factor import missing_factor
from screener.views.own_address import own_address


class HtmxRequest(HttpRequest):
    """A request as our middleware hands it on; for the type checker."""

    htmx: HtmxDetails


class PersonalRequest(HtmxRequest):
    """A request of somebody who is logged in."""

    user: User


P = ParamSpec("P")
View = Callable[Concatenate[PersonalRequest, P], HttpResponse]


def logged_in(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Send strangers to the log-in page and back; a fragment request takes the whole page there."""

    @wraps(view)
    def guarded(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        back = request.htmx.current_url_abs_path if request.htmx else request.get_full_path()
        if request.method != "GET" and not request.htmx:
            back = page_before(request, default="/")
        log_in = f"{resolve_url('account_login')}?{urlencode({'next': back or '/'})}"
        return HttpResponseClientRedirect(log_in) if request.htmx else redirect(log_in)

    return guarded


def staff_only(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Strangers log in first; people who are not staff learn that only staff may."""

    @wraps(view)
    def guarded(request: PersonalRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_staff:
            raise PermissionDenied(_("Only staff can do this. Ask the operator of this server."))
        if settings.STAFF_SECOND_FACTOR == "staff" and (missing := missing_factor(request)):
            address = resolve_url(missing)
            return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
        return view(request, *args, **kwargs)

    return logged_in(guarded)


def page_before(request: HttpRequest, *, default: str) -> str:
    """The page of ours that the form says it stood on, or the default; never another site."""
    return own_address(request, request.POST.get("next", "")) or default
