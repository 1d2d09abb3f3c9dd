"""Holders and unlocks of the sandbox: who owns a token and what is released."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from assets.metrics.families import TOKEN
from assets.sandbox.invented import Invented
from assets.sandbox.names import address_of
from assets.sandbox.trading import exactly
from assets.sourcing.rows import HolderRow, Position, Unlock, UnlockRow

# By kind of ownership: the large positions as (type, share of supply), the rest are small wallets.
LARGE = {
    "spread": (("exchange", 0.09), ("pool", 0.06), ("treasury", 0.04), ("insider", 0.03)),
    "whale": (("insider", 0.38), ("wallet", 0.21), ("wallet", 0.12), ("wallet", 0.06)),
    "bridge": (("bridge", 0.96), ("exchange", 0.008)),
    "burned": (("burn", 0.55), ("pool", 0.18), ("treasury", 0.02)),
}
UNLISTED_TO_FORTY = 0.05
"""What of the rest those hold who come after the listed ones up to the fortieth."""

LINEAR_DAYS = 36 * 30


def holders(asset: Invented, now: datetime) -> Iterator[HolderRow]:
    dice, traits = asset.draw("holders"), asset.archetype
    shares = list(LARGE[traits.owners])
    left = 1.0 - sum(share for _kind, share in shares)
    for _ in range(20):
        share = left * dice.uniform(0.01, 0.04)
        left -= share
        shares.append(("wallet" if traits.kind == TOKEN else "institution", share))
    positions = tuple(
        Position(
            holder_type=kind,
            share=round(share, 6),
            address=address_of(asset.index, f"HOLD{place:02}") if traits.kind == TOKEN else "",
            label=f"Invented {kind} {place + 1}",
            balance=exactly(round(asset.whole * share)),
        )
        for place, (kind, share) in enumerate(sorted(shares, key=lambda each: -each[1]))
    )
    yield HolderRow(
        asset=asset.ref,
        as_of=now,
        holder_count=max(traits.holder_count, len(positions)),
        buckets=_buckets([each.share for each in positions], left),
        supply=exactly(asset.whole),
        positions=positions,
    )


def _buckets(listed: list[float], left: float) -> dict[str, float]:
    """Shares by rank, those of unlisted holders estimated; together they are the whole."""
    to_forty = sum(listed[20:]) + left * UNLISTED_TO_FORTY
    by_rank = {"1-10": sum(listed[:10]), "11-20": sum(listed[10:20]), "21-40": to_forty}
    rounded = {rank: round(share, 6) for rank, share in by_rank.items()}
    return rounded | {"rest": round(1 - sum(rounded.values()), 6)}


def unlocks(asset: Invented, now: datetime) -> Iterator[UnlockRow]:
    """A schedule, an exhausted one, or, where none is known, nothing at all."""
    kind = "example" if asset.is_example else asset.archetype.unlock
    if kind == "unknown":
        return
    yield UnlockRow(
        asset=asset.ref,
        as_of=now,
        events=tuple(_events(asset, kind, now)),
        source_url=f"https://docs.example.org/{asset.index}/vesting",
        precision="day",
        complete=True,
    )


def _events(asset: Invented, kind: str, now: datetime) -> Iterator[Unlock]:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if kind == "example":
        yield Unlock(
            unlock_at=midnight + timedelta(days=14), amount=exactly(20_000_000), category="investors"
        )
        return
    locked = max(asset.whole - asset.circulating, 0.0)
    plan = {
        # (days from now, share of what is locked, category)
        "cliff": [(17, 0.4, "investors"), (200, 0.3, "team"), (400, 0.3, "treasury")],
        "linear": [(0, 1 / 3, category) for category in ("team", "community", "ecosystem")],
        "heavy": [(30 * month, 1 / 12, ("team", "investors")[month % 2]) for month in range(1, 13)],
        "lockup": [(21, 0.9, "lockup")],
        "offering": [(12, 1.0, "offering")],
        "done": [],
    }[kind]
    for days, share, category in plan:
        amount = round(locked * share)
        if amount:
            yield Unlock(
                unlock_at=midnight + timedelta(days=days),
                amount=exactly(amount),
                category=category,
                shape={"linear": "linear", "heavy": "step"}.get(kind, "cliff"),
                ends_at=midnight + timedelta(days=LINEAR_DAYS) if kind == "linear" else None,
            )
