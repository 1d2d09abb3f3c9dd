"""Account adapter: where allauth asks us how a log-in, a sign-up and a mail shall go."""

import smtplib
import unicodedata
from typing import Any, Final

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from screener.services.accounts.log_in_delays import Source, sources_of, succeeded, wait_s
from screener.services.accounts.names import is_confusable, is_reserved
from screener.views.accounts.known_browser import browser_known_to
from screener.views.own_address import own_address

LONGEST_USERNAME: Final = 60

log = structlog.get_logger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.SIGN_UP_OPEN)

    def is_safe_url(self, url: str) -> bool:
        return own_address(context.request, url) is not None

    def clean_username(self, username: str, *args: Any, **kwargs: Any) -> str:
        """One sentence for every refusal: it doesn't tell a name that is taken from one nobody may have."""
        name = unicodedata.normalize("NFKC", username)
        refused = len(name) > LONGEST_USERNAME or is_reserved(name) or is_confusable(name)
        try:
            name = super().clean_username(name, *args, **kwargs)
        except ValidationError as error:
            if error.code == "invalid":
                raise
            refused = True
        if refused:
            raise ValidationError(_("This name can't be taken. Choose another one."), code="name_refused")
        return name

    # Log-in -------------------------------------------------------------------------

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse what comes too soon after failures, without looking at the password."""
        self._sources = _sources(request, str(credentials.get("username") or ""))
        seconds = wait_s(self._sources, now=timezone.now())
        if seconds:
            log.warning("log_in_delayed", seconds=seconds)
            raise ValidationError(_too_many(seconds), code="too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user:
            succeeded(self._sources, now=timezone.now())
        else:
            log.warning("log_in_failed")
        return user

    # Mail ---------------------------------------------------------------------------

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that doesn't answer is an outage (`screener/outages.py`), not an error of ours."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:
            raise smtplib.SMTPException(str(error)) from error

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """What it notifies of is done: without the mail it stays done, and the log says what is missing."""
        if not settings.MAIL_CONFIGURED:
            return
        try:
            super().send_notification_mail(*args, **kwargs)
        except smtplib.SMTPException:
            log.exception("notification_not_sent", template=args[0] if args else "")


def _sources(request: HttpRequest, username: str) -> tuple[Source, ...]:
    account = unicodedata.normalize("NFKC", username).casefold()
    user = get_user_model().objects.filter(username__iexact=username).first() if account else None
    browser = browser_known_to(request, user.pk) if user else None
    return sources_of(account=account, address=get_ip(request), browser=browser)


def _too_many(seconds: int) -> str:
    if seconds < 120:
        return ngettext(
            "Too many failed attempts. Try again in %(seconds)d second.",
            "Too many failed attempts. Try again in %(seconds)d seconds.",
            seconds,
        ) % {"seconds": seconds}
    return _("Too many failed attempts. Try again in %(minutes)d minutes.") % {"minutes": -(-seconds // 60)}
