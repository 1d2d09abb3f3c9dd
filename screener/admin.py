"""Admin of judgement and work. Scorecards are append-only; lists and notes belong to their writers."""

from typing import Any, Final

from django.contrib import admin
from django.db.models import CharField, ExpressionWrapper, F, FloatField, OrderBy, Value
from django.db.models.functions import NullIf
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assets.admin import LargeTableAdmin, ReadOnlyAdmin, TabularInline
from screener import models
from screener.words.markup import NOT_RATED


class UnratedLast(ExpressionWrapper):
    """A column to order by, of which nothing (null) comes last in both directions."""

    def asc(self, **_nulls: Any) -> OrderBy:
        return super().asc(nulls_last=True)

    def desc(self, **_nulls: Any) -> OrderBy:
        return super().desc(nulls_last=True)


BY_TOTAL: Final = UnratedLast(F("total"), output_field=FloatField())
BY_GRADE: Final = UnratedLast(NullIf("grade", Value("")), output_field=CharField())


@admin.register(models.Scorecard)
class ScorecardAdmin(ReadOnlyAdmin):
    list_display = (
        "asset",
        "shown_total",
        "shown_grade",
        "coverage",
        "checklist_version",
        "as_of",
        "scored_at",
    )
    list_filter = ("grade",)
    list_select_related = ("asset",)
    search_fields = ("=asset__slug", "=asset__symbol", "=checklist_version")

    @admin.display(description=_("total"), ordering=BY_TOTAL, empty_value="—")
    def shown_total(self, card: models.Scorecard) -> float | None:
        return card.total

    @admin.display(description=_("grade"), ordering=BY_GRADE)
    def shown_grade(self, card: models.Scorecard) -> str:
        return card.grade or str(NOT_RATED)


@admin.register(models.ScorecardBaseline)
class ScorecardBaselineAdmin(ReadOnlyAdmin):
    list_display = ("id", "asset")
    list_select_related = ("asset",)
    search_fields = ("=asset__slug",)


@admin.register(models.UnscoredAsset)
class UnscoredAssetAdmin(ReadOnlyAdmin):
    list_display = ("asset", "reason", "since", "tried_at")
    list_select_related = ("asset",)
    search_fields = ("=asset__slug", "=asset__symbol", "reason")


@admin.register(models.FailedLogIns)
class FailedLogInsAdmin(LargeTableAdmin):
    """To be deleted where somebody waits for nothing; the keys are digests."""

    list_display = ("key", "failures", "retry_at", "forget_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


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


@admin.register(models.Profile)
class ProfileAdmin(ReadOnlyAdmin):
    """Read-only: weights and thresholds are checked where their owner edits them."""

    list_display = ("name", "owner", "edited_at", "deleted_at")
    list_select_related = ("owner",)
    search_fields = ("name", "=owner__username")


@admin.register(models.SavedScreen)
class SavedScreenAdmin(ReadOnlyAdmin):
    """Read-only: queries are checked where their owner edits them."""

    list_display = ("name", "owner", "query", "is_default", "changed_at", "deleted_at")
    list_select_related = ("owner",)
    search_fields = ("name", "query", "=owner__username")


@admin.register(models.ColumnSet)
class ColumnSetAdmin(ReadOnlyAdmin):
    list_display = ("name", "owner", "created_at", "deleted_at")
    list_select_related = ("owner",)
    search_fields = ("name", "=owner__username")


@admin.register(models.CalendarFeed)
class CalendarFeedAdmin(ReadOnlyAdmin):
    """Read-only: its owner makes and withdraws its address."""

    list_display = ("watchlist", "language", "created_at")
    list_select_related = ("watchlist",)
    search_fields = ("watchlist__name", "=watchlist__owner__username")


@admin.register(models.CalendarFeedEntry)
class CalendarFeedEntryAdmin(ReadOnlyAdmin):
    list_display = ("uid", "feed", "on", "sequence", "changed_at", "withdrawn_at")
    list_select_related = ("feed__watchlist",)
    search_fields = ("=uid", "=feed__watchlist__owner__username")


@admin.register(models.Preference)
class PreferenceAdmin(LargeTableAdmin):
    list_display = ("owner", "position_usd", "position_units", "profile")
    list_select_related = ("owner", "profile")
    search_fields = ("=owner__username",)
    raw_id_fields = ("owner", "profile")


@admin.register(models.Override)
class OverrideAdmin(ReadOnlyAdmin):
    """Read-only: what an analyst answered is theirs to withdraw."""

    list_display = ("asset", "criterion", "state", "owner", "expires_on", "deleted_at")
    list_select_related = ("asset", "owner")
    search_fields = ("=asset__slug", "=criterion", "=owner__username")


@admin.register(models.Plan)
class PlanAdmin(ReadOnlyAdmin):
    list_display = ("asset", "owner", "size_usd", "loss_usd", "planned_at", "deleted_at")
    list_select_related = ("asset", "owner")
    search_fields = ("=asset__slug", "=owner__username")


@admin.register(models.AssetVisit)
class AssetVisitAdmin(ReadOnlyAdmin):
    """Read-only: when somebody looked at what is theirs."""

    list_display = ("owner", "asset", "began_at", "before_at")
    list_select_related = ("owner", "asset")
    search_fields = ("=asset__slug", "=owner__username")


@admin.register(models.Case)
class CaseAdmin(ReadOnlyAdmin):
    list_display = ("asset", "horizon_days", "scanned_at", "due_at", "labelled_at", "outcome", "events")
    list_filter = ("horizon_days", "outcome")
    list_select_related = ("asset",)
    search_fields = ("=asset__slug",)


@admin.register(models.SectorMedian)
class SectorMedianAdmin(ReadOnlyAdmin):
    list_display = ("sector", "kind", "figure", "value", "assets", "known_at")
    list_filter = ("kind",)
    search_fields = ("=sector", "=figure")


@admin.register(models.MarketDay)
class MarketDayAdmin(ReadOnlyAdmin):
    list_display = (
        "day",
        "kind",
        "size",
        "members",
        "log_return",
        "breadth_members",
        "above_share",
        "known_at",
    )
    list_filter = ("kind", "size")


@admin.register(models.MarketCensus)
class MarketCensusAdmin(ReadOnlyAdmin):
    list_display = ("day", "kind", "tier", "sector", "assets", "capitalised", "market_cap_usd", "known_at")
    list_filter = ("kind", "tier")
    search_fields = ("=sector",)


@admin.register(models.SandboxRemoval)
class SandboxRemovalAdmin(ReadOnlyAdmin):
    list_display = ("asked_at", "asked_by", "assets", "ended_at", "kept_in")


@admin.register(models.MarketFilling)
class MarketFillingAdmin(ReadOnlyAdmin):
    list_display = ("ordered_at", "ordered_by", "step", "stopped", "ended_at")


@admin.register(models.MarketUndo)
class MarketUndoAdmin(ReadOnlyAdmin):
    list_display = ("asked_at", "asked_by", "assets", "removed", "ended_at")
