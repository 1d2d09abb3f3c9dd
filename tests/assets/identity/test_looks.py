import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.identity.looks import LOOKS_LIKE, mixes_alphabets, skeleton_of


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("USD\u0422", "USDT"),
        ("\u054d\u0405\u13a0\u0422", "usdt"),
        ("\u1d1c\ua731\u1d05\u1d1b", "USDT"),
        ("\uff35\uff33\uff24\uff34", "USDT"),
        ("\U0001d414SDT", "USDT"),
        ("Te\u0301ther", "Tether"),
        ("SoIana", "Solana"),
        ("lNK", "INK"),
        ("$WIF", "wif"),
        ("S0L", "SOL"),
        ("U-S-D.T", "usdt"),
        ("Meta \U0001f98a", "Meta"),
        ("\u2728USDT.\U0001f525", "usdt"),
        ("USDT$", "usdt"),
        ("U\u200bSDT", "usdt"),
        ("\u0410\u0440t\u043es", "Aptos"),
    ],
)
def test_what_looks_alike_has_one_skeleton(text, like):
    assert skeleton_of(text) == skeleton_of(like)


@pytest.mark.parametrize(
    ("text", "other"), [("BURN", "BUM"), ("IO", "LO"), ("WETH", "ETH"), ("1INCH", "INCH")]
)
def test_what_does_not_has_two(text, other):
    assert skeleton_of(text) != skeleton_of(other)


@given(st.text(max_size=20))
def test_a_skeleton_in_other_case_is_the_same_for_plain_letters(text):
    plain = "".join(each for each in text if each.isascii() and each.isupper())
    assert skeleton_of(plain) == skeleton_of(plain.lower())


@pytest.mark.parametrize("letter", sorted(LOOKS_LIKE))
def test_the_table_holds_letters_of_other_alphabets(letter):
    assert not letter.isascii()
    assert unicodedata.name(letter)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("USD\u0422", True),
        ("Teth\u0435r USD", True),
        ("\u0411\u0438\u0442\u043a\u043e\u0438\u043d Coin", False),
        ("\u0422ON\u0436", False),
        ("Tether", False),
        ("\u652f\u4ed8\u5b9dPay", False),
        ("\u03bcTorrent", False),
        ("", False),
    ],
)
def test_a_word_that_mixes_alphabets(text, holds):
    assert mixes_alphabets(text) is holds


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("\ua7b4ITCOIN", "bitcoin"),  # A capital beta of Latin, of which only its small form was known.
        ("\uab7aptos", "aptos"),  # A small Cherokee letter.
        ("S\u0585\u04cfana", "Solana"),
        ("\U0001d7cfINCH", "1INCH"),
        ("\u03f2ardano", "cardano"),  # NFKD makes it a sigma before anybody sees it.
        ("\u0500ai", "dai"),
        ("\u044citcoin", "bitcoin"),
    ],
)
def test_letters_by_unicodes_own_table(text, like):
    assert skeleton_of(text) == skeleton_of(like)


def test_a_capital_whose_small_form_looks_like_a_letter_is_mixed_in_too():
    assert mixes_alphabets("\u0500AI")
    assert mixes_alphabets("\u03f2ardano")
