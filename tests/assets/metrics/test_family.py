from datetime import timedelta

from assets.metrics.family import EQUITY, KINDS, REST, SCREENED, TIERS, TOKEN, Family, gettext_noop


def family(**changes):
    return Family(**{"name": "x", "title": "X", "refresh_every": {REST: timedelta(days=1)}, **changes})


def test_a_family_with_a_frame_is_resolved_one_without_is_a_history():
    assert family(frame="x", columns=("price_usd",)).is_resolved
    assert not family().is_resolved


def test_shares_may_have_a_limit_of_their_own():
    days = timedelta(days=1)
    told = family(stale_after=days, stale_after_of_shares=5 * days)
    assert (told.limit(TOKEN), told.limit(EQUITY)) == (days, 5 * days)
    assert family(stale_after=days).limit(EQUITY) == days
    assert family().limit(TOKEN) is None


def test_what_is_kept_fresh_goes_down_to_a_tier():
    told = family(fresh_from={TOKEN: SCREENED, EQUITY: None})
    assert [told.is_kept_fresh(TOKEN, tier) for tier in TIERS] == [True, True, False]
    assert not any(told.is_kept_fresh(EQUITY, tier) for tier in TIERS)
    assert all(family().is_kept_fresh(kind, REST) for kind in KINDS)


def test_every_kind_of_asset_has_it_unless_it_says_otherwise():
    assert family().kinds == KINDS == (TOKEN, EQUITY)


def test_marking_a_text_leaves_it_as_it_is():
    assert gettext_noop("Order books") == "Order books"
