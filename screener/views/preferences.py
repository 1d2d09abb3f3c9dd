"""What a reader chooses for themselves: light or dark."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from screener.views.access import page_before

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
