"""URL configuration: every address of the product."""

from collections.abc import Callable

from allauth.account import views as allauth_views
from django.conf import settings
from django.contrib import admin
from django.http.response import HttpResponseBase
from django.urls import include, path, register_converter
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from screener.views import compare, errors, health, metrics, search
from screener.views import market as market_pages
from screener.views.accounts import mail, own_data
from screener.views.calendar import feeds
from screener.views.calendar import page as calendar
from screener.views.data import failures, import_progress, imports, market, missing, refreshes, sandbox
from screener.views.desk import (
    notes,
    overrides,
    paste,
    plans,
    preferences,
    profiles,
    watchlist_table,
    watchlists,
)
from screener.views.dossier import asset, citation, history, peek, price, rulings, scorecards
from screener.views.dossier.tab_converter import TabConverter
from screener.views.method import about, checklist, glossary, validation
from screener.views.screening import (
    changes,
    column_sets,
    criteria,
    exports,
    first_run,
    query,
    screener,
    screens,
    tray,
)


def moved_to(name: str) -> Callable[..., HttpResponseBase]:
    """A permanent redirect from an address that was kept somewhere, with its query string."""
    return require_safe(RedirectView.as_view(pattern_name=name, permanent=True, query_string=True))


register_converter(TabConverter, "tab")

