from assets.metrics.families import KINDS
from assets.metrics.market_history import phases, risk_reading, size_groups
from screener.words import market


def test_everything_that_a_page_shows_has_a_name():
    assert set(market.SIZE_NAMES) == {*size_groups.SIZES, size_groups.ALL_SIZES}
    assert set(market.KIND_NAMES) == {*KINDS}
    assert set(market.PHASE_NAMES) == {phases.BULL, phases.BEAR, phases.UNDECIDED}
    assert set(market.RISK_NAMES) == {
        risk_reading.ON,
        risk_reading.OFF,
        risk_reading.MIXED,
        risk_reading.NOT_KNOWN,
    }
