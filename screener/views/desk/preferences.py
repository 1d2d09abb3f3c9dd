"""Preferences: light or dark, the language, and the size of position that a person thinks in."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from screener.forms.position import PositionForm
from screener.screens.position import PositionSize
from screener.services.desk.preferences import default_position, default_position_usd, set_position
from screener.views.access import page_before
from screener.views.readers_position import POSITION_COOKIE, own_position
from screener.words.positions import position_in_words

A_YEAR_S = 31_536_000


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice in a cookie, so that the page arrives in the right colours."""
    chosen = request.POST.get("theme", "")
    response = HttpResponseRedirect(page_before(request, default="/"))
    if chosen in {"light", "dark"}:
        response.set_cookie(
            "theme", chosen, max_age=A_YEAR_S, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    else:
        response.delete_cookie("theme")
    return response


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The same page in another language, from now on."""
    response = HttpResponseRedirect(page_before(request, default="/"))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=A_YEAR_S,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
    return response


@require_http_methods(["GET", "POST"])
def position(request: HttpRequest) -> HttpResponse:
    """The reader's own size; kept with the account, or in a cookie for who has none."""
    form = PositionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _position_kept(request, form.cleaned_data["position"])
    context = {
        "form": form,
        "own_position": own_position(request),
        "default_usd": default_position_usd(),
        "next": page_before(request, default=""),
    }
    return render(request, "desk/preferences/position.html", context, status=422 if form.errors else 200)


def _position_kept(request: HttpRequest, position: PositionSize | None) -> HttpResponse:
    response = redirect(page_before(request, default="/"))
    if request.user.is_authenticated:
        set_position(user=request.user, position=position)
    elif position:
        response.set_cookie(
            POSITION_COOKIE,
            str(position),
            max_age=A_YEAR_S,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
    else:
        response.delete_cookie(POSITION_COOKIE)
    size = position_in_words(position or default_position())
    messages.success(request, _("Exits are worked out for a position of %(position)s.") % {"position": size})
    return response
