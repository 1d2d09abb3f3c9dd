"""DexScreener orders: what was paid there for a token: its profile, advertisements and boosts.

https://docs.dexscreener.com/api/reference (orders). Needs no key; 60 calls a minute, fewer than for pairs, so
that it is a provider of its own. Orders come as a list, or beside the boosts in an object; no answer with an
order in it is recorded, so that both shapes are read. Who pays is not told: anybody may. Paid promotion is no
sign of trust, and none of a fault.
"""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from assets.identity.chains import TO_DEXSCREENER, address_on, namespace_of
from assets.metrics.families import DISCLOSURE, TOKEN
from assets.sourcing.contract import (
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
    UnreadableError,
)
from assets.sourcing.messages import message
from assets.sourcing.reading import Count, Moment, RowReader, Text, VendorModel, error_in, load_json
from assets.sourcing.rows import AssetRef, DisclosureRow, Identifier

APPROVED: Final = "approved"
PROFILE: Final = "tokenProfile"
TAKEOVER: Final = "communityTakeover"
ADVERTISEMENTS: Final = frozenset({"tokenAd", "trendingBarAd"})


class DexScreenerOrder(VendorModel):
    type: Text = ""
    status: Text = ""
    paymentTimestamp: Moment = None  # noqa: N815 - the vendor's name


class DexScreenerBoost(VendorModel):
    amount: Count = None
    paymentTimestamp: Moment = None  # noqa: N815


class DexScreenerOrders(Provider):
    name = "dexscreener_orders"
    title = "DexScreener orders"
    website = "https://dexscreener.com"
    attribution = message("Data by DexScreener")
    default_url = "https://api.dexscreener.com"
    rate = Rate(calls=55, per_s=60)
    families = (DISCLOSURE,)
    fields = {
        DISCLOSURE: "profile_paid community_takeover paid_promotions promotion_paid_at",
    }
    per_asset = frozenset({DISCLOSURE})
    one_by_one = message("token by token")
    namespaces = tuple(namespace_of(chain) for chain in TO_DEXSCREENER)
    known_by = message("contract on a chain")

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        namespace, address = known[0]
        chain = namespace.removeprefix("address:")
        call = Request(
            family=DISCLOSURE,
            path=f"/orders/v1/{TO_DEXSCREENER[chain]}/{quote(address, safe='')}",
            context={"chain": chain, "address": address},
        )
        return (call,)

    def parse(self, raw: RawObservation) -> Parsed:
        body, context, reader = load_json(raw.body), raw.request.context, RowReader()
        if complaint := error_in(body):
            raise self.refusal(complaint)
        orders, boosts = _lists_in(body)
        ordered = [each for item in orders if (each := reader.read(DexScreenerOrder, item))]
        boosted = [boost for item in boosts or () if (boost := reader.read(DexScreenerBoost, item))]
        is_whole = boosts is not None and len(ordered + boosted) == len(orders + boosts)
        asset = AssetRef(
            kind=TOKEN,
            identifiers=(address_on(context["chain"], context["address"]),),
            chain=context["chain"],
        )
        approved = [each for each in ordered if each.status == APPROVED]
        paid = [each.paymentTimestamp for each in approved if each.type in ADVERTISEMENTS]
        paid += [each.paymentTimestamp for each in boosted if each.amount != 0]
        row = DisclosureRow(
            asset=asset,
            as_of=raw.fetched_at,
            profile_paid=_has(PROFILE, approved, is_whole=len(ordered) == len(orders)),
            community_takeover=_has(TAKEOVER, approved, is_whole=len(ordered) == len(orders)),
            paid_promotions=len(paid) if paid or is_whole else None,
            promotion_paid_at=max((each for each in paid if each and each <= raw.fetched_at), default=None),
        )
        return reader.parsed([row])


def _has(kind: str, approved: list[DexScreenerOrder], *, is_whole: bool) -> bool | None:
    """Whether there is an order of this kind; that there is none is known of a list that was read whole."""
    return True if any(each.type == kind for each in approved) else False if is_whole else None


def _lists_in(body: object) -> tuple[list[Any], list[Any] | None]:
    """The orders and the boosts; None where boosts are not told of, so that there may have been some."""
    told = body.get("orders") if isinstance(body, Mapping) else body
    boosts = body.get("boosts") if isinstance(body, Mapping) else None
    if not isinstance(told, list) or not isinstance(boosts, list | None):
        raise UnreadableError("DexScreener sent something other than the list of orders it promises.")
    return told, boosts
