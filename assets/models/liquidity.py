"""Liquidity: AMM pools and order books in which an asset can be sold."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.metrics import families
from assets.models.observation import AMOUNT, MONEY, FactRow
from assets.models.whole_json import WholeJSONField
from assets.sourcing import rows


class PoolSnapshot(FactRow):
    """One pool of one asset. `reserve_usd` is both sides; the LP columns say who can pull it.

    A row that has `ended` tells nothing but that the provider no longer lists the pool.
    `pool_type` is one of `metrics.pools.POOL_TYPES`, "" where it is not known. The counterpart is listed
    where its contract is one of `identity.counterparts`, or a registry of coins knows it.
    """

    family = families.POOLS
    row = rows.PoolRow

    address = models.CharField(_("pool address"), max_length=128)
    chain = models.CharField(_("chain"), max_length=64, blank=True, default="", db_default="")
    ended = models.BooleanField(_("ended"), default=False, db_default=False)
    dex = models.CharField(_("exchange"), max_length=64, blank=True)
    pair = models.CharField(_("pair"), max_length=160, blank=True)
    price_usd = models.DecimalField(_("price"), **MONEY)
    reserve_usd = models.DecimalField(_("reserve"), **MONEY)
    volume_24h_usd = models.DecimalField(_("24 h volume"), **MONEY)
    buys_24h = models.PositiveIntegerField(_("buys in 24 h"), null=True, blank=True)
    sells_24h = models.PositiveIntegerField(_("sells in 24 h"), null=True, blank=True)
    buyers_24h = models.PositiveIntegerField(_("buyers in 24 h"), null=True, blank=True)
    sellers_24h = models.PositiveIntegerField(_("sellers in 24 h"), null=True, blank=True)
    fee_share = models.FloatField(_("fee"), null=True, blank=True)
    pool_type = models.CharField(_("type"), max_length=32, blank=True)
    quote_address = models.CharField(_("contract of the counterpart"), max_length=128, blank=True)
    quote_price_usd = models.DecimalField(_("price of the counterpart"), **MONEY)
    quote_is_listed = models.BooleanField(_("the counterpart is listed"), null=True, blank=True)
    base_reserve = models.DecimalField(_("reserve, in units"), **AMOUNT)
    quote_reserve = models.DecimalField(_("reserve of the counterpart, in units"), **AMOUNT)
    virtual_base_reserve = models.DecimalField(_("virtual reserve, in units"), **AMOUNT)
    virtual_quote_reserve = models.DecimalField(_("virtual reserve of the counterpart, in units"), **AMOUNT)
    lp_burned_share = models.FloatField(_("LP burned"), null=True, blank=True)
    lp_locked_share = models.FloatField(_("LP locked"), null=True, blank=True)
    lp_locked_until = models.DateTimeField(_("LP locked until"), null=True, blank=True)
    lp_free_holder = models.CharField(_("largest free LP holder"), max_length=128, blank=True)
    lp_free_share = models.FloatField(_("LP neither burned nor locked"), null=True, blank=True)
    lp_holder_count = models.BigIntegerField(_("LP holders"), null=True, blank=True)
    lp_largest_free_share = models.FloatField(_("held by the largest free LP holder"), null=True, blank=True)
    lp_free_holder_is_wallet = models.BooleanField(
        _("the largest free LP holder is a wallet"), null=True, blank=True
    )
    opened_at = models.DateTimeField(_("pool opened at"), null=True, blank=True)

    class Meta(FactRow.Meta):
        abstract = False
        indexes = (
            *FactRow.Meta.indexes,
            models.Index(fields=("asset",), condition=models.Q(ended=True), name="pool_ended"),
            models.Index(
                fields=("lp_locked_until",),
                condition=models.Q(lp_locked_until__isnull=False),
                name="lock_ending_on_a_day",
            ),
        )
        verbose_name = _("pool snapshot")
        verbose_name_plural = _("pool snapshots")


class BookSnapshot(FactRow):
    """One order book: quotes, levels as [price, quantity], the USD that moves its price by 2 % either way.

    A row that has `ended` tells nothing but that the provider no longer lists the pair.
    """

    family = families.BOOKS
    row = rows.BookRow

    venue = models.CharField(_("venue"), max_length=64)
    pair = models.CharField(_("pair"), max_length=160)
    quote = models.CharField(_("quote currency"), max_length=32, blank=True)
    ended = models.BooleanField(_("ended"), default=False, db_default=False)
    bids = WholeJSONField(_("bids"), default=list, blank=True, encoder=DjangoJSONEncoder)
    asks = WholeJSONField(_("asks"), default=list, blank=True, encoder=DjangoJSONEncoder)
    truncated = models.BooleanField(_("cut before 2 % from its middle"), null=True, blank=True)
    bid_usd = models.DecimalField(_("bid"), **MONEY)
    ask_usd = models.DecimalField(_("ask"), **MONEY)
    last_usd = models.DecimalField(_("last price"), **MONEY)
    spread_share = models.FloatField(_("spread"), null=True, blank=True)
    depth_up_usd = models.DecimalField(_("+2 % depth"), **MONEY)
    depth_down_usd = models.DecimalField(_("−2 % depth"), **MONEY)
    volume_24h_usd = models.DecimalField(_("24 h volume"), **MONEY)
    last_traded_at = models.DateTimeField(_("last traded at"), null=True, blank=True)
    stale = models.BooleanField(_("stale"), null=True, blank=True)
    anomalous = models.BooleanField(_("anomalous"), null=True, blank=True)

    class Meta(FactRow.Meta):
        abstract = False
        indexes = (
            *FactRow.Meta.indexes,
            models.Index(fields=("asset",), condition=models.Q(ended=True), name="book_ended"),
        )
        verbose_name = _("order book snapshot")
        verbose_name_plural = _("order book snapshots")
