"""Admin of the facts: to be looked at. Observations and what rests on them are append-only, for staff too."""

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from assets import models

if TYPE_CHECKING:  # Django's classes take no type arguments when they run
    ModelAdmin = admin.ModelAdmin[Any]
    TabularInline = admin.TabularInline[Any, Any]
else:
    from django.contrib.admin import ModelAdmin, TabularInline

admin.site.site_header = admin.site.site_title = "Assay"


class LargeTableAdmin(ModelAdmin):
    """Lists of millions: newest first along the primary key, and never counted twice."""

    ordering: ClassVar = ("-pk",)
    show_full_result_count = False
    list_per_page = 50


class ReadOnlyAdmin(LargeTableAdmin):
    """Append-only: nobody adds, changes or deletes by hand."""

    def has_add_permission(self, request: HttpRequest, *_parent: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class IdentifierInline(TabularInline):
    model = models.AssetIdentifier
    extra = 0


@admin.register(models.Asset)
class AssetAdmin(LargeTableAdmin):
    list_display = ("name", "symbol", "kind", "chain", "venue", "sector", "fictional", "created_at")
    list_filter = ("kind", "fictional")
    search_fields = ("name", "symbol", "=slug", "=identifiers__value")
    readonly_fields = ("named_by", "fictional", "created_at")
    inlines = (IdentifierInline,)


@admin.register(models.AssetIdentifier)
class AssetIdentifierAdmin(LargeTableAdmin):
    list_display = ("namespace", "value", "asset")
    list_select_related = ("asset",)
    search_fields = ("=namespace", "=value")
    raw_id_fields = ("asset",)


@admin.register(models.FormerSlug)
class FormerSlugAdmin(ReadOnlyAdmin):
    list_display = fields = ("slug", "asset", "merged_by", "merged_at")
    list_select_related = ("asset",)
    search_fields = ("=slug",)


@admin.register(models.Payload)
class PayloadAdmin(ReadOnlyAdmin):
    list_display = fields = ("sha256", "size_bytes")
    search_fields = ("^sha256",)


@admin.register(models.Observation)
class ObservationAdmin(ReadOnlyAdmin):
    list_display = ("id", "provider", "family", "status", "http_status", "as_of", "known_at", "problem")
    list_filter = ("status",)
    search_fields = ("=id", "=provider", "=family")


class StepInline(TabularInline):
    """The failed steps; a run can have thousands of good ones."""

    model = models.RefreshStep
    fields = ("request", "attempts", "problem")
    can_delete = False
    extra = 0

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(state=models.RefreshStep.State.FAILED)

    def has_add_permission(self, *_args: Any) -> bool:
        return False

    def has_change_permission(self, *_args: Any) -> bool:
        return False


@admin.register(models.RefreshRun)
class RefreshRunAdmin(ReadOnlyAdmin):
    list_display = (
        "id",
        "provider",
        "family",
        "state",
        "steps_done",
        "steps_failed",
        "steps_total",
        "rows_stored",
        "rows_rejected",
        "created_at",
        "finished_at",
    )
    list_filter = ("state",)
    search_fields = ("=id", "=provider", "=family")
    list_select_related = ("started_by", "asset")
    inlines = (StepInline,)


@admin.register(models.RefreshStep)
class RefreshStepAdmin(ReadOnlyAdmin):
    list_display = ("id", "run", "state", "attempts", "unscored", "observation", "problem")
    list_filter = ("state", "unscored")
    search_fields = ("=run__id",)
    list_select_related = ("run", "observation")


class FactAdmin(ReadOnlyAdmin):
    list_select_related = ("asset", "observation")
    search_fields = ("=asset__slug", "=asset__symbol", "=observation__provider")


FACT_COLUMNS: Final[dict[type[models.FactRow], tuple[str, ...]]] = {
    models.MarketSnapshot: ("price_usd", "volume_24h_usd", "market_cap_usd"),
    models.SupplySnapshot: ("circulating", "total", "maximum"),
    models.PoolSnapshot: ("dex", "pair", "reserve_usd", "volume_24h_usd"),
    models.BookSnapshot: ("venue", "pair", "spread_share", "depth_down_usd"),
    models.Candle: ("interval", "close_usd", "volume_usd"),
    models.Trade: ("market", "side", "volume_usd", "account"),
    models.HolderSnapshot: ("holder_count", "top_ten_share"),
    models.UnlockSchedule: ("precision", "complete", "source_url"),
    models.UsageSnapshot: ("active_addresses_30d", "revenue_annual_usd", "tvl_usd"),
    models.DisclosureSnapshot: ("team", "commits_90d", "audits_known"),
    models.FundamentalsSnapshot: ("revenue_ttm_usd", "cash_usd", "insider_share"),
    models.ContractSnapshot: ("mint_authority", "owner_authority", "honeypot", "sell_tax_share"),
    models.VenueSnapshot: ("venue", "tier"),
    models.CapitalEvent: ("event", "happened_on", "ratio", "amount_usd"),
    models.CapitalReading: ("subject", "read_since", "read_until"),
    models.OwnershipReport: ("holder", "form", "code", "change", "shares"),
    models.FiledDocument: ("form", "filed_on", "accession", "items"),
    models.FilingEvent: ("form", "filed_on", "subject", "event"),
    models.FilingSnapshot: ("filings_due_24m", "filings_late_24m", "going_concern"),
}
"""What the list of a kind of rows shows beside the asset, the source and the two moments."""

for model in models.FACT_MODELS:
    shown = ("asset", *FACT_COLUMNS.get(model, ()), "observation", "as_of", "known_at")
    admin.site.register(model, FactAdmin, list_display=shown)


@admin.register(models.RequestLog)
class RequestLogAdmin(ReadOnlyAdmin):
    list_display = ("asset", "provider", "family", "asked_at", "answered_at", "problem")
    list_select_related = ("asset",)
    search_fields = ("=asset__slug", "=provider", "=family")


@admin.register(models.Retraction)
class RetractionAdmin(ReadOnlyAdmin):
    list_display = ("observation", "retracted_by", "retracted_at")
    list_select_related = ("observation", "retracted_by")
    search_fields = ("=observation__id",)


@admin.register(models.HolderPosition)
class HolderPositionAdmin(ReadOnlyAdmin):
    list_display = ("snapshot", "label", "address", "holder_type", "share")
    list_filter = ("holder_type",)
    list_select_related = ("snapshot",)
    search_fields = ("=address", "=snapshot__asset__slug")


@admin.register(models.UnlockEvent)
class UnlockEventAdmin(ReadOnlyAdmin):
    list_display = ("schedule", "unlock_at", "amount", "category", "shape")
    list_filter = ("category",)
    list_select_related = ("schedule",)
    search_fields = ("=schedule__asset__slug",)


@admin.register(models.Audit)
class AuditAdmin(ReadOnlyAdmin):
    list_display = ("snapshot", "firm", "audited_on", "matches_deployed")
    list_select_related = ("snapshot",)
    search_fields = ("firm", "=snapshot__asset__slug")
