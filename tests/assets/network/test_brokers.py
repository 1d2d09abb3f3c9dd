import pytest

from assets.network.brokers import address_of_broker, broker_at
from assets.sourcing.contract import MisconfiguredError


def test_there_is_one_client_an_address():
    assert broker_at("redis://localhost:1/0") is broker_at("redis://localhost:1/0")


def test_an_address_that_is_none_names_its_variable():
    with pytest.raises(MisconfiguredError, match="ASSAY_BROKER_URL can't be used"):
        broker_at("http://localhost")


def test_a_broker_is_named_without_its_password():
    assert address_of_broker("redis://me:secret@example.org:6379/1") == "redis://example.org:6379/1"
    assert address_of_broker("unix:///run/valkey.sock") == "unix:///run/valkey.sock"
