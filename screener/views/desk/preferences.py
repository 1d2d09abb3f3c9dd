"""Preferences: light or dark, the language, and the size of position that a person thinks in."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from screener.forms.position import PositionForm
from screener.models import Preference
from screener.services.desk.preferences import default_position_usd, preference_of, set_position
from screener.views.access import page_before
from screener.words.numbers import short

A_YEAR_S = 31_536_000
POSITION_COOKIE = "position_usd"


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
        return _position_kept(request, form.cleaned_data["position_usd"])
    context = {
        "form": form,
        "position_usd": own_position_usd(request, preference_of(request.user)),
        "default_usd": default_position_usd(),
        "next": page_before(request, default=""),
    }
    return render(request, "desk/preferences/position.html", context, status=422 if form.errors else 200)


def _position_kept(request: HttpRequest, position_usd: int | None) -> HttpResponse:
    response = redirect(page_before(request, default="/"))
    if request.user.is_authenticated:
        set_position(user=request.user, position_usd=position_usd)
    elif position_usd:
        response.set_cookie(
            POSITION_COOKIE,
            str(position_usd),
            max_age=A_YEAR_S,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
    else:
        response.delete_cookie(POSITION_COOKIE)
    size = short(position_usd or default_position_usd(), "usd")
    messages.success(request, _("Exits are worked out for a position of %(position)s.") % {"position": size})
    return response


def own_position_usd(request: HttpRequest, preference: Preference) -> int | None:
    """The size this reader has set; None for the default. A cookie that makes no sense is none."""
    if request.user.is_authenticated:
        return preference.position_usd
    form = PositionForm({"position_usd": request.COOKIES.get(POSITION_COOKIE, "")})
    return form.cleaned_data["position_usd"] if form.is_valid() else None
