import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.identity.leases import is_lease, new_owner, times_apart


@pytest.mark.parametrize(
    ("middle", "owner_price", "others", "owner"),
    [
        (1.9, 0.00012, {2: 1.9}, 2),
        (1.9, 0.00012, {2: 1.9 * 1.2}, 2),
        (1.9, 0.00012, {2: 1.9 * 1.21}, None),
        (1.9, 0.00012, {2: 1.9, 3: 80.0}, 2),
        (1.9, 0.00012, {2: 1.9, 3: 1.95}, None),
        (1.9, 0.00012, {}, None),
        (1.9, 1.9 / 3, {2: 1.9}, None),
        (1.9, 1.9 / 3.01, {2: 1.9}, 2),
        (1.9, None, {2: 1.9}, None),
        (1.9, 0.0, {2: 1.9}, 2),
    ],
)
def test_a_code_follows_the_one_price_that_fits(middle, owner_price, others, owner):
    assert new_owner(middle, owner_price, others) == owner


prices = st.floats(1e-12, 1e9)


@given(prices, prices, st.dictionaries(st.integers(), prices), st.floats(1e-3, 1e3))
def test_units_of_money_make_no_difference_far_from_the_limits(middle, owner, others, factor):
    near = [
        each
        for each in (owner, *others.values())
        for limit in (1.2, 3)
        if abs(times_apart(middle, each) - limit) < 1e-6
    ]
    scaled = {key: price * factor for key, price in others.items()}
    if not near:
        assert new_owner(middle, owner, others) == new_owner(middle * factor, owner * factor, scaled)


@pytest.mark.parametrize(
    ("namespace", "lease"),
    [("currency:gate", True), ("ticker:us", True), ("share:us", True), ("cik", False), ("cusip", False)],
)
def test_codes_and_tickers_are_leases(namespace, lease):
    assert is_lease(namespace) is lease
