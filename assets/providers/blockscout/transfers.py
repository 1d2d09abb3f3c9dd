"""Transfers of a token at Blockscout: how many addresses sent it, and how often, in 30 days and before.

`/tokens/{address}/transfers` has 50 a page, the newest first. A window is counted where the pages provably
cover it: they go beyond its beginning, or back to the first transfer there was. Where they don't, the senders
found so far are the least that there were. Nobody sends from the null address or another burn address: units
are made there.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from assets.identity.burned import is_burned
from assets.metrics.families import USAGE
from assets.providers.blockscout.calls import call, is_last_page, items_in, next_page, token_of
from assets.sourcing.contract import Parsed, RawObservation, Request, UnreadableError
from assets.sourcing.reading import Moment, Name, RowReader, VendorModel, address_of
from assets.sourcing.rows import Row, UsageRow

MOST_PAGES: Final = 40
"""2,000 transfers: more than most micro-caps have in three months, and a quarter of a minute of calls."""
WINDOW: Final = timedelta(days=30)
BEFORE: Final = timedelta(days=90)
DIGEST_BYTES: Final = 6
"""Senders are carried from page to page as digests: of 2,000 two are alike once in 140 million walks."""


class BlockscoutSender(VendorModel):
    hash: Name


class BlockscoutTransfer(VendorModel):
    transaction_hash: Name
    timestamp: Moment = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What the pages so far say. `until` is the moment of the first page, the end of both windows.

    `has_gaps`: a line could not be read or stood out of order, so that nothing is provably covered.
    """

    until: datetime
    page: int = 1
    senders: frozenset[bytes] = frozenset()
    transactions: int = 0
    before: int = 0
    last: str = ""
    oldest: datetime | None = None
    has_gaps: bool = False

    def to_context(self) -> dict[str, str]:
        return {
            "until": self.until.isoformat(),
            "page": str(self.page),
            "senders": base64.b64encode(b"".join(sorted(self.senders))).decode(),
            "transactions": str(self.transactions),
            "before": str(self.before),
            "last": self.last,
            "oldest": self.oldest.isoformat() if self.oldest else "",
            "has_gaps": "yes" if self.has_gaps else "",
        }

    @classmethod
    def of(cls, raw: RawObservation) -> "Walk":
        stored = raw.request.context
        if "until" not in stored:
            return cls(until=raw.fetched_at.astimezone(UTC))
        digests = base64.b64decode(stored["senders"])
        parts = range(0, len(digests), DIGEST_BYTES)
        return cls(
            until=datetime.fromisoformat(stored["until"]),
            page=int(stored["page"]),
            senders=frozenset(digests[at : at + DIGEST_BYTES] for at in parts),
            transactions=int(stored["transactions"]),
            before=int(stored["before"]),
            last=stored["last"],
            oldest=datetime.fromisoformat(stored["oldest"]) if stored["oldest"] else None,
            has_gaps=bool(stored["has_gaps"]),
        )

    def with_transfer(self, transfer: BlockscoutTransfer | None, sender: str) -> "Walk":
        moment = transfer.timestamp if transfer else None
        if transfer is None or moment is None or not sender:
            return replace(self, has_gaps=True)
        age = self.until - moment
        is_new = transfer.transaction_hash != self.last
        found = replace(
            self,
            last=transfer.transaction_hash,
            oldest=moment,
            has_gaps=self.has_gaps or (self.oldest is not None and moment > self.oldest),
        )
        if age <= WINDOW:
            senders = found.senders if is_burned(sender) else found.senders | {_digest(sender)}
            return replace(found, senders=senders, transactions=found.transactions + is_new)
        return replace(found, before=found.before + is_new) if age <= BEFORE else found

    def covers(self, window: timedelta) -> bool:
        """Whether a transfer from before the window was seen, and every one since."""
        return not self.has_gaps and self.oldest is not None and self.until - self.oldest > window


def _digest(address: str) -> bytes:
    return hashlib.sha256(address.encode()).digest()[:DIGEST_BYTES]


def transfers_call(
    chain: str,
    token: str,
    *,
    params: Mapping[str, str] | None = None,
    along: Mapping[str, str] | None = None,
) -> Request:
    return call(USAGE, "tokens", chain, token, tail="/transfers", params=params, along=along)


def read_transfers(body: Mapping[str, Any], raw: RawObservation) -> Parsed:
    """The next page, or what all pages say together."""
    context, reader = raw.request.context, RowReader()
    items = items_in(body)
    if items is None:
        raise UnreadableError(
            "Blockscout sent something other than the transfers of %(address)s.", address=context["address"]
        )
    walk = Walk.of(raw)
    for item in items:
        told = item if isinstance(item, dict) else {}
        sender = reader.read(BlockscoutSender, told.get("from"))
        walk = walk.with_transfer(
            reader.read(BlockscoutTransfer, told), address_of(sender.hash) if sender else ""
        )
    following, is_last = next_page(body), is_last_page(body)
    if following and items and not walk.covers(BEFORE) and walk.page < MOST_PAGES:
        along = replace(walk, page=walk.page + 1).to_context()
        return reader.parsed(
            [], transfers_call(context["chain"], context["address"], params=following, along=along)
        )
    if walk.oldest is None:
        reader.remark("Blockscout lists no transfer of %(address)s.", address=context["address"])
        return reader.parsed([])
    return reader.parsed(_rows(walk, raw, reader, is_whole=is_last and not walk.has_gaps))


def _rows(walk: Walk, raw: RawObservation, reader: RowReader, *, is_whole: bool) -> list[Row]:
    is_covered = is_whole or walk.covers(WINDOW)
    if not is_covered:
        reader.remark(
            "%(pages)s pages of transfers don't cover 30 days: at least %(senders)s addresses sent it.",
            pages=walk.page,
            senders=len(walk.senders),
        )
    if not is_covered and not walk.senders:
        return []
    row = UsageRow(
        asset=token_of(raw),
        as_of=walk.until,
        active_addresses_30d=len(walk.senders) if is_covered else None,
        active_addresses_least_30d=None if is_covered else len(walk.senders),
        transactions_30d=walk.transactions if is_covered else None,
        # Of a token that is younger the time before is no measure of what is usual.
        transactions_prior_60d=walk.before if walk.covers(BEFORE) else None,
    )
    return [row]
