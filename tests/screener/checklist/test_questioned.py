from assets.metrics.facts import Facts
from assets.metrics.measure import measure
from assets.metrics.witnesses.questioned import questioned
from screener.checklist.questioned import believed_measures, questioned_of
from tests.assets.metrics.batch import NOW

POSITION_USD = 5_000.0


def batch():
    return questioned(
        Facts.of(
            now=NOW,
            assets=[{"asset_id": each, "kind": "token"} for each in (1, 2)],
            market=[
                {"asset_id": 1, "price_usd": 2, "units_in_cap": 10},
                {"asset_id": 2, "price_usd": 2, "units_in_cap": 1_000},
            ],
            supply=[{"asset_id": each, "circulating": 10, "total": 10} for each in (1, 2)],
        )
    )


def test_a_card_keeps_what_is_contradicted_and_what_the_figures_would_be():
    facts = batch()
    measures = measure(facts, position_usd=POSITION_USD)
    told = believed_measures(facts, measures, position_usd=POSITION_USD)
    sound, doubtful = questioned_of(facts, measures, told)
    assert sound == {}
    assert doubtful["figures"]["market_cap_usd"] == 20
    assert "circulating_supply" not in doubtful["figures"]
    assert doubtful["facts"] == [
        {
            "frame": "measures",
            "place": "",
            "field": "market_cap_usd",
            "value": 20.0,
            "witness": "reported_cap",
            "against": 2_000.0,
        }
    ]


def test_where_nothing_is_questioned_nothing_is_kept():
    facts = batch().among([1])
    measures = measure(facts, position_usd=POSITION_USD)
    told = believed_measures(facts, measures, position_usd=POSITION_USD)
    assert told.empty
    assert list(questioned_of(facts, measures, told)) == [{}]
