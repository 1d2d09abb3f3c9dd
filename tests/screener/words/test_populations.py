from types import SimpleNamespace

import pytest

from screener.validation.population import CLASSES, Population
from screener.words.populations import misfit_text, population_text, source_class_title

LISTED = Population(of="company", rows_of="us", within={"market_cap_usd": (0, 3e8), "venue_level": (0, 0)})


def plain(text):
    return text.replace("\u202f", " ")


def test_every_class_has_a_title():
    assert len({source_class_title(each) for each in CLASSES}) == len(CLASSES)


def test_a_population_is_told_with_its_ranges():
    assert plain(population_text(LISTED)) == (
        "Companies; Market cap: $0.00 to $300 M; Venue tier: an exchange"
    )
    assert population_text(None) == "not given, so no asset is compared with it"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"is_too_little_known": True}, "too little is known of the figures its rows are compared by"),
        (
            {"measure": "market_cap_usd", "value": 3e12, "high": 3e8},
            "its rows have Market cap: $0.00 to $300 M; this asset has $3.00 T",
        ),
        (
            {"measure": "venue_level", "value": 2.0, "high": 0.0},
            "its rows have Venue tier: an exchange; this asset has OTCQB",
        ),
        (
            {"measure": "market_cap_usd", "value": None, "high": 3e8},
            "its rows have Market cap: $0.00 to $300 M; of this asset it is not known",
        ),
    ],
)
def test_a_misfit_is_told(fields, expected):
    unset = {"measure": "", "value": None, "low": 0.0, "high": None, "is_too_little_known": False}
    misfit = SimpleNamespace(set=SimpleNamespace(population=LISTED), **unset | fields)
    assert plain(misfit_text(misfit)) == expected


def test_another_class_is_told():
    unset = {"measure": "", "value": None, "low": None, "high": None, "is_too_little_known": False}
    private = Population(of="private", rows_of="a", within={})
    misfit = SimpleNamespace(set=SimpleNamespace(population=private), **unset)
    assert misfit_text(misfit).startswith("its rows are other assets: Companies without traded shares")
