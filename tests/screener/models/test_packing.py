import zlib

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.models.whole_json import DamagedRowError
from screener.models import Scorecard, ScorecardBaseline
from screener.models.packing import (
    EMPTY,
    LEVEL,
    NO_HEADER,
    PACKED,
    TEXTS,
    Baseline,
    Packed,
    known_figures,
    packed,
    texts_of,
    unpacked,
)
from screener.services.retention.pack import pack_scorecards
from tests.factories.market import NOW
from tests.factories.scorecards import make_answered_card, make_asset, make_finding

names = st.sampled_from(["price_usd", "depth_usd", "age_days", "ñ “x”"])
numbers = st.floats(allow_nan=False, allow_infinity=False)
findings = st.lists(
    st.fixed_dictionaries(
        {
            "criterion": names,
            "state": st.sampled_from(["pass", "fail", "unknown"]),
            "value": st.none() | numbers,
            "values": st.dictionaries(names, numbers),
            "stale": st.booleans(),
            "observations": st.lists(st.integers(1, 2**53), max_size=5),
        }
    ),
    max_size=4,
)
cards = st.fixed_dictionaries(
    {
        "gates_open": st.lists(names, max_size=2),
        "gates_unverified": st.lists(names, max_size=2),
        "findings": findings,
        "observations": st.lists(st.integers(1, 2**53), max_size=30),
        "context": st.dictionaries(names, st.text(max_size=20) | numbers),
        "exit_costs": st.none() | st.lists(st.none() | numbers, max_size=3),
        "figures": st.dictionaries(names, numbers),
        "dimensions": st.fixed_dictionaries({"utility": st.dictionaries(names, numbers)}),
    }
)


@given(cards, cards)
def test_a_card_reads_as_it_was_written_whatever_it_is_packed_against(card, other):
    baseline = Baseline.of(other)
    difference = packed(card, baseline)
    assert unpacked(difference, baseline) == {name: card[name] for name in PACKED}
    assert orjson.dumps(unpacked(difference, baseline)["findings"]) == orjson.dumps(card["findings"])
    assert difference.size == len(difference.texts) + len(
        orjson.dumps([difference.figures, difference.dimensions])
    )


@given(cards)
def test_the_baseline_itself_takes_next_to_nothing(card):
    difference = packed(card, Baseline.of(card))
    assert (difference.figures, difference.dimensions) == ({}, {})
    assert len(difference.texts) <= 24 + len(texts_of(card)) // 100


def test_a_card_that_was_asked_other_dimensions_is_not_told_by_it():
    asked = {**dict.fromkeys(PACKED, ()), "figures": {}, "dimensions": {"utility": {}}}
    assert packed({**asked, "dimensions": {}}, Baseline.of(asked)) is None
    assert packed(asked, Baseline.of({**asked, "dimensions": {}})) is None


def test_a_packed_column_is_empty_and_never_null():
    """A database of an earlier version may refuse a null in any of them."""
    assert EMPTY.keys() == set(TEXTS)
    assert None not in EMPTY.values()


def test_a_figure_that_is_no_longer_known_is_not_the_baseline_s():
    assert known_figures({"a": None, "b": 2.0}, {"a": 1.0, "c": 3.0}) == {"b": 2.0, "c": 3.0}
    assert known_figures({"a": 1.0}, None) == {"a": 1.0}


@pytest.fixture
def whole(db):
    """What an older card said; it is packed."""
    asset = make_asset("Alpha")
    older = make_answered_card(asset, make_finding(), observations=[1, 2], gates_open=["g"])
    make_answered_card(asset, make_finding(state="fail"), scored_at=NOW)
    said = {name: getattr(older, name) for name in PACKED}
    assert sum(pack_scorecards([asset.pk])) == 1
    return said


def test_an_attribute_gives_the_whole(whole, django_assert_num_queries):
    with django_assert_num_queries(1):
        older = Scorecard.objects.with_baselines().order_by("pk")[0]
        assert {name: getattr(older, name) for name in PACKED} == whole
    assert Scorecard.objects.order_by("pk").values_list("findings", flat=True)[0] == []


@pytest.mark.parametrize("name", PACKED)
def test_so_it_does_where_only_a_part_was_read(whole, name):
    for cards in (Scorecard.objects.only("pk"), Scorecard.objects.defer(name), Scorecard.objects.only(name)):
        assert getattr(cards.order_by("pk")[0], name) == whole[name]


def test_what_is_read_again_and_saved_stays_the_whole(whole):
    older = Scorecard.objects.order_by("pk")[0]
    assert older.findings
    older.refresh_from_db()
    assert {name: getattr(older, name) for name in PACKED} == whole
    older.save()
    again = Scorecard.objects.order_by("pk")[0]
    assert {name: getattr(again, name) for name in PACKED} == whole


def test_a_card_that_is_not_packed_is_read_in_parts_as_any_row(whole, django_assert_num_queries):
    with django_assert_num_queries(1):
        card = Scorecard.objects.defer("findings", "dimensions").order_by("-pk")[0]
        assert card.figures
    assert card.findings


def test_the_newest_card_asks_for_no_baseline(whole, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert Scorecard.objects.order_by("-pk")[0].findings[0]["state"] == "fail"
    assert ScorecardBaseline.objects.count() == 1


def deflated(text, **options):
    compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, NO_HEADER, **options)
    return compressor.compress(text) + compressor.flush()


@pytest.mark.parametrize(
    "texts",
    [b"", b"no deflate", bytes(40), deflated(b"3"), deflated(b'"abcdef"'), deflated(b"[[], []]")],
)
def test_a_card_whose_texts_are_damaged_says_so(texts):
    baseline = Baseline(b"[]", {}, {})
    with pytest.raises(DamagedRowError):
        unpacked(Packed(texts, {}, {}), baseline)


def test_a_packed_card_of_which_a_text_is_of_another_shape_says_so(whole):
    older = Scorecard.objects.order_by("pk")[0]
    texts = {**EMPTY, "gates_open": "x"}
    compressed = deflated(texts_of(texts), zdict=older.baseline.content.texts)
    Scorecard.objects.filter(pk=older.pk).update(packed=compressed)
    with pytest.raises(DamagedRowError, match="gates_open"):
        _ = Scorecard.objects.get(pk=older.pk).findings


def test_a_card_whose_baseline_is_damaged_says_so(whole):
    ScorecardBaseline.objects.update(texts=b"no zlib")
    with pytest.raises(DamagedRowError, match="baseline"):
        _ = Scorecard.objects.order_by("pk")[0].findings
