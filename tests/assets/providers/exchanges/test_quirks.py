from assets.identity.venues import EXCHANGE_NAMES
from assets.providers.exchanges.quirks import BY_NAME, quirks_of


def test_every_exchange_of_ours_has_quirks_with_a_list_of_pairs():
    assert set(BY_NAME) == set(EXCHANGE_NAMES)
    assert all(each.rows_under is not None for each in BY_NAME.values())


def test_any_other_is_asked_in_the_plainest_way():
    quirks = quirks_of("bitget")
    assert (quirks.name, quirks.levels, quirks.rows_under) == ("bitget", 100, None)
    assert quirks_of("htx").levels == 150
