"""Admin site behind the log-in of everybody: no form of its own, a second factor, and the password again
before accounts are touched."""

from typing import Any, Final

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib.admin import AdminSite
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from screener.views.accounts.second_factor import missing_factor
from screener.views.own_address import own_address

OF_ACCOUNTS: Final = ("auth", "account", "mfa", "usersessions")
"""Apps whose rows are accounts and what protects them."""


class GuardedAdminSite(AdminSite):
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        back = own_address(request, request.GET.get("next", "")) or self._index()
        if isinstance(request.user, AnonymousUser):
            return _to("account_login", back)
        if not _is_staff(request):
            raise PermissionDenied(_("Only staff can do this. Ask the operator of this server."))
        missing = missing_factor(request)
        return _to(missing, back) if missing else redirect(back)

    def has_permission(self, request: HttpRequest) -> bool:
        if not _is_staff(request) or missing_factor(request):
            return False
        if _is_about_accounts(request):
            raise_if_reauthentication_required(request, app="allauth.account")
        return True

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_change_password")

    def _index(self) -> str:
        return reverse("admin:index", current_app=self.name)


def _is_staff(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_active and request.user.is_staff


def _is_about_accounts(request: HttpRequest) -> bool:
    match = request.resolver_match
    app = match and (match.kwargs.get("app_label") or (match.url_name or "").partition("_")[0])
    return app in OF_ACCOUNTS


def _to(name: str, back: str) -> HttpResponse:
    return redirect(f"{reverse(name)}?{urlencode({'next': back})}")
