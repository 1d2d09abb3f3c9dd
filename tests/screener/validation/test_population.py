import pytest

from screener.validation.population import Population, PopulationError, population_of


def test_a_population_is_read():
    found = population_of({"of": "dex", "within": {"trades_24h": [3, 2_200]}}, name="mine")
    assert found == Population(of="dex", rows_of="mine", within={"trades_24h": (3.0, 2_200.0)})
    assert found.as_json() == {"of": "dex", "rows_of": "mine", "within": {"trades_24h": [3.0, 2_200.0]}}


def test_sets_of_one_table_say_so():
    assert population_of({"of": "company", "rows_of": "us"}, name="mine").rows_of == "us"


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({}, "population.of is None; it must be one of dex"),
        ({"of": "coins"}, "it must be one of dex, listed, company, private"),
        ({"of": "dex", "with": {}}, "population.with"),
        ({"of": "dex", "within": {"trade_24h": [0, 1]}}, "trades_24h"),
        ({"of": "dex", "within": {"trades_24h": [2, 1]}}, "the lower one first"),
        ({"of": "dex", "within": {"trades_24h": 5}}, "two numbers"),
        ({"of": "dex", "within": {"trades_24h": ["a", "b"]}}, "two numbers"),
    ],
)
def test_what_makes_no_sense_is_refused(section, said):
    with pytest.raises(PopulationError, match=said):
        population_of(section, name="mine")
