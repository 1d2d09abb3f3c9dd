"""Matches of saved screens: how many assets, what is new, and which of the screens an asset hits."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Final

import numpy as np
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from screener.models import SavedScreen, Scorecard
from screener.screens.conditions import Condition, changes_in
from screener.screens.evaluate import Past, evaluate
from screener.screens.limits import MOST_MOMENTS
from screener.screens.match_one import RowMatcher
from screener.screens.presets import PRESETS, screen_of
from screener.screens.problems import Problem
from screener.screens.sandbox import meant
from screener.screens.screen import Screen
from screener.screens.table import DAY_S, Ids, Numbers, Table
from screener.services.desk.preferences import default_position, position_in, preference_of
from screener.services.desk.size_tiers import tiers_in
from screener.services.screening.prepared import SeenBy, prepared
from screener.services.screening.run_screen import Person, asks_for_lists, context_of, select_rows
from screener.services.screening.screens import address_of, lacks_its_question, read_saved, screens_of
from screener.universe.past import history_of
from screener.universe.rows import FIELDS, table_of

MOST_SEEN: Final = 2_000
"""Of so many matches it is kept which they were; of more only how many."""

MOST_NEW_SHOWN: Final = 5

MOST_WANTED: Final = 2_000
"""The first assets of a saved screen are those that its owner looks at."""

WANTED_WITHIN_S: Final = 5.0
"""Screens that were opened last are asked first; when the time is up, the rest have to do without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenStatus:
    """A saved screen today.

    `total` is None where its question can't be read any more. `new` is None where nobody can tell: it was
    not opened yet, or too much matched then. `newest` are slug and name of a few that are new. One that
    `is_too_much` is asked where it is opened, alone.
    """

    saved: SavedScreen
    screen: Screen
    problems: tuple[Problem, ...]
    total: int | None = None
    new: int | None = None
    newest: tuple[tuple[str, str], ...] = ()
    is_too_much: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenHit:
    """A screen that an asset is among: the user's own, or one that everybody has."""

    title: str
    address: str
    is_own: bool


def _seen_by(user: Person) -> SeenBy:
    """The size that this person thinks in and their limits of the size tiers, in one query."""
    preference = preference_of(user)
    return position_in(preference) or default_position(), tiers_in(preference)


# A person's screens -----------------------------------------------------------------


def statuses_of(screens: Iterable[SavedScreen], *, user: Person) -> list[ScreenStatus]:
    """How each of these screens stands now, with this user's watchlists.

    Together they look back at no more moments than a query may; screens that would need more are not asked.
    """
    table, now_s = prepared(*_seen_by(user)).table, timezone.now().timestamp()
    read = [(saved, *read_saved(saved)) for saved in screens]
    asked = _within_the_past([screen.condition for _saved, screen, _problems in read])
    context = context_of(
        asked, user=user, now_s=now_s, past=history_of(table, changes_in(asked), now_s=now_s)
    )
    statuses = []
    for saved, screen, problems in read:
        status = ScreenStatus(saved=saved, screen=screen, problems=problems)
        if screen.condition not in asked:
            status = replace(status, is_too_much=True)
        elif not lacks_its_question(problems):
            places = np.flatnonzero(evaluate(table, meant(screen.condition, table), context))
            status = _with_matches(status, table, places)
        statuses.append(status)
    return statuses


def _within_the_past(conditions: Sequence[Condition]) -> list[Condition]:
    """The first of these that look back at no more than `MOST_MOMENTS` together."""
    asked: list[Condition] = []
    for each in conditions:
        if len({days for _key, days in changes_in([*asked, each])}) <= MOST_MOMENTS:
            asked.append(each)
    return asked


def _with_matches(status: ScreenStatus, table: Table, places: Ids) -> ScreenStatus:
    seen, new = status.saved.seen_ids, places[:0]
    is_known = seen is not None
    if is_known:
        new = places[~np.isin(table.ids[places], np.array(seen, dtype=np.int64))]
    return replace(
        status,
        total=len(places),
        new=len(new) if is_known else None,
        newest=tuple(_slug_and_name(table, place) for place in new[:MOST_NEW_SHOWN].tolist()),
    )