urlpatterns = [
    path("", screener.screener, name="screener"),
    path("search/", search.results, name="search"),
    path("search/suggest/", search.suggest, name="search_suggest"),
    path("query/", query.reference, name="query_reference"),
    path("query/complete/", query.complete, name="complete"),
    path("screen/export/", exports.export, name="export"),
    path("screen/criteria/", criteria.criteria, name="screen_criteria"),
    path("changes/", changes.changes, name="changes"),
    path("screen/chosen/", tray.tray, name="tray"),
    path("screen/chosen/watch/", tray.watch_chosen, name="watch_chosen"),
    path("assets/<slug:slug>/", asset.asset, name="asset"),
    path("assets/<slug:slug>/<tab:tab>/", asset.asset, name="asset_tab"),
    path("assets/<slug:slug>/sections/<slug:name>/", asset.section, name="asset_section"),
    path("assets/<slug:slug>/history/", history.asset_history, name="asset_history"),
    path("assets/<slug:slug>/history/<int:old>/<int:new>/", scorecards.score_change, name="score_change"),
    path("assets/<slug:slug>/price.json", price.price_bars, name="price_bars"),
    path("assets/<slug:slug>/rulings/<slug:family>/<slug:field>/", rulings.ruling, name="ruling"),
    path("assets/<slug:slug>/cite/", citation.citation, name="citation"),
    path("assets/<slug:slug>/dossier.pdf", citation.document, name="document"),
    path("assets/<slug:slug>/peek/", peek.peek_at, name="peek"),
    path("compare/", compare.compare, name="compare"),
    path("market/", market_pages.market_overview, name="market_overview"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/events.ics", calendar.calendar_file, name="calendar_file"),
    path("calendar/keep/", calendar.keep_calendar, name="calendar_keep"),
    path("watchlists/<int:pk>/calendar/", feeds.watchlist_feed, name="watchlist_feed"),
    path("shared/calendars/<uuid:token>.ics", feeds.calendar_feed, name="calendar_feed"),
    # What a score is worth
    path("checklist/", checklist.checklist, name="checklist"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("validation/", validation.validation, name="validation"),
    path("about/", about.about, name="about"),
    # What a reader chooses for themselves
    path("theme/", preferences.theme, name="theme"),
    path("position/", preferences.position, name="position"),
    path("i18n/setlang/", preferences.language, name="set_language"),
    # The analyst's desk
    path("screens/", screens.screens, name="screens"),
    path("screens/new/", screens.new_screen, name="screen_new"),
    path("screens/columns/", column_sets.column_sets, name="column_sets"),
    path("screens/columns/<int:pk>/delete/", column_sets.delete_column_set, name="column_set_delete"),
    path("screens/columns/<int:pk>/restore/", column_sets.restore_column_set, name="column_set_restore"),
    path("screens/<int:pk>/", screens.saved_screen, name="saved_screen"),
    path("screens/<int:pk>/update/", screens.update_screen, name="screen_update"),
    path("screens/<int:pk>/rename/", screens.rename_screen, name="screen_rename"),
    path("screens/<int:pk>/edit/", screens.edit_screen, name="screen_edit"),
    path("screens/<int:pk>/delete/", screens.delete_screen, name="screen_delete"),
    path("screens/<int:pk>/restore/", screens.restore_screen, name="screen_restore"),
    path("screens/<int:pk>/default/", screens.default_screen, name="screen_default"),
    path("screens/<int:pk>/share/", screens.share_screen, name="screen_share"),
    path("shared/screens/<uuid:token>/", screens.shared_screen, name="shared_screen"),
    path("shared/screens/<uuid:token>/copy/", screens.copy_shared_screen, name="shared_screen_copy"),
    path("watchlists/", watchlists.watchlists, name="watchlists"),
    path("watchlists/<int:pk>/", watchlist_table.watchlist, name="watchlist"),
    path("watchlists/<int:pk>/paste/", paste.paste, name="watchlist_paste"),
    path("watchlists/<int:pk>/paste/undo/", paste.undo_paste, name="watchlist_paste_undo"),
    path("watchlists/<int:pk>/columns/", watchlist_table.keep_columns, name="watchlist_columns"),
    path("watchlists/<int:pk>/levels/", watchlist_table.set_levels, name="watchlist_levels"),
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
    path("profiles/", profiles.profiles, name="profiles"),
    path("profiles/new/", profiles.new_profile, name="profile_new"),
    path("profiles/choose/", profiles.choose_profile, name="profile_choose"),
    path("profiles/shared/<uuid:key>/", profiles.shared_profile, name="shared_profile"),
    path("profiles/shared/<uuid:key>/copy/", profiles.copy_shared_profile, name="shared_profile_copy"),
    path("profiles/<int:pk>/", profiles.profile, name="profile"),
    path("profiles/<int:pk>/ranks/", profiles.profile_ranks, name="profile_ranks"),
    path("profiles/<int:pk>/edit/", profiles.edit_profile, name="profile_edit"),
    path("profiles/<int:pk>/share/", profiles.share_profile, name="profile_share"),
    path("profiles/<int:pk>/copy/", profiles.copy_profile, name="profile_copy"),
    path("profiles/<int:pk>/delete/", profiles.delete_profile, name="profile_delete"),
    path("profiles/<int:pk>/restore/", profiles.restore_profile, name="profile_restore"),
    path("overrides/", overrides.overrides, name="overrides"),
    path("overrides/<int:pk>/withdraw/", overrides.withdraw_override, name="override_withdraw"),
    path("overrides/<int:pk>/restore/", overrides.restore_override, name="override_restore"),
    path("assets/<slug:slug>/overrides/<str:criterion>/", overrides.override_answer, name="override_answer"),
    path("plans/", plans.plans, name="plans"),
    path("plans/export/", plans.export_plans, name="plans_export"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/delete/", plans.delete_plan, name="plan_delete"),
    path("plans/<int:pk>/restore/", plans.restore_plan, name="plan_restore"),
    path("assets/<slug:slug>/plans/", plans.save_plan, name="plan_save"),
    path("answers/", moved_to("overrides")),
    path("assets/<slug:slug>/answers/<str:criterion>/", moved_to("override_answer")),
    # Where facts come from
    path("data/", refreshes.data, name="data"),
    path("data/failed/", failures.failures, name="failures"),
    path("data/failed/retry/", failures.retry_failures, name="retry_failures"),
    path("data/refresh/", refreshes.start_refresh, name="start_refresh"),
    path("first-run/", first_run.first_run_card, name="first_run"),
    path("first-run/start/", first_run.start_filling, name="start_filling"),
    path("first-run/stop/", first_run.stop_filling, name="stop_filling"),
    path("data/sandbox/", sandbox.sandbox, name="sandbox"),
    path("data/sandbox/remove/", sandbox.remove, name="sandbox_remove"),
    path("data/market/", market.market, name="market"),
    path("data/market/undo/", market.undo, name="undo_filling"),
    path("data/missing/", missing.missing, name="missing"),
    path("data/runs/<int:pk>/", refreshes.run, name="run"),
    path("data/runs/<int:pk>/stop/", refreshes.stop_run, name="run_stop"),
    path("data/runs/<int:pk>/retry/", refreshes.retry_run, name="run_retry"),
    path("data/runs/<int:pk>/undo/", imports.run_undo, name="run_undo"),
    path("data/observations/<int:pk>/", refreshes.observation, name="observation"),
    path("data/observations/<int:pk>/payload/", refreshes.observation_payload, name="observation_payload"),
    path("data/import/", imports.imports, name="imports"),
    path("data/import/check/", imports.import_check, name="import_check"),
    path("data/import/bad-rows/", imports.import_bad_rows, name="import_bad_rows"),
    path("data/import/progress/", import_progress.import_progress, name="import_progress"),
    path("data/import/stop/", import_progress.import_stop, name="import_stop"),
    path("data/import/commit/", imports.import_commit, name="import_commit"),
    path("data/import/template/<slug:kind>/<slug:format>/", imports.import_template, name="import_template"),
    # Operation
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    *([path("metrics", metrics.metrics, name="metrics")] if settings.ASSAY_METRICS else []),
    # Accounts and administration
    path(
        "accounts/password/reset/",
        mail.needing_mail(allauth_views.password_reset),
        name="account_reset_password",
    ),
    path("accounts/email/", mail.needing_mail(allauth_views.email), name="account_email"),
    path("accounts/data/", own_data.own_data, name="own_data"),
    path("accounts/data/export/", own_data.export_own_data, name="export_own_data"),
    path("accounts/data/erase/", own_data.erase_account, name="erase_account"),
    path("privacy/", own_data.privacy, name="privacy"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler400, handler403, handler404, handler500 = (
    errors.bad_request,
    errors.not_allowed,
    errors.not_found,
    errors.broken,
)
