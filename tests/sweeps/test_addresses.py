import pytest

from tests.sweeps.addresses import ACCESS, ARGUMENTS, access_of, every_address, path_of

pytestmark = pytest.mark.django_db


def test_every_address_has_a_sample_and_says_who_may_use_it(world):
    for address in every_address():
        assert access_of(address)
        assert path_of(address, world).startswith("/")


def test_nothing_is_declared_that_is_gone():
    keys = {address.key for address in every_address()}
    assert ACCESS.keys() - keys == set()
    assert ARGUMENTS.keys() - keys == set()
