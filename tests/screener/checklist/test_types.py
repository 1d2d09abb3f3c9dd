import re

import pandas as pd
import pytest

from assets.metrics.measure import MEASURES
from screener.checklist import CRITERIA, DIMENSIONS
from screener.checklist.bands import AtMost
from screener.checklist.staleness import LIMITS
from screener.checklist.types import NOT_ASKED, WITHOUT_FIGURES, criterion, figures_in

ALL = pytest.mark.parametrize("asked", CRITERIA.values(), ids=CRITERIA)
TEXTS = {
    "title": "T",
    "question": "Q?",
    "passes": "P",
    "cautions": "C",
    "fails": "F",
    "unknown": "U",
    "unit": "share",
    "families": ("market",),
    "decided_by": ("market.price_usd",),
    "bands": AtMost(passes=1, cautions=2),
}


def test_a_criterion_without_a_reason_is_refused():
    with pytest.raises(TypeError, match="needs a docstring"):

        @criterion(weight=1, **TEXTS)
        def silent(m):
            return m["price_usd"]


def test_a_weight_is_one_two_or_three():
    with pytest.raises(TypeError, match="weights are 0"):

        @criterion(weight=4, **TEXTS)
        def heavy(m):
            """Why."""
            return m["price_usd"]


def test_the_docstring_is_the_reason_and_the_name_the_id():
    @criterion(weight=1, **TEXTS)
    def named(m):
        """Because
        of this."""
        return m["price_usd"]

    assert (named.id, named.why) == ("test_types.named", "Because of this.")
    assert named.sentence("pass", ()) == "P"
    assert named.sentence("n-a", ()) == NOT_ASKED


def test_the_first_sentence_whose_figures_are_all_known_is_taken():
    variants = ("{value} and {price_usd}.", "{value}.")

    @criterion(weight=1, measures=("price_usd",), **TEXTS | {"passes": variants})
    def varied(m):
        """Why."""
        return m["price_usd"]

    assert varied.sentence("pass", {"value", "price_usd"}) == variants[0]
    assert varied.sentence("pass", {"value"}) == variants[1]
    assert varied.sentence("pass", {"price_usd"}) == WITHOUT_FIGURES["pass"]


@ALL
def test_no_figure_decides_an_answer_that_is_not_known(asked):
    assert asked.is_decided_by(None, "unknown")
    assert not any(asked.is_decided_by(None, state) for state in ("pass", "caution", "fail"))


def test_a_figure_decides_the_state_that_its_own_limits_give():
    asked = CRITERIA["transparency.filings_on_time"]
    assert asked.is_decided_by(0.0, "pass")
    assert not asked.is_decided_by(0.0, "fail"), "another figure did: a report is missing"


def test_a_criterion_has_no_remedy_unless_one_is_declared():
    @criterion(weight=1, **TEXTS)
    def without(m):
        """Why."""
        return m["price_usd"]

    @criterion(weight=1, remedy="Add liquidity.", **TEXTS)
    def mended(m):
        """Why."""
        return m["price_usd"]

    assert (without.remedy, mended.remedy) == ("", "Add liquidity.")


def test_ids_are_unique_and_say_their_dimension():
    listed = [each for dimension in DIMENSIONS for each in dimension.criteria]
    assert len(CRITERIA) == len(listed)
    for dimension in DIMENSIONS:
        assert all(each.id.startswith(f"{dimension.id}.") for each in dimension.criteria)


def test_every_dimension_asks_three_questions_of_either_kind():
    for dimension in DIMENSIONS:
        for kind in ("token", "equity"):
            assert sum(kind in each.kinds for each in dimension.criteria) >= 3
            assert dimension.title(kind)


def test_weights_of_the_dimensions():
    assert {each.id: each.weight for each in DIMENSIONS} == {
        "utility": 20,
        "tokenomics": 20,
        "liquidity_depth": 20,
        "holder_concentration": 20,
        "transparency": 20,
    }


@ALL
def test_a_question_is_one_whose_yes_is_good(asked):
    assert asked.question.endswith("?")
    assert re.match(r"(Is|Are|Was|Were|Do|Does|Did|Can|Has|Have) ", asked.question)
    assert asked.why.endswith(".")
    assert 1 <= len(re.findall(r"[.:] [A-Z]", asked.why)) + 1 <= 3


@ALL
def test_sentences_name_only_what_a_finding_carries(asked):
    figures = {"value", *asked.measures}
    for state, variants in asked.sentences.items():
        for sentence in variants:
            assert figures_in(sentence) <= figures, state
            assert sentence.endswith(".")
    assert not figures_in(asked.sentences["unknown"][-1])
    used = {name for told in asked.sentences.values() for each in told for name in figures_in(each)}
    assert set(asked.measures) <= used


@ALL
def test_what_a_criterion_rests_on_exists(asked):
    assert set(asked.measures) <= {each.name for each in MEASURES}
    assert asked.families
    assert set(asked.families) <= set(LIMITS)
    assert asked.unit in {each.unit for each in MEASURES}


@ALL
def test_thresholds_are_told(asked):
    states = [state for _of, pairs in asked.thresholds for state, _text in pairs]
    assert states[0] == "pass"
    assert ("stop" in states) is asked.is_gate
    assert all(text in asked.thresholds_text for _of, pairs in asked.thresholds for _state, text in pairs)


def test_kinds_and_sectors_alone_decide_who_is_asked():
    assets = pd.DataFrame(
        {"kind": ["token", "token", "equity"], "sector": ["DEFI", "Meme", "defi"], "venue": ["", "", "OTC"]}
    )
    assert CRITERIA["utility.market_cap_to_tvl"].applies(assets).tolist() == [True, False, False]
    assert CRITERIA["tokenomics.float_share"].applies(assets).tolist() == [True, True, False]
    assert CRITERIA["tokenomics.dilution_12m"].applies(assets).tolist() == [False, False, True]
    assert CRITERIA["tokenomics.bid_price"].applies(assets).tolist() == [False, False, False]


@ALL
def test_each_says_what_would_change_its_answer(asked):
    assert asked.remedy.endswith(".")
