from datetime import timedelta

from assets.metrics.family import EQUITY, KINDS, REST, TOKEN, Family, gettext_noop


def family(**changes):
    return Family(**{"name": "x", "title": "X", "refresh_every": {REST: timedelta(days=1)}, **changes})


def test_a_family_with_a_frame_is_resolved_one_without_is_a_history():
    assert family(frame="x", columns=("price_usd",)).is_resolved
    assert not family().is_resolved


def test_every_kind_of_asset_has_it_unless_it_says_otherwise():
    assert family().kinds == KINDS == (TOKEN, EQUITY)


def test_marking_a_text_leaves_it_as_it_is():
    assert gettext_noop("Order books") == "Order books"
