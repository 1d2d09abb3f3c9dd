"""Personal pages are kept nowhere: neither a proxy nor the browser of a shared machine stores them."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class PersonalPagesMiddleware:
    """`no-store` on whatever was answered to a session, or about accounts; ASVS 8.2.1."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        name = settings.SESSION_COOKIE_NAME
        if name in request.COOKIES or name in response.cookies or _is_about_accounts(request):
            response.headers["Cache-Control"] = "no-store, private"
        return response


def _is_about_accounts(request: HttpRequest) -> bool:
    return request.path_info.startswith(("/accounts/", "/admin/"))