def _slug_and_name(table: Table, place: int) -> tuple[str, str]:
    slug = table.text("slug", place)
    return slug, table.text("name", place) or table.text("symbol", place) or slug


def open_screen(saved: SavedScreen, *, user: Person) -> None:
    """Its owner looks at it: what matches from now on and does not yet is new."""
    screen, problems = read_saved(saved)
    if lacks_its_question(problems):
        return
    position, tiers = _seen_by(user)
    selected = select_rows(screen, user=user, position=position, tiers=tiers)
    ids = selected.table.ids[selected.rows]
    saved.seen_at, saved.seen_count = selected.now, len(ids)
    saved.seen_ids = sorted(ids.tolist()) if len(ids) <= MOST_SEEN else None
    saved.save(update_fields=["seen_at", "seen_count", "seen_ids"])


# An asset's screens -----------------------------------------------------------------


def screens_hit(asset_id: int, *, user: Person) -> list[ScreenHit]:
    """The user's screens and the presets that the asset is among now, the user's first."""
    table, now_s = prepared(*_seen_by(user)).table, timezone.now().timestamp()
    place = int(np.searchsorted(table.ids, asset_id))
    if place == len(table) or table.ids[place] != asset_id:
        return []
    asked = list(_screens_for(user))
    conditions = [condition for condition, _hit in asked]
    context = context_of(conditions, user=user, now_s=now_s, past=_past_of_one(asset_id, now_s=now_s))
    matcher = RowMatcher(table, place)
    return [hit for condition, hit in asked if matcher.meets(meant(condition, table), context)]


def _screens_for(user: Person) -> Iterator[tuple[Condition, ScreenHit]]:
    for saved in screens_of(user):
        screen, problems = read_saved(saved)
        if not lacks_its_question(problems):
            hit = ScreenHit(title=saved.name, address=saved.get_absolute_url(), is_own=True)
            yield screen.condition, hit
    for preset in PRESETS:
        screen = screen_of(preset)
        hit = ScreenHit(title=_(preset.title), address=address_of(screen.to_params()), is_own=False)
        yield screen.condition, hit


def _past_of_one(asset_id: int, *, now_s: float) -> Past:
    """What one asset's card said then, without reading everybody's."""

    @cache
    def card(days: int) -> Table:
        before = datetime.fromtimestamp(now_s, UTC) - timedelta(days=days)
        cards = Scorecard.objects.filter(asset_id=asset_id, scored_at__lte=before).order_by("-id")
        found = cards.select_related("asset", "baseline")[:1]
        read = attrgetter(*(name.replace("__", ".") for name in FIELDS))
        return table_of([read(each) for each in found])

    def past(key: str, days: int) -> Numbers:
        values = card(days).values(key, now_s=now_s - days * DAY_S)
        return values if len(values) else np.array([np.nan])

    return past


# What people screen for -------------------------------------------------------------


def screened_asset_ids(*, within_s: float = WANTED_WITHIN_S) -> set[int]:
    """The first assets of everybody's saved screens, as many screens as the time allows."""
    until = time.monotonic() + within_s
    last_opened_first = (F("seen_at").desc(nulls_last=True), "-pk")
    kept = SavedScreen.objects.filter(deleted_at=None, owner__is_active=True).defer("seen_ids")
    found: set[int] = set()
    asked: set[object] = set()
    for saved in kept.select_related("owner").order_by(*last_opened_first).iterator():
        if time.monotonic() > until:
            break
        screen, problems = read_saved(saved)
        whose = saved.owner_id if asks_for_lists([screen.condition]) else None
        position, tiers = _seen_by(saved.owner)
        question = (screen.condition, screen.sort, whose, position, tiers)
        if question not in asked and not lacks_its_question(problems):
            asked.add(question)
            selected = select_rows(screen, user=saved.owner, position=position, tiers=tiers)
            found.update(selected.table.ids[selected.rows[:MOST_WANTED]].tolist())
    return found
