"""Statements in an asset's history: what a provider says otherwise of its contract, its team and its audits.

Each provider is held against itself: that two of them disagree is a conflict and no change.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from assets.metrics.families import CONTRACT_FLAGS
from assets.models import Audit, ContractSnapshot, DisclosureSnapshot, FactRow
from screener.services.dossier.history.place import HistoryPlace
from screener.services.dossier.history.stream import Event, HistoryStretch, stretch_of
from screener.services.dossier.history.subject import HistorySubject
from screener.services.dossier.history.successions import Succession, successions

LEAST_SHARE: Final = 0.01
TAXES: Final = ("buy_tax_share", "sell_tax_share", "transfer_tax_share")
OF_CONTRACT: Final = (
    *("mint_authority", "freeze_authority", "owner_authority", "verified_source"),
    *CONTRACT_FLAGS,
    *TAXES,
)
NOT_SAID: Final = (None, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOtherwise:
    """A field of which the provider says something else than before; both are known."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementMoves:
    """What one answer says otherwise than the one before; `audits` are those that it names first."""

    answer: FactRow
    moves: Sequence[SaidOtherwise]
    audits: Sequence[Audit] = ()


def contract_moves(subject: HistorySubject, place: HistoryPlace) -> HistoryStretch:
    found = successions(ContractSnapshot, subject, place)
    return _stretch(found, (StatementMoves(answer=each.new, moves=_moves(each)) for each in found))


def disclosure_moves(subject: HistorySubject, place: HistoryPlace) -> HistoryStretch:
    found = successions(DisclosureSnapshot, subject, place, "audits")
    return _stretch(
        found,
        (
            StatementMoves(answer=each.new, moves=_moves(each, ("team",)), audits=_new_audits(each))
            for each in found
        ),
    )


def _stretch(found: Sequence[Succession], moves: Iterator[StatementMoves]) -> HistoryStretch:
    events = (
        Event(at=each.answer.known_at, row=each.answer.pk, shown=each)
        for each in moves
        if each.moves or each.audits
    )
    return stretch_of([each.new for each in found], events, at="known_at")


def _moves(pair: Succession, fields: Sequence[str] = OF_CONTRACT) -> list[SaidOtherwise]:
    if pair.old is None:
        return []
    values = ((each, getattr(pair.old, each), getattr(pair.new, each)) for each in fields)
    return [
        SaidOtherwise(field=name, old=old, new=new)
        for name, old, new in values
        if old not in NOT_SAID and new not in NOT_SAID and _differ(name, old, new)
    ]


def _differ(field: str, old: Any, new: Any) -> bool:
    return abs(new - old) >= LEAST_SHARE if field in TAXES else old != new


def _new_audits(pair: Succession) -> list[Audit]:
    if pair.old is None or not (pair.old.audits_known or pair.old.audits.all()):
        return []
    named = {(each.firm, each.audited_on) for each in pair.old.audits.all()}
    return [each for each in pair.new.audits.all() if (each.firm, each.audited_on) not in named]
