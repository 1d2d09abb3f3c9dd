"""Terms of an offering."""

import pytest

from assets.documents import offering_terms as terms


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("at a purchase price of $0.65 per share", 0.65),
        ("common stock, par value $0.0001 per share, at a public offering price of $1.10", 1.10),
        ("The last reported sale price of our common stock was $2.41 per share.", None),
        ("warrants with an exercise price of $3.00 per share", None),
        ("pre-funded warrants at $0.649 per warrant", None),
    ],
)
def test_price(text, price):
    assert terms.price(text) == price


def test_the_table_of_a_cover():
    text = (
        "Per Share Per Pre-Funded Warrant Total Public offering price $ 30.00 $ 29.999 $"
        " 124,999,979 Discounts $ 1"
    )
    assert terms.table(text) == (30.0, 124_999_979)
    assert terms.table("offering price $ 2.00 only") == (None, None)


def test_pre_funded_warrants_and_what_they_cost():
    text = (
        "pre-funded warrants to purchase up to 2,728,000 shares at $0.649, with an exercise price of $0.001"
    )
    assert terms.prefunded(text) == 2_728_000
    assert terms.prefunded_price(text, 0.65) == 0.649
    assert terms.prefunded_price("nothing", 0.65) == 0.65


def test_warrants_of_buyers_and_not_of_agents():
    assert terms.warrants("warrants to purchase up to 6,053,000 shares") == 6_053_000
    assert terms.warrants("Representative's warrants to purchase up to 37,500 shares") is None
    assert terms.strike("warrants with an exercise price of $0.6954 per share") == 0.6954
    assert terms.years("The warrants expire five years from issuance") == 5
    assert terms.years("until the fifth anniversary of the warrants' issuance") == 5


def test_amounts_and_their_limit():
    assert terms.amount("gross proceeds of approximately $3.5 million") == (3.5e6, False)
    assert terms.amount("an aggregate offering price of up to $9,000,000") == (9e6, True)
    assert terms.most("not to exceed $5,000,000") == 5e6
    assert terms.most("a price of $5.00 per share") is None


def test_shares_are_those_that_are_sold():
    assert terms.number_of_shares("warrants to purchase 500,000 shares and 20,000 shares of stock") == 20_000


def test_no_limit_no_float():
    assert terms.baby_shelf("Our public float is $9,188,860.") is None
    assert terms.baby_shelf("Instruction I.B.6 applies.") == (None, None, None)


def test_first_of_none():
    assert terms.first(iter(())) is None
