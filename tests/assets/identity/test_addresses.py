import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.identity.addresses import FORMS, canonical, without_case, written

TETHER_ON_TRON = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
NOTCOIN = "EQAvlWFDxGF2lXm67y4yzC17wYKD9A0guwPkMs1gOsM__NOT"
ISSUER = "GA5ZSEJYB37JRC5AVCIA5MOP4RHTM335X2KGX3IHOJAPP5RE34K4KZVN"
SOLO = "rsoLo2S1kiGeCcn6hCUXVrCpGMWLrRrLZz"


@pytest.mark.parametrize(
    ("form", "writings"),
    [
        (
            "evm",
            (
                "0x6b175474e89094c44da98b954eedeac495271d0f",
                "0x6B175474E89094C44Da98b954EedeAC495271d0F",
                "0X6B175474E89094C44DA98B954EEDEAC495271D0F",
            ),
        ),
        (
            "xdc",
            ("0x6b175474e89094c44da98b954eedeac495271d0f", "xdc6b175474e89094c44da98b954eedeac495271d0f"),
        ),
        ("move", (f"0x{'2':0>64}::sui::SUI", "0x2::sui::SUI", "0x02::sui::SUI", "0X2::sui::SUI")),
        ("move", (f"0x{'a':0>64}", "0xA", "0x0a")),
        ("felt", (f"0x{'4f':0>64}", "0x04F", "0x4f")),
        (
            "ton",
            (
                NOTCOIN,
                "UQAvlWFDxGF2lXm67y4yzC17wYKD9A0guwPkMs1gOsM__I5W",
                NOTCOIN.replace("_", "/"),
                "0:2f956143c461769579baef2e32cc2d7bc18283f40d20bb03e432cd603ac33ffc",
            ),
        ),
        (
            "tron",
            (
                TETHER_ON_TRON,
                "41a614f803b6fd780986a42c78ec9c7f77e6ded13c",
                "0xa614f803b6fd780986a42c78ec9c7f77e6ded13c",
            ),
        ),
        ("cosmos", (f"ibc/{'AB' * 32}", f"IBC/{'ab' * 32}", f"ibc/{'aB' * 32}")),
        ("xrpl", (f"USD.{SOLO}", f"USD:{SOLO}", f"{SOLO}.USD", f"USD-{SOLO}")),
        ("xrpl", (f"{'534F4C4F':0<40}.{SOLO}", f"SOLO.{SOLO}", f"SOLO-{SOLO}")),
        ("stellar", (f"USDC-{ISSUER}", f"USDC:{ISSUER}", f"USDC-{ISSUER}-1")),
        ("near", ("wrap.near", "Wrap.NEAR")),
        ("hedera", ("0.0.731861", f"0x{731861:040x}")),
        ("cardano", ("ab" * 28 + "4d59", "AB" * 28 + "." + "4D59")),
        ("algorand", ("31566704",)),
        ("", ("0xab", "0XAB")),
    ],
)
def test_all_writings_of_an_address_are_one(form, writings):
    assert {written(each, form=form) for each in writings} == {writings[0]}


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("evm", "0x6B175474E89094C44Da98b954EedeAC495271d0f"),
        ("evm", "0x6b17"),
        ("solana", "epjfwdd5aufqssqem2qn1xzybapc8g4weggkzwytdt1v"),
        ("solana", "5hktqhoy7715ekvczzwuctxvkp3gnmtqu2kfjkusjeci"),  # 32 bytes, in another case than its own
        ("move", "0x2::sui"),
        ("move", "pool"),
        ("ton", NOTCOIN[:-1] + "U"),
        ("ton", "EQpool"),
        ("tron", TETHER_ON_TRON[:-1] + "u"),
        ("cosmos", "ibc/AB"),
        ("cosmos", "terra1dzhzukyezv0etz22ud940z7adyv7xgcjkahuu"),
        ("xrpl", "USD"),
        ("xrpl", SOLO[:-1] + "a"),
        ("stellar", f"USDC-{ISSUER[:-1]}A"),
        ("near", "no blanks"),
        ("hedera", "0.0"),
        ("cardano", "ab"),
        ("algorand", "no number"),
        ("felt", "4f"),
    ],
)
def test_a_typing_error_makes_no_address(form, text):
    assert written(text, form=form) == ""
    with pytest.raises(ValueError, match="is not an address"):
        canonical(text, form=form, typed=True)


@pytest.mark.parametrize("form", sorted({*FORMS} - {"evm", "xdc", "solana"}))
def test_what_a_vendor_writes_otherwise_is_kept(form):
    assert canonical("some-thing?else", form=form) == "some-thing?else"


@pytest.mark.parametrize("text", ["", "a b", "x" * 201, "https://tonviewer.com/x"])
def test_what_is_no_address_anywhere_is_refused(text):
    with pytest.raises(ValueError, match="is not an address"):
        canonical(text, form="ton")


@given(
    st.sampled_from([*sorted(FORMS), ""]),
    st.text(max_size=80) | st.from_regex(r"0x[0-9a-fA-F]{1,64}", fullmatch=True),
)
def test_writing_it_again_changes_nothing(form, text):
    once = written(text, form=form)
    assert not once or written(once, form=form) == once


def test_a_hash_is_the_same_in_either_case():
    assert without_case("0x" + "AB" * 32) == "0x" + "ab" * 32
    assert without_case("AbC") == "AbC"
