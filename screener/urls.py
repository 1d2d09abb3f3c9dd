"""Every address of the product."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from screener.views import asset, data, failures, health, imports, notes, preferences, screener, watchlists

urlpatterns = [
    path("", screener.screener, name="screener"),
    path("assets/<slug:slug>/", asset.asset, name="asset"),
    # What a reader chooses for themselves
    path("theme/", preferences.theme, name="theme"),
    path("i18n/", include("django.conf.urls.i18n")),
    # The analyst's desk
    path("watchlists/", watchlists.watchlists, name="watchlists"),
    path("watchlists/<int:pk>/", watchlists.watchlist, name="watchlist"),
    path("watchlists/<int:pk>/rename/", watchlists.rename_watchlist, name="watchlist_rename"),
    path("watchlists/<int:pk>/delete/", watchlists.delete_watchlist, name="watchlist_delete"),
    path("watchlists/<int:pk>/restore/", watchlists.restore_watchlist, name="watchlist_restore"),
    path("watchlists/<int:pk>/add/", watchlists.add_to_watchlist, name="watchlist_add"),
    path("watchlists/<int:pk>/remove/", watchlists.remove_from_watchlist, name="watchlist_remove"),
    path("assets/<slug:slug>/star/", watchlists.star, name="star"),
    path("assets/<slug:slug>/watchlists/", watchlists.asset_watchlists, name="asset_watchlists"),
    path("assets/<slug:slug>/notes/", notes.asset_notes, name="asset_notes"),
    path("notes/", notes.notes, name="notes"),
    path("notes/preview/", notes.preview_note, name="note_preview"),
    path("notes/<int:pk>/", notes.note, name="note"),
    path("notes/<int:pk>/edit/", notes.edit_note, name="note_edit"),
    path("notes/<int:pk>/delete/", notes.delete_note, name="note_delete"),
    path("notes/<int:pk>/restore/", notes.restore_note, name="note_restore"),
    path("notes/<int:pk>/history/", notes.note_history, name="note_history"),
    # Where facts come from
    path("data/", data.data, name="data"),
    path("data/failed/", failures.failures, name="failures"),
    path("data/failed/retry/", failures.retry_failures, name="retry_failures"),
    path("data/refresh/", data.start_refresh, name="start_refresh"),
    path("data/runs/<int:pk>/", data.run, name="run"),
    path("data/runs/<int:pk>/stop/", data.stop_run, name="run_stop"),
    path("data/runs/<int:pk>/retry/", data.retry_run, name="run_retry"),
    path("data/observations/<int:pk>/", data.observation, name="observation"),
    path("data/observations/<int:pk>/payload/", data.observation_payload, name="observation_payload"),
    path("data/import/", imports.imports, name="imports"),
    path("data/import/check/", imports.import_check, name="import_check"),
    path("data/import/commit/", imports.import_commit, name="import_commit"),
    path("data/import/template/<slug:kind>/<slug:format>/", imports.import_template, name="import_template"),
    # Operation
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    *([path("", include("django_prometheus.urls"))] if settings.ASSAY_METRICS else []),
    # Accounts and administration
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
