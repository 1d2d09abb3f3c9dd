"""Ownership reports: what insiders and large holders hold together, and what insiders buy and sell."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from math import isnan
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.blocks import FIVE_PERCENT, Block, blocks
from assets.metrics.columns import Column, Groups, Mask, known, ratio
from assets.metrics.facts import Facts
from assets.metrics.holdings import Holding, holdings, standing
from assets.metrics.insider_trades import HALF_A_YEAR_DAYS, net_bought, net_bought_plainly
from assets.metrics.persons import Together, plain_name
from assets.metrics.reports import Line, lines_of, may_decide, plain
from assets.metrics.schedules import unread_schedules
from assets.metrics.unit_changes import UnitChanges, days_since_epoch

ROLES: Final = ("director", "officer", "ten_percent_owner", "five_percent_owner", "other")
"""In the order in which a report of several is summed up."""

MATERIAL_SHARE: Final = 0.01
"""From here on two persons with exactly as many shares, one of them not directly, hold the same ones."""
ROUND_SHARES: Final = 1_000
"""Multiples of it are sold to several in one placement: that Schedules tell equal ones proves nothing."""
USUAL_LIMITS: Final = frozenset({0.049, 0.0499, 0.098, 0.099, 0.0999, 0.199, 0.1999})
"""Shares of a company up to which warrants and notes let their holders go: each may be told by several."""
LIMIT_DECIMALS: Final = 4


@dataclass(slots=True)
class Group:
    """Owners who report together: their holdings, what their Schedules say, what they disposed of.

    Whoever is diluted need not report that it is less by now, so that less than 5 % is no leaving.
    """

    owned: list[Holding] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    disposals: list[Line] = field(default_factory=list)
    is_diluted: bool = False


def held_share(forms: Sequence[Line], schedules: Sequence[Line]) -> float:
    """What all who must report hold, a share of the company; NaN where nobody is left who says how much.

    Above 1 it contradicts itself.
    """
    owned, of_schedules = holdings(forms), blocks(schedules)
    together = _linked(owned, of_schedules)
    _link_by_name(together, owned, [*forms, *schedules])
    first = together.first
    groups: dict[Hashable, Group] = {}
    for each in owned:
        groups.setdefault(first(each.group), Group()).owned.append(each)
    before = {line.reporter.person: line.before_dilution for line in schedules if not isnan(line.held)}
    for block in of_schedules:
        group = groups.setdefault(first(block.group), Group())
        group.blocks.append(block)
        group.is_diluted |= any(before[each] >= FIVE_PERCENT for each in block.persons)
    for line in forms if of_schedules else ():
        if line.change_share < 0 and not line.is_derivative and first(line.reporter.group) in groups:
            groups[first(line.reporter.group)].disposals.append(line)
    counted = [each for each in map(_of_group, groups.values()) if not isnan(each)]
    return sum(counted) if counted else np.nan


def _linked(owned: Sequence[Holding], of_schedules: Sequence[Block]) -> Together:
    """Groups that hold exactly the same shares, one of them not as only its own, are one.

    Two Schedules are not where equal numbers may come about by themselves: in one placement, or at a limit.
    """
    together, alike = Together(), dict[float, list[tuple[Hashable, bool, bool]]]()
    for each in owned:
        if each.held >= MATERIAL_SHARE and each.shares > 0:
            alike.setdefault(round(each.shares), []).append((each.group, not each.is_direct, False))
    for block in of_schedules:
        if block.held >= MATERIAL_SHARE and block.shares > 0:
            alike.setdefault(round(block.shares), []).append(
                (block.group, block.is_shared, _may_be_chance(block))
            )
    for holders in alike.values():
        for (one, is_others, is_chance), (other, is_ones, is_chance_too) in combinations(holders, 2):
            if (is_others or is_ones) and not (is_chance and is_chance_too):
                together.link(one, other)
    return together


def _link_by_name(together: Together, owned: Sequence[Holding], lines: Sequence[Line]) -> None:
    """Link who holds by another one that reports, too, as in "By Example Ventures IV, L.P.", to that one."""
    by_another = [each for each in owned if each.nature and not each.is_direct]
    if not by_another:
        return
    groups = {plain_name(line.holder): line.reporter.group for line in lines if line.holder}
    for each in by_another:
        name = plain_name(plain(each.nature).removeprefix("by "))
        if name in groups:
            together.link(groups[name], each.group)


def _may_be_chance(block: Block) -> bool:
    """Whether somebody else's Schedule may tell as many: a round number, or the most that is allowed."""
    return round(block.shares) % ROUND_SHARES == 0 or round(block.held, LIMIT_DECIMALS) in USUAL_LIMITS


