from pathlib import Path

import pytest

from assets.metrics.families import EQUITY, KINDS, TOKEN
from screener.checklist import CHECKLIST_VERSION, CRITERIA, Dimension
from screener.checklist.bands import LINEAR, STOP, AtLeast, AtMost
from screener.checklist.reference import UNITS, markdown, paragraph, reference
from screener.checklist.types import criterion

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "checklist.md"


def asked(**changes):
    """A reference whose one criterion has these changes, and its only entry."""

    def depth(m):
        """Others leave through the same door."""
        return m["depth_to_position"]

    told = {
        "title": "Depth",
        "question": "Is it deep?",
        "passes": "It is.",
        "cautions": "Nearly.",
        "fails": "It is not.",
        "unknown": "Nobody knows.",
        "weight": 2,
        "unit": "ratio",
        "families": ("pools", "market"),
        "decided_by": ("pools.reserve_usd",),
        "bands": AtLeast(passes=10, cautions=3),
    }
    made = criterion(**told | changes)(depth)
    dimension = Dimension(
        id="liquidity", titles={TOKEN: "Liquidity", EQUITY: "Trading"}, weight=20, criteria=(made,)
    )
    others = Dimension(id="others", titles=dict.fromkeys(KINDS, "Others"), weight=60, criteria=())
    return reference(dimensions=[dimension, others])


def entry(**changes):
    return asked(**changes).sections[0].entries[0]


def test_the_document_is_that_of_the_code():
    assert DOCUMENT.read_text() == markdown(), "Run `manage.py checklist > docs/checklist.md` and commit it."


def test_every_criterion_and_the_version_stand_in_it():
    told = markdown()
    assert CHECKLIST_VERSION in told.splitlines()[0]
    assert all(f"`{each.id}`" in told and each.thresholds_text in told for each in CRITERIA.values())


@pytest.mark.parametrize("kind", KINDS)
def test_of_one_kind_it_holds_what_is_asked_of_that_kind(kind):
    told = {one.criterion.id for section in reference([kind]).sections for one in section.entries}
    assert told == {each.id for each in CRITERIA.values() if kind in each.kinds}


def test_every_unit_has_a_word():
    assert {each.unit for each in CRITERIA.values()} <= set(UNITS)


def test_titles_that_differ_by_kind_stand_side_by_side():
    section = asked().sections[0]
    assert section.titles == ("Liquidity", "Trading")
    assert (section.weight, section.of_weights) == (20, 80)


def test_limits_and_their_gate():
    told = entry(bands=AtMost(passes=1, cautions=5, gate=9, source="S1"), unit="days")
    assert told.limits[0].values == (
        ("pass", "≤ 1 d"),
        ("caution", "≤ 5 d"),
        ("fail", "> 5 d"),
        (STOP, "> 9 d"),
    )
    assert told.criterion.thresholds_text == "≤ 1 d / ≤ 5 d / > 5 d / ⛔ > 9 d"
    assert told.sources == ("S1",)
    assert told.unit == "days"


def test_a_source_of_several_limits_is_told_once():
    bands = (AtMost(passes=1, source="S1"), AtMost(passes=2, source="S1"), AtMost(passes=3, source="S2"))
    assert entry(bands=bands).sources == ("S1", "S2")


def test_how_a_caution_counts_is_told_where_it_is_more_than_a_half():
    assert entry().limits[0].points == ""
    assert "nearer" in entry(bands=AtMost(passes=1, cautions=2, scale=LINEAR)).limits[0].points


@pytest.mark.parametrize(
    ("changes", "conditions"),
    [
        ({}, ()),
        ({"sectors": ("DeFi", "Banks")}, ("only in these sectors: banks, defi",)),
        ({"except_financial": True}, ("not of banks, insurers and the like",)),
        ({"listed_only": True}, ("only of what an exchange lists",)),
    ],
)
def test_of_whom_it_is_asked(changes, conditions):
    assert tuple(each.english for each in entry(**changes).conditions) == conditions


def test_a_remedy_is_written_where_one_is_declared():
    told = paragraph(entry(remedy="A deeper pool."))
    assert "What would change this: A deeper pool." in told
    assert "What would change this" not in paragraph(entry())


def test_how_old_facts_may_be():
    assert [(age.family, age.days) for age in entry().ages] == [("pools", "1"), ("market", "1")]
    of_shares = entry(kinds=(EQUITY,))
    assert [(age.family, age.days) for age in of_shares.ages] == [("pools", "1"), ("market", "5")]


def test_a_limit_without_a_name_of_its_own_is_called_as_its_criterion():
    told = entry(bands=(AtMost(passes=1, needed=False), AtMost(of="last trade", passes=2, needed=False)))
    assert [(limit.of, limit.name) for limit in told.limits] == [("", "Depth"), ("last trade", "last trade")]
    assert "“Depth” counts only where it is known. “last trade” counts" in paragraph(told)


def test_nothing_in_the_document_is_without_a_name():
    assert "“”" not in markdown()
