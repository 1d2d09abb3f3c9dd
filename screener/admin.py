"""Judgement and work in the admin. Scorecards are append-only; lists and notes belong to their writers."""

from django.contrib import admin

from assets.admin import LargeTableAdmin, ReadOnlyAdmin, TabularInline
from screener import models


@admin.register(models.Scorecard)
class ScorecardAdmin(ReadOnlyAdmin):
    list_display = ("asset", "total", "grade", "coverage", "checklist_version", "as_of", "scored_at")
    list_filter = ("grade",)
    list_select_related = ("asset",)
    search_fields = ("=asset__slug", "=asset__symbol", "=checklist_version")


@admin.register(models.Watchlist)
class WatchlistAdmin(LargeTableAdmin):
    list_display = ("name", "owner", "created_at", "deleted_at")
    list_select_related = ("owner",)
    search_fields = ("name", "=owner__username")
    raw_id_fields = ("owner",)


@admin.register(models.WatchlistEntry)
class WatchlistEntryAdmin(LargeTableAdmin):
    list_display = ("watchlist", "asset", "added_at")
    list_select_related = ("watchlist", "asset")
    search_fields = ("=asset__slug", "=watchlist__owner__username")
    raw_id_fields = ("watchlist", "asset")


class RevisionInline(TabularInline):
    model = models.NoteRevision
    fields = readonly_fields = ("written_at", "body")
    can_delete = False
    extra = 0
    max_num = 0


@admin.register(models.Note)
class NoteAdmin(ReadOnlyAdmin):
    """Read-only: a change made here would bypass the edit history."""

    list_display = ("__str__", "owner", "asset", "edited_at", "deleted_at")
    list_select_related = ("owner", "asset")
    search_fields = ("body", "=owner__username", "=asset__slug")
    inlines = (RevisionInline,)


@admin.register(models.NoteRevision)
class NoteRevisionAdmin(ReadOnlyAdmin):
    list_display = ("note", "written_at")
    list_select_related = ("note",)
    search_fields = ("body",)
