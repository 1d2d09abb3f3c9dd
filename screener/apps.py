from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScreenerConfig(AppConfig):
    name = "screener"
    verbose_name = _("Judgement")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The Celery app is loaded here and not in `screener/__init__.py`: importing the
        # pure core (`screener.checklist`) must not load Celery and Django.
        from screener import celery, checks  # noqa: F401
