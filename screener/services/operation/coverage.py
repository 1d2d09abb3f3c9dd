"""Coverage: how much of the checklist can be answered, by where assets are known from and by criterion.

A class holds whatever a walk has found, most of it never looked at any closer. So the median of those assets
that were read (`READ`) stands beside it: what the sources can answer once they are asked. And an answer
counts half once its facts are old: beside each median stands what was told at all, whatever its age.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from django.db.models import Exists, OuterRef, QuerySet

from assets.metrics.families import EQUITY, TOKEN
from assets.metrics.filing_events import LISTED as UNREAD
from assets.models import (
    Asset,
    AssetIdentifier,
    ContractSnapshot,
    DisclosureSnapshot,
    FilingEvent,
    OwnershipReport,
    PoolSnapshot,
)
from assets.providers import listing_namespaces
from screener.checklist import CRITERIA, DIMENSIONS, Criterion
from screener.checklist.states import NOT_APPLICABLE, UNANSWERED, Codes, Column
from screener.screens.table import NEVER_ASKED, Mask, Table
from screener.services.evidence.answer_sources import AnswerSource, sources_of
from screener.services.evidence.unanswered import WITHOUT_KEYLESS_SOURCE
from screener.services.scoring.score_assets import judge_as_of
from screener.universe.live import UNIVERSE
from screener.universe.rows import unstored_table
from screener.validation.population import COMPANY, DEX, LISTED

CLASSES: Final = (DEX, LISTED, COMPANY)

CHAIN: Final = "chain"
DETAILS: Final = "details"
DOCUMENTS: Final = "documents"
READ: Final[Mapping[str, str]] = {DEX: CHAIN, LISTED: DETAILS, COMPANY: DOCUMENTS}
"""By class what of an asset was read: of a token with a pool who may mint it or whether its source is
verified, by a node or a scanner; its links, by a register of coins; its filings or the reports of its owners
themselves."""

DECIMALS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceClass:
    """The scored assets of one class. Medians (0–1) are None where there are none; `median_answered` is that
    of the coverage if no answer were old."""

    source: str
    assets: int
    rated: int
    median_coverage: float | None
    median_answered: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAssets(SourceClass):
    """Those of a class of which `read` is known, one of `CHAIN`, `DETAILS`, `DOCUMENTS`."""

    read: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredShares:
    """For which share (0–1) of the assets that are asked a criterion is answered, by class; `of_read` are the
    shares among those that were read.

    None where nobody of the class is asked. An answer from old facts is one.
    """

    criterion: Criterion
    answered: Mapping[str, float | None]
    of_read: Mapping[str, float | None]
    sources: tuple[AnswerSource, ...]

    @property
    def keyless(self) -> tuple[AnswerSource, ...]:
        return tuple(each for each in self.sources if not each.needs_key)

    @property
    def keyed(self) -> tuple[AnswerSource, ...]:
        return tuple(each for each in self.sources if each.needs_key)

    @property
    def reason(self) -> str:
        """Why nobody answers it without a key; "" where somebody does."""
        return "" if self.keyless else WITHOUT_KEYLESS_SOURCE.get(self.criterion.id, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageReport:
    """What is known of all assets but the invented ones, by their newest scorecards."""

    classes: tuple[SourceClass, ...]
    read: tuple[ReadAssets, ...]
    criteria: tuple[AnsweredShares, ...]

    @property
    def assets(self) -> int:
        return sum(each.assets for each in self.classes)


def read_coverage(*, as_of: datetime | None = None) -> CoverageReport:
    """Of the universe in memory, or as the checklist of today judges by what was known at a moment.

    A query tells which tokens are listed, and one or two a class what was read.
    """
    table = UNIVERSE.table() if as_of is None else _table_as_of(as_of)
    members = _members(table)
    read = {each: mine & np.isin(table.ids, _ids_read(each, as_of)) for each, mine in members.items()}
    return CoverageReport(
        classes=tuple(SourceClass(source=each, **_summary(table, members[each])) for each in CLASSES),
        read=tuple(
            ReadAssets(source=each, read=READ[each], **_summary(table, read[each])) for each in CLASSES
        ),
        criteria=tuple(_criterion(each, table, members, read) for each in CRITERIA.values()),
    )


def _table_as_of(moment: datetime) -> Table:
    """What is an asset, its kind and its names, has no history: they are today's."""
    assets = Asset.objects.filter(fictional=False, created_at__lte=moment).in_bulk()
    cards = [card for batch in judge_as_of(assets, moment=moment) for card in batch]
    for card in cards:
        card.asset = assets[card.asset_id]
    return unstored_table(cards)


