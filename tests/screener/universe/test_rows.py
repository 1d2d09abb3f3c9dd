import numpy as np
import pytest

from screener.checklist import CHECKLIST_VERSION, CRITERIA
from screener.screens.table import GATE_BITS
from screener.universe.live import Universe
from screener.universe.rows import ASKED, questioned_keys
from tests.factories.scorecards import GATE, NOW, make_asset, make_card
from tests.screener.screens.tables import labels_of

pytestmark = pytest.mark.django_db


def test_the_newest_scorecard_of_each_asset_becomes_a_row():
    alpha, beta = make_asset("Alpha", tags=["AI", "DeFi"]), make_asset("Beta")
    make_card(alpha, 10)
    newest = make_card(alpha, 20, as_of=NOW)
    of_beta = make_card(beta, 30, figures={}, dimensions={}, gates_open=[], label="meme coin")
    table = Universe().table()
    assert table.ids.tolist() == [alpha.pk, beta.pk]
    assert table.cards.tolist() == [newest.pk, of_beta.pk]
    assert table.numbers["score"].tolist() == [20, 30]
    assert table.numbers["utility"][0] == 25
    assert table.numbers["market_cap"][0] == 1e6
    assert np.isnan(table.numbers["market_cap"][1]), "missing is NaN, not 0"
    assert table.gates_open.tolist() == [GATE_BITS[GATE], 0]
    assert table.names[0].as_py() == "alpha alp"
    assert table.tag_labels == ("ai", "defi")
    assert labels_of(table, "label") == ["", "meme coin"]
    assert table.values("facts_age", now_s=NOW.timestamp() + 86_400)[0] == 1
    created_s = alpha.created_at.timestamp()
    assert table.values("known_days", now_s=created_s)[0] == pytest.approx(0, abs=1e-6)


def test_states_are_those_of_this_checklist_alone():
    kinds = {"token": make_asset("Alpha"), "equity": make_asset("Beta", kind="equity")}
    for kind, of in kinds.items():
        letters = "pf" + "u" * (len(ASKED[kind]) - 2)
        make_card(of, states=letters, checklist_version=CHECKLIST_VERSION)
    make_card(make_asset("Old"), states="p" * len(ASKED["token"]), checklist_version="2020.1")
    table = Universe().table()
    for place, kind in enumerate(kinds):
        found = [int(table.states[name][place]) for name in ASKED[kind]]
        assert found == [0, 2, *[3] * (len(found) - 2)]
        others = set(CRITERIA) - set(ASKED[kind])
        assert {int(table.states[name][place]) for name in others} == {-1}
    assert {int(column[2]) for column in table.states.values()} == {-1}


def test_columns_that_are_questioned_are_named():
    questioned = {"figures": {"market_cap_usd": 7e12, "price_usd": 2.0, "supply_conflict": 1.0}, "facts": []}
    assert questioned_keys(questioned, {"price_usd": 1.0}) == "market_cap"
    assert questioned_keys({}, {}) == ""


def test_a_questioned_figure_is_told_apart_from_an_unknown_one():
    make_card(make_asset("Sound"))
    questioned = {"figures": {"market_cap_usd": 7e12}, "facts": []}
    make_card(make_asset("Odd"), figures={}, questioned=questioned)
    table = Universe().table()
    coded = table.categories["questioned"]
    assert [coded.labels[code] for code in coded.codes] == ["no", "yes"]
    assert [table.text("questions", place) for place in (0, 1)] == ["", "market_cap"]
