from datetime import UTC, datetime

import pytest

from assets.models import HolderPosition
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
