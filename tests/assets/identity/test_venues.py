from assets.identity.venues import BY_COINGECKO, VENUES, currency_namespace
from assets.providers import PROVIDERS


def test_every_venue_is_a_provider_under_the_same_name_and_title():
    by_name = {each.name: each for each in PROVIDERS}
    for venue in VENUES:
        assert by_name[venue.name].title == venue.title
        assert by_name[venue.name].namespaces == (currency_namespace(venue.name),)
    assert BY_COINGECKO["mxc"].name == "mexc"