def _of_group(group: Group) -> float:
    """Of a group's forms and Schedules what is newer. As a form tells only one person's part, a Schedule
    before it counts on, less what was disposed of since."""
    by_forms = _counted_once([(each.shares, each.held, each.owner, each.is_direct) for each in group.owned])
    by_schedules = _counted_once([(each.shares, each.held, each.persons, False) for each in group.blocks])
    if not group.blocks:
        return by_forms
    if not group.owned:
        return by_schedules if by_schedules >= FIVE_PERCENT or group.is_diluted else np.nan
    days_ago = min(each.reported_days_ago for each in group.blocks)
    if days_ago <= min(each.reported_days_ago for each in group.owned):
        return by_schedules
    disposed = -sum(line.change_share for line in group.disposals if line.days_ago < days_ago)
    return max(by_forms, by_schedules - disposed)


def _counted_once(holders: Sequence[tuple[float, float, Hashable, bool]]) -> float:
    """What is held, without what another one of the group tells, too: as many shares, not held directly."""
    if len(holders) == 1:
        return holders[0][1]
    total, owners = 0.0, dict[float, list[Hashable]]()
    for shares, held, owner, is_direct in sorted(holders, key=lambda each: not each[3]):
        others = [each for each in owners.get(shares, ()) if each != owner]
        if held < MATERIAL_SHARE or is_direct or not others:
            total += held
        owners.setdefault(shares, []).append(owner)
    return total


def in_shares_of_today(reports: Groups, changes: UnitChanges) -> Groups:
    """The lines with shares and changes in the units of today, each from those of its day."""
    happened, filed = (days_since_epoch(reports.rows[name]) for name in ("happened_on", "filed_on"))
    factor = changes.factor(np.where(np.isnan(happened), filed, happened), owner=reports.owner)
    counted = {name: reports[name] * factor for name in ("shares", "change", "shared_shares")}
    return Groups(reports.rows.assign(**counted), reports.owner, reports.size)


def deciding(reports: Groups, shares_outstanding: Column, now: datetime) -> Groups:
    """The lines without those that say nothing any more of what was bought or is held."""
    return reports.where(
        may_decide(
            reports.rows,
            reports.owner,
            now=now,
            outstanding=shares_outstanding[reports.owner],
            trades_within_days=HALF_A_YEAR_DAYS,
        )
    )


def by_reports(
    own: Groups, shares_outstanding: Column, now: datetime, changes: UnitChanges, *, is_stated: Mask
) -> tuple[Column, Column]:
    """Shares that insiders bought on the market, net, and what all who must report hold, one value an asset.

    A share of the company above 1 contradicts itself; NaN without a report. What is held is not worked out
    where `is_stated`: line by line it costs the most of all measures.
    """
    reported = np.full(own.size, np.nan)
    if not own.owner.size:
        return reported.copy(), reported
    reports = in_shares_of_today(own, changes)
    bought, is_plain = net_bought_plainly(reports, now, HALF_A_YEAR_DAYS)
    # Who holds so many old shares that nobody can say how many those are today leaves the sum unknown.
    is_lost = (own["shares"] > 0) & np.isnan(reports["shares"]) & np.isnan(own["share"])
    lost = reports.owner[is_lost & (own["is_derivative"] != 1)]
    counted = deciding(reports.where(~(is_stated & is_plain)[reports.owner]), shares_outstanding, now)
    outstanding = shares_outstanding[counted.owner]
    for lines in lines_of(counted.rows, counted.owner, now=now, outstanding=outstanding):
        forms, company = standing([line for line in lines if not line.is_schedule]), lines[0].company
        bought[company] = net_bought(forms, HALF_A_YEAR_DAYS)
        if not is_stated[company]:
            reported[company] = held_share(forms, [line for line in lines if line.is_schedule])
    reported[lost] = np.nan
    return bought, reported


def measures(facts: Facts, *, shares_outstanding: Column, changes: UnitChanges) -> pd.DataFrame:
    """`shares_outstanding` has one value an asset. Without any report nothing is known, and while a Schedule
    is listed and not read, nobody knows what all hold together."""
    reports = Groups.of(facts.ownership, facts.asset_ids)
    stated = known(facts.aligned("fundamentals")["insider_share"], high=1)
    is_stated = ~np.isnan(stated)
    bought, reported = by_reports(reports, shares_outstanding, facts.now, changes, is_stated=is_stated)
    share = np.where(is_stated, stated, known(reported, high=1))
    unread = unread_schedules(facts)
    share = np.where(is_stated | (unread == 0), share, np.nan)
    return pd.DataFrame(
        {
            "insider_net_bought_share": ratio(bought, shares_outstanding),
            "insider_share": facts.unless_questioned("insider_share", share),
            "schedules_unread": np.where(unread > 0, unread, np.nan),
        },
        index=facts.asset_ids,
    )
