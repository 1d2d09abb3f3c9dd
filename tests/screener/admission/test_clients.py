import pytest

from screener.admission.clients import address_of, client_of


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", ""),
        ("unix" * 40, ("unix" * 40)[:64]),
    ],
)
def test_a_client_is_its_network(named, found):
    assert address_of({"REMOTE_ADDR": named}) == found


def test_nobody_is_believed_who_names_another_address():
    assert address_of({"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "192.0.2.8"}) == "192.0.2.7"


def test_behind_a_proxy_its_own_entry_counts(settings):
    settings.PROXIES = ["10.0.0.1"]
    named = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.1, 192.0.2.8"}
    assert address_of(named) == "192.0.2.8"
    assert address_of({"REMOTE_ADDR": "127.0.0.1"}) == "127.0.0.1"


def test_browsers_at_one_address_are_told_apart():
    ours, theirs = ({"REMOTE_ADDR": "192.0.2.7", "HTTP_COOKIE": f"sessionid={each}"} for each in "ab")
    assert client_of(ours) != client_of(theirs)
    assert client_of(ours) == client_of(dict(ours))


def test_browsers_that_nobody_has_logged_in_with_are_told_apart_by_what_they_say():
    ours, theirs = ({"REMOTE_ADDR": "192.0.2.7", "HTTP_USER_AGENT": each} for each in "ab")
    assert client_of(ours) != client_of(theirs)
    assert client_of(ours).address == client_of(theirs).address == "192.0.2.7"
