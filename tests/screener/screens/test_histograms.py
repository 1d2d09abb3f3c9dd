import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from screener.screens.bins import BARS
from screener.screens.columns import CATEGORIES, IN_FORM
from screener.screens.histograms import Counter
from tests.screener.screens.tables import NAN, table_of

NUMBER = st.one_of(st.just(NAN), st.sampled_from([0.0, 0.3, 5.0, 60.0, 2e4, 3e7, 1e13]))
ROW = st.fixed_dictionaries(
    {"kind": st.sampled_from(["token", "equity", ""])},
    optional={each.key: NUMBER for each in IN_FORM},
)


@given(st.lists(ROW, max_size=12), st.data())
def test_every_row_of_the_selection_is_counted_once_in_its_bar(rows, data):
    table = table_of(*rows)
    masks = st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))
    selected, other = (np.array(data.draw(masks), dtype=bool) for _ in range(2))
    counter = Counter(table)
    histograms, facets = counter.count(selected, apart={"market_cap": other, "kind": other})
    for column in IN_FORM:
        mask = other if column.key == "market_cap" else selected
        bins = table.bins[column.key][mask].tolist()
        assert histograms[column.key].bars == tuple(bins.count(bar) for bar in range(BARS)), column.key
        assert histograms[column.key].unknown == sum(unknowns_of(rows, column.key, mask))
    kinds = [row["kind"] for row, is_in in zip(rows, other, strict=True) if is_in]
    assert facets["kind"] == {label: kinds.count(label) for label in table.categories["kind"].labels}
    assert set(facets) == {each.key for each in CATEGORIES}


def unknowns_of(rows, key, mask):
    return [is_in and row.get(key, NAN) != row.get(key, NAN) for row, is_in in zip(rows, mask, strict=True)]


def test_more_labels_than_fit_into_one_walk_are_counted_as_well():
    rows = [{"sector": f"sector {number}", "venue": f"venue {number}"} for number in range(300)]
    _histograms, facets = Counter(table_of(*rows)).count(np.arange(300) < 200, apart={})
    assert sum(facets["sector"].values()) == sum(facets["venue"].values()) == 200
    assert facets["venue"]["venue 250"] == 0
    assert facets["venue"]["venue 7"] == 1
