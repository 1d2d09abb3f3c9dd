from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScreenerConfig(AppConfig):
    name = "screener"
    verbose_name = _("Judgement")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The Celery app is loaded here and not in `screener/__init__.py`: importing the
        # pure core (`screener.checklist`) must not load Celery and Django.
        from allauth.account.signals import user_logged_in as account_logged_in
        from django.contrib.auth.signals import user_logged_in

        from assets.services.refreshing.steps import facts_stored
        from assets.services.storing.merge_assets import assets_merged
        from screener import celery, checks  # noqa: F401
        from screener.services.desk.on_assets_merged import on_assets_merged
        from screener.views.accounts import known_browser, sessions

        user_logged_in.connect(sessions.on_logged_in, dispatch_uid="session_begins")
        account_logged_in.connect(known_browser.on_logged_in, dispatch_uid="known_browser")
        facts_stored.connect(wake_scoring, dispatch_uid="wake_scoring")
        assets_merged.connect(on_assets_merged, dispatch_uid="on_assets_merged")


def wake_scoring(**_kwargs: Any) -> None:
    from screener.tasks import score_waiting

    score_waiting.delay()
