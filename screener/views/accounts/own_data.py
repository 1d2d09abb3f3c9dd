"""Own data: what is kept about a person, for them to read, take along and erase."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from screener.services.accounts import own_data as service
from screener.views.access import PersonalRequest, logged_in


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "account/privacy.html")


@require_safe
@logged_in
def own_data(request: PersonalRequest) -> HttpResponse:
    tables = service.own_data(request.user)
    counts = {name: len(rows) for name, rows in tables.items() if isinstance(rows, list) and rows}
    return render(request, "account/own_data.html", {"counts": counts})


@require_safe
@logged_in
@reauthentication_required(app="allauth.account")
def export_own_data(request: PersonalRequest) -> HttpResponse:
    response = JsonResponse(service.own_data(request.user), json_dumps_params={"indent": 1})
    response["Content-Disposition"] = 'attachment; filename="assay-my-data.json"'
    return response


@require_http_methods(["GET", "POST"])
@logged_in
@reauthentication_required(app="allauth.account")
def erase_account(request: PersonalRequest) -> HttpResponse:
    """Ask, then erase; who writes their name means it."""
    wrong = False
    if request.method == "POST":
        wrong = request.POST.get("username", "") != request.user.get_username()
        if not wrong:
            return _erased(request)
    return render(request, "account/erase.html", {"wrong": wrong}, status=422 if wrong else 200)


def _erased(request: PersonalRequest) -> HttpResponse:
    try:
        service.erase(request.user)
    except service.LastSuperuserError:
        messages.error(
            request, _("This is the last account that can look after the server. Make another first.")
        )
        return redirect("own_data")
    logout(request)
    messages.success(request, _("Your account and everything in it have been erased."))
    return redirect("screener")
