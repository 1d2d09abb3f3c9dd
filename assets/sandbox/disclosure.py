"""Usage and disclosure of the sandbox: activity, channels and audits."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from assets.metrics.families import TOKEN
from assets.sandbox.invented import Invented
from assets.sandbox.trading import exactly
from assets.sourcing.rows import AuditReport, DisclosureRow, UsageRow


def usage(asset: Invented, now: datetime) -> Iterator[UsageRow]:
    traits = asset.archetype
    monthly = traits.active_addresses * 12
    yield UsageRow(
        asset=asset.ref,
        as_of=now,
        active_addresses_30d=traits.active_addresses,
        transactions_30d=round(monthly * traits.activity),
        transactions_prior_60d=monthly * 2,
        fees_annual_usd=exactly(asset.cap_usd * traits.revenue_share * 1.6),
        revenue_annual_usd=exactly(asset.cap_usd * traits.revenue_share),
        tvl_usd=None if traits.tvl_share is None else exactly(asset.cap_usd * traits.tvl_share),
    )


def disclosure(asset: Invented, now: datetime) -> Iterator[DisclosureRow]:
    traits, site = asset.archetype, f"https://asset-{asset.index}.example.org"
    named = traits.team != "none"
    has_code = named and traits.kind == TOKEN
    channels = {"homepage": site, "x": f"{site}/x"}
    if named:
        channels |= {"github": f"{site}/code", "whitepaper": f"{site}/paper"}
    if traits.kind != TOKEN:
        channels = {"homepage": site, "investor_relations": f"{site}/investors", "filings": f"{site}/filings"}
    yield DisclosureRow(
        asset=asset.ref,
        as_of=now,
        channels=channels,
        channels_linked=named,
        team=traits.team if traits.kind == TOKEN else "",
        site_since=(now - timedelta(days=700 if named else 60)).date(),
        roadmap_planned=12 if named else None,
        roadmap_delivered=8 if named else None,
        commits_90d=120 if has_code else None,
        commits_4w=38 if has_code else None,
        contributors=7 if has_code else None,
        audits=tuple(_audits(asset, now)),
    )


def _audits(asset: Invented, now: datetime) -> Iterator[AuditReport]:
    kind = asset.archetype.audit
    if kind == "none":
        return
    old = kind == "old"
    yield AuditReport(
        firm="Invented Review LLP",
        audited_on=(now - timedelta(days=600 if old else 120)).date(),
        scope="Token and vesting contracts"
        if asset.archetype.kind == TOKEN
        else "Annual financial statements",
        conclusion="Two medium findings, both fixed"
        if asset.archetype.kind == TOKEN
        else "Unqualified opinion",
        limitations=(
            "The bridge and the upgrade keys were out of scope; the deployed code was not compared."
            if kind == "limited"
            else "Economic design was not reviewed."
        ),
        matches_deployed=False if kind == "limited" else True if asset.archetype.kind == TOKEN else None,
        report_url=f"https://review.example.org/{asset.index}",
    )
