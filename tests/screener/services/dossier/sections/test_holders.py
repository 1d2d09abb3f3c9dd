from datetime import UTC, datetime, timedelta

import pytest

from assets.models import Asset, HolderPosition
from assets.sourcing import rows
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.holders import (
    MOST_SHOWN,
    all_pieces,
    owner_pieces,
    read_holders,
)
from screener.services.scoring.score_assets import score_assets
from tests.factories.example import fill_example, make_ref, store
from tests.factories.market import observe


@pytest.mark.django_db
def test_the_list_is_drawn_and_the_snapshot_known():
    section = read_holders(DossierFacts(fill_example()))
    assert len(section.positions) == 2
    assert [piece.kind for piece in section.pieces] == ["wallet", "burn", "unlisted"]
    assert section.snapshot.holder_count == 900


@pytest.mark.django_db
def test_of_a_thousand_the_largest_are_listed_until_all_are_wanted():
    asset = fill_example()
    positions = [rows.Position(holder_type="wallet", share=(1_000 - each) / 1e7) for each in range(1_000)]
    now = datetime.now(UTC)
    store(rows.HolderRow(asset=make_ref(), as_of=now, holder_count=1_000, positions=tuple(positions)))
    section = read_holders(DossierFacts(asset))
    assert (len(section.positions), section.count) == (MOST_SHOWN, 1_000)
    assert [each.share for each in section.positions] == [each.share for each in positions[:MOST_SHOWN]]
    assert len(read_holders(DossierFacts(asset, whole_lists=["holders"])).positions) == 1_000


def test_holders_are_summed_by_type_and_owners_stand_without_the_others():
    positions = [
        HolderPosition(holder_type="burn", share=0.5),
        HolderPosition(holder_type="wallet", share=0.1),
        HolderPosition(holder_type="pool", share=0.15),
        HolderPosition(holder_type="wallet", share=0.1),
    ]
    assert [(each.kind, each.share) for each in all_pieces(positions)][:3] == [
        ("wallet", 0.2),
        ("burn", 0.5),
        ("pool", 0.15),
    ]
    owners = owner_pieces(positions)
    assert [(each.kind, each.share) for each in owners] == [("wallet", 0.4), ("unlisted", 0.6)]
    assert all_pieces([]) == owner_pieces([]) == ()


def test_when_everything_is_burned_nobody_owns_it():
    assert owner_pieces([HolderPosition(holder_type="burn", share=1.0)]) == ()


@pytest.mark.django_db
def test_a_list_beyond_the_supply_is_shown_and_not_drawn():
    asset = fill_example()
    now = datetime.now(UTC)
    positions = tuple(rows.Position(holder_type="wallet", share=0.8) for _each in range(2))
    store(rows.HolderRow(asset=make_ref(), as_of=now, holder_count=9, positions=positions))
    score_assets([asset.pk])
    section = read_holders(DossierFacts(asset))
    assert len(section.positions) == 2
    assert section.pieces == section.owner_pieces == ()
    (question,) = section.questions
    assert (question["witness"], question["place"], question["value"]) == ("more_than_supply", "", 1.6)


NOW = datetime(2026, 11, 2, tzinfo=UTC)


def held(*shares, kind="wallet"):
    return tuple(rows.Position(holder_type=kind, share=each) for each in shares)


def a_list(days_ago, *positions, provider="goplus"):
    at = NOW - timedelta(days=days_ago)
    row = rows.HolderRow(asset=make_ref(), as_of=at, holder_count=900, positions=positions)
    observe(row, at=at, provider=provider)


def earlier():
    return read_holders(DossierFacts(Asset.objects.get(), now=NOW)).earlier


@pytest.mark.django_db
def test_each_type_of_holder_stands_beside_what_it_had_a_month_before():
    a_list(33, *held(0.2, *[0.01] * 9), *held(0.1, kind="burn"))
    a_list(20, *held(0.25, *[0.01] * 9), *held(0.1, kind="burn"))
    a_list(1, *held(0.3, *[0.01] * 9), *held(0.2, kind="pool"))
    found = earlier()
    assert found.as_of == NOW - timedelta(days=33)
    assert [(each.kind, each.share, each.earlier_share) for each in found.types] == [
        ("wallet", pytest.approx(0.39), pytest.approx(0.29)),
        ("pool", 0.2, 0),
        ("burn", 0, 0.1),
    ]
    assert found.top_share == pytest.approx(0.29 / 0.9)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days_ago", "count", "provider"), [(33, 10, "blockscout"), (33, 8, "goplus"), (33, 12, "goplus")]
)
def test_a_list_of_another_source_or_length_is_named_and_not_compared(days_ago, count, provider):
    a_list(days_ago, *held(*[0.01] * count), provider=provider)
    a_list(1, *held(*[0.02] * 10))
    found = earlier()
    assert (found.is_comparable, found.types, found.top_share) == (False, (), None)


@pytest.mark.django_db
@pytest.mark.parametrize("days_ago", [[], [20], [62]])
def test_without_a_list_of_about_a_month_before_nothing_is_said_of_change(days_ago):
    for each in days_ago:
        a_list(each, *held(*[0.01] * 10))
    a_list(1, *held(*[0.02] * 10))
    assert earlier() is None


@pytest.mark.django_db
def test_the_dot_of_the_curve_is_the_figure_that_is_scored():
    a_list(1, *held(*[0.02] * 12), *held(0.2, kind="burn"), *held(0.3, kind="pool"))
    asset = Asset.objects.get()
    score_assets([asset.pk], now=NOW)
    section = read_holders(DossierFacts(asset, now=NOW))
    (dot,) = section.curve.dots
    assert dot.value == section.top_share == pytest.approx(section.figures["top_ten_adjusted_share"])
