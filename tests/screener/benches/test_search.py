import pytest

from screener.benches.databases import databases
from screener.benches.search import address_of, measure
from screener.services.search.found_assets import ADDRESS


def test_addresses_are_spread_and_each_has_one():
    made = [address_of(each) for each in range(1, 2_000)]
    assert len({*made}) == len(made)
    assert len({each[:4] for each in made}) > 200
    assert all(ADDRESS.fullmatch(each) for each in made)


@pytest.mark.slow("screener/benches", "screener/services/search", "screener/universe")
def test_a_search_is_measured_on_each_database():
    rows = list(measure([500]))
    assert [each["database"] for each in rows] == [*databases()]
    for each in rows:
        assert each["assets"] == 500
        assert 0 < each["search_p50_ms"] <= each["search_p95_ms"]
        assert each["longest_p50_ms"] > 0
        assert each["like_ms"] > 0
