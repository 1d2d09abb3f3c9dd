import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.identity.burned import is_burned


@pytest.mark.parametrize(
    "address",
    [
        "0x" + "0" * 40,
        "0x" + "0" * 39 + "1",
        "0x" + "0" * 37 + "369",
        "0x" + "0" * 36 + "dead",
        "0x" + "0" * 36 + "dEaD",
        "0xdead" + "0" * 36,
        "0x" + "0" * 32 + "deadbeef",
        "0x" + "dead" * 10,
        "0x" + "deadbeef" * 5,
        "0x" + "2" * 40,
        "0x" + "f" * 40,
        "0x1234567890123456789012345678901234567890",
        "0x0123456789012345678901234567890123456789",
        "0x0123456789abcdef0123456789abcdef01234567",
        "0xdead000000000000000042069420694206942069",
        "0x" + "0" * 63 + "1",
        "1nc1nerator11111111111111111111111111111111",
        "1" * 32,
        "Burn" + "1" * 39,
        "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb",
        "rrrrrrrrrrrrrrrrrrrrrhoLvTp",
    ],
)
def test_nobody_has_the_key(address):
    assert is_burned(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "dead",
        "0x" + "0" * 34 + "c0de00",
        "0x" + "d" * 40,
        "0x" + "b1" * 20,
        "0x000000000022d473030f116ddee9f6b43ac78ba3",  # found by trying: a contract that everybody uses
        "0x00000000000000adc04c56bf30ac9d3c0aaf14dc",
        "0xdead3fb2a1c09e8d7f6b5a4c3d2e1f0a9b8c7d6e",
        "0x000000000000000000000000dead3fb2a1c09e8d",
        "TJmmqjb1DK9TTZbQXzRQ2AuA94z4gKAPFh",
        "JUPyiwrYJFskUPiHa7hkeR8VUtAeFoSYbKedZNsDvCN",
        "5tzFkiKscXHK5ZXCGbXZxdw7gTjjD1mBwuoFbhUvuAi9",
    ],
)
def test_somebody_may_have_the_key(address):
    assert not is_burned(address)


@given(st.binary(min_size=20, max_size=20).filter(lambda key: len(set(key)) > 10))
def test_an_address_as_they_come_is_no_burn_address(key):
    assert not is_burned(f"0x{key.hex()}")
