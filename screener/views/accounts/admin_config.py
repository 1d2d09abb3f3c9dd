"""Admin site of ours, in the place of Django's."""

from django.contrib.admin.apps import AdminConfig


class GuardedAdminConfig(AdminConfig):
    default_site = "screener.views.accounts.admin_site.GuardedAdminSite"
