import pytest

from assets.identity.likeness import Bearer, Likeness, likeness_of, skeletons_of
from assets.identity.originals import ORIGINALS

TOKEN = frozenset({("address:base", "0x1")})
LISTED = Bearer(symbol="AURUM", name="Aurum Finance", is_listed=True, is_major=True)
GENUINE = next(each for each in ORIGINALS if each.symbol == "USDC")


def token(symbol, name="", identifiers=TOKEN, **about):
    return Bearer(symbol=symbol, name=name, identifiers=identifiers, **about)


@pytest.mark.parametrize(
    ("bearer", "kind", "of"),
    [
        (token("AURUM"), "name", LISTED.title),
        (token("aurum", "Other"), "name", LISTED.title),
        (token("X", "Aurum-Finance"), "name", LISTED.title),
        (token("AURUM", is_listed=True), "", ""),
        (token("AUR\u0425", "\u0410urum Finance"), "alphabets", LISTED.title),
        (token("AUR\u00dbM"), "letters", LISTED.title),
        (token("AUR\u00dbM", is_listed=True), "letters", LISTED.title),
        (token("AURUM", identifiers=frozenset({("currency:gate", "AURUM")})), "", ""),
        (token("OTHER"), "", ""),
        (token("USD\u0422"), "alphabets", "Tether USD (USDT)"),
        (token("ab\u0441"), "alphabets", ""),
        (token("USDC"), "name", "USD Coin (USDC)"),
        (token("USDC", identifiers=frozenset({("address:some-chain", "0x1")})), "", ""),
        (token("USDC", identifiers=GENUINE.identifiers), "", ""),
        (token("U5", "Dogecoin"), "", ""),
        (token("Aurum 🦊"), "name", LISTED.title),
        (token("AURUM.🔥"), "name", LISTED.title),
        (token("$AURUM$"), "name", LISTED.title),
        (token("🔥AU-RUM✨", "Other"), "name", LISTED.title),
        (token("🔥"), "", ""),
        (token("DOGE", identifiers=frozenset({("address:solana", "Do1")})), "name", "Dogecoin (DOGE)"),
        (token("", ""), "", ""),
    ],
)
def test_whom_it_looks_like(bearer, kind, of):
    alike = [
        each for each in (LISTED,) if {*skeletons_of(bearer.symbol, bearer.name)} & {"aurum", "aurumfinance"}
    ]
    assert likeness_of(bearer, alike) == Likeness(kind, of)


def test_the_order_of_those_alike_makes_no_difference():
    others = [LISTED, Bearer(symbol="AURUM", name="Another Aurum", is_listed=True)]
    assert likeness_of(token("AURUM"), others) == likeness_of(token("AURUM"), others[::-1])


SMALL = Bearer(symbol="AURUM", name="Aurum Finance", is_listed=True)


@pytest.mark.parametrize(
    ("bearer", "kind"),
    [
        (token("AURUM"), ""),
        (token("AURUM", "Golden Dog"), ""),
        (token("X", "Aurum Finance"), ""),
        (token("AURUM", "Aurum Finance"), "name"),
        (token("aurum ✨", "AURUM FINANCE"), "name"),
        (token("AUR\u00dbM"), "letters"),
    ],
)
def test_a_small_one_is_a_model_only_with_symbol_and_name(bearer, kind):
    assert likeness_of(bearer, [SMALL]).kind == kind


def test_of_two_models_the_larger_one_is_named():
    assert likeness_of(
        token("AUR\u00dbM"), [Bearer(symbol="AURUM", name="A", is_listed=True), LISTED]
    ).of == (LISTED.title)


def test_who_writes_plainly_does_not_look_like_one_in_odd_letters():
    odd = Bearer(symbol="0NE", name="Odd", is_listed=True, is_major=True)
    assert likeness_of(token("ONE"), [odd]).kind == ""
    assert likeness_of(token("0NE"), [Bearer(symbol="ONE", name="One", is_listed=True)]).kind == "letters"


def test_a_known_original_is_itself_before_the_register_names_its_contracts():
    coin = Bearer(symbol="USDC", name="USDC", is_listed=True, is_major=True)
    assert likeness_of(token("USDC", identifiers=GENUINE.identifiers), [coin]).kind == ""
    assert likeness_of(token("USDC"), [coin]).kind == "name"


def test_nobody_looks_like_himself():
    assert likeness_of(LISTED, [LISTED]).kind == ""


def test_one_letter_is_no_look():
    assert skeletons_of("X", "") == ("", "")
    assert skeletons_of("XY", "X") == ("xy", "")