def _members(table: Table) -> dict[str, Mask]:
    """By class which rows of the table belong to it; invented assets to none."""
    kinds = table.categories["kind"]
    kind_of = np.array([*kinds.labels, ""], dtype=object)[kinds.codes]
    named = AssetIdentifier.objects.filter(namespace__in=listing_namespaces())
    is_token = (kind_of == TOKEN) & ~table.fictional
    is_listed = np.isin(table.ids, _ids(named))
    return {
        DEX: is_token & ~is_listed,
        LISTED: is_token & is_listed,
        COMPANY: (kind_of == EQUITY) & ~table.fictional,
    }


def _ids_read(source: str, as_of: datetime | None) -> npt.NDArray[np.int64]:
    """The assets of which what counts for this class was read."""
    if source == DEX:
        contracts = _known(ContractSnapshot.objects.exclude(mint_authority="", verified_source=None), as_of)
        pools = _known(PoolSnapshot.objects.filter(asset_id=OuterRef("asset_id"), ended=False), as_of)
        return _ids(contracts.filter(Exists(pools)))
    if source == LISTED:
        return _ids(_known(DisclosureSnapshot.objects.exclude(channels={}), as_of))
    events, reports = (
        _known(each, as_of).order_by().values("asset_id")
        for each in (FilingEvent.objects.exclude(event=UNREAD), OwnershipReport.objects.all())
    )
    return _ids(events.union(reports))


def _known(rows: QuerySet[Any], as_of: datetime | None) -> QuerySet[Any]:
    return rows if as_of is None else rows.filter(known_at__lte=as_of)


def _ids(rows: QuerySet[Any]) -> npt.NDArray[np.int64]:
    if not rows.query.combinator:
        rows = rows.order_by().distinct()
    return np.fromiter(rows.values_list("asset_id", flat=True), np.int64)


def _summary(table: Table, mine: Mask) -> dict[str, Any]:
    """Fields of a SourceClass."""
    return {
        "assets": int(mine.sum()),
        "rated": int((~np.isnan(table.numbers["score"][mine])).sum()),
        "median_coverage": _median(table.numbers["coverage"][mine]),
        "median_answered": _median(answered_shares(table.states)[mine]),
    }


def _median(shares: Column) -> float | None:
    return round(float(np.median(shares)), DECIMALS) if shares.size else None


def answered_shares(states: Mapping[str, Codes]) -> Column:
    """The coverage by asset if no answer were old; 0 where nothing is asked."""
    answered, asked = [], []
    for dimension in DIMENSIONS:
        weights = np.array([each.weight for each in dimension.criteria], dtype=np.float64)
        codes = np.array([states[each.id] for each in dimension.criteria])
        is_asked = (codes != NEVER_ASKED) & (codes != NOT_APPLICABLE)
        weight = weights @ is_asked
        share = weights @ (is_asked & ~np.isin(codes, UNANSWERED)) / np.where(weight > 0, weight, 1.0)
        answered.append(dimension.weight * share)
        asked.append(np.where(weight > 0, dimension.weight, 0.0))
    whole = np.sum(asked, axis=0)
    return np.asarray(np.sum(answered, axis=0) / np.where(whole > 0, whole, 1.0), dtype=np.float64)


def _criterion(
    criterion: Criterion, table: Table, members: Mapping[str, Mask], read: Mapping[str, Mask]
) -> AnsweredShares:
    codes = table.states[criterion.id]
    is_asked = (codes != NEVER_ASKED) & (codes != NOT_APPLICABLE)
    is_answered = is_asked & ~np.isin(codes, UNANSWERED)
    kinds = (kind for kind in (TOKEN, EQUITY) if kind in criterion.kinds)
    sources = (each for kind in kinds for each in sources_of(criterion, kind))
    answered, of_read = (
        {each: _share(is_answered & mine, is_asked & mine) for each, mine in group.items()}
        for group in (members, read)
    )
    return AnsweredShares(
        criterion=criterion,
        answered=answered,
        of_read=of_read,
        sources=tuple({each.name: each for each in sources}.values()),
    )


def _share(part: Mask, whole: Mask) -> float | None:
    count = int(whole.sum())
    return round(int(part.sum()) / count, DECIMALS) if count else None
