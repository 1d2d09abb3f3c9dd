import pytest

from assets.identity.chains import address_on
from assets.identity.originals import ORIGINALS


@pytest.mark.parametrize("original", ORIGINALS, ids=lambda each: each.symbol)
def test_where_originals_are_is_written_as_everywhere(original):
    assert all(
        address_on(name[8:], value, typed=True) == (name, value) for name, value in original.identifiers
    )
    assert len(original.identifiers) == len(original.contracts)
    assert len(original.chains) <= len(original.contracts) + len(original.without)
    assert original.symbol in original.title


def test_each_original_once():
    assert len({each.symbol for each in ORIGINALS}) == len(ORIGINALS)
