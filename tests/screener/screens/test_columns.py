from assets.metrics.measure import MEASURES
from screener.checklist import DIMENSIONS
from screener.checklist.types import phrase
from screener.screens.bins import scale_of
from screener.screens.columns import CATEGORIES, COLUMN_OF, COLUMNS, GATES, IN_FORM, KEY_OF, SHOWN, SUFFIXES
from screener.universe.rows import PLAIN
from screener.words.numbers import UNITS


def test_every_column_has_a_source_that_exists_and_a_unit_that_can_be_shown():
    sources = {each.name for each in MEASURES} | {each.id for each in DIMENSIONS} | set(PLAIN)
    assert {each.source for each in COLUMNS} <= sources
    assert {each.unit for each in COLUMNS} <= set(UNITS)


def test_keys_and_aliases_do_not_collide_in_an_address_or_a_query():
    names = [name for each in COLUMNS for name in (each.key, *each.aliases)]
    words = [each.key for each in CATEGORIES] + ["q", "gates", "sort", "page", "columns", "name", "tag"]
    words += [f"{name}_{end}" for name in names for end in ("min", "max")]
    assert len(names + words) == len({*names, *words})
    assert set(KEY_OF) == {*names, *(each.heading for each in COLUMNS)}
    assert not {each.heading for each in COLUMNS} & {*words}


def test_a_heading_says_the_unit_once_and_means_its_own_column():
    assert [COLUMN_OF[key].heading for key in ("market_cap", "exit_days", "unlock_30d", "last_trade")] == [
        "market_cap_usd",
        "exit_days",
        "unlock_30d_share",
        "last_trade_hours",
    ]
    assert COLUMN_OF["days_below_1_usd"].heading == "days_below_1_usd_count"
    assert {KEY_OF[each.heading] for each in COLUMNS} == {*COLUMN_OF}
    assert {each.unit for each in COLUMNS} <= {*SUFFIXES, "index"}


def test_every_dimension_is_a_column():
    assert {each.id for each in DIMENSIONS} <= set(COLUMN_OF)


def test_limits_in_days_mean_a_column_of_days():
    siblings = [COLUMN_OF[each.in_days] for each in COLUMNS if each.in_days]
    assert siblings
    assert {each.unit for each in siblings} == {"days"}


def test_what_has_a_filter_has_a_histogram():
    assert all(scale_of(each).edges for each in IN_FORM)
    assert {each.key for each in COLUMNS if each.shown} == set(SHOWN)


def test_a_label_is_the_text_itself():
    assert phrase("Price") == "Price"
    assert set(GATES) == {"clear", "any", "unverified"}
