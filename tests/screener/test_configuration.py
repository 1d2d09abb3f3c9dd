import pytest
from django.core.exceptions import ImproperlyConfigured

from screener import configuration

NAME = "ASSAY_X"


@pytest.fixture(autouse=True)
def _known(monkeypatch):
    monkeypatch.setattr(configuration, "KNOWN", set())


@pytest.mark.parametrize(("text", "value"), [("true", True), ("False", False), ("", True), (" TRUE ", True)])
def test_a_flag_is_true_or_false(monkeypatch, text, value):
    monkeypatch.setenv(NAME, text)
    assert configuration.flag(NAME, default=True) is value
    assert {NAME} == configuration.KNOWN


@pytest.mark.parametrize("text", ["yes", "1", "on"])
def test_a_flag_is_nothing_else(monkeypatch, text):
    monkeypatch.setenv(NAME, text)
    with pytest.raises(ImproperlyConfigured, match=f"ASSAY_X is '{text}'; write true or false"):
        configuration.flag(NAME, default=True)


def test_a_whole_number_has_bounds(monkeypatch):
    monkeypatch.setenv(NAME, "7")
    assert configuration.whole_number(NAME, default=1, low=0, high=9) == 7
    monkeypatch.delenv(NAME)
    assert configuration.whole_number(NAME, default=1, low=0, high=9) == 1


@pytest.mark.parametrize("text", ["10", "-1", "1.5", "seven", "1e3", "٣"])
def test_a_number_out_of_bounds_is_refused(monkeypatch, text):
    monkeypatch.setenv(NAME, text)
    with pytest.raises(ImproperlyConfigured, match="whole number from 0 to 9"):
        configuration.whole_number(NAME, default=1, low=0, high=9)


def test_a_choice_is_one_of_a_list(monkeypatch):
    monkeypatch.setenv(NAME, "a")
    assert configuration.choice(NAME, default="b", of=("a", "b")) == "a"
    monkeypatch.setenv(NAME, "c")
    with pytest.raises(ImproperlyConfigured, match="one of a, b"):
        configuration.choice(NAME, default="b", of=("a", "b"))


@pytest.mark.parametrize(
    ("text", "hosts"),
    [("", []), ("a.example", ["a.example"]), ("a, .b.example ,[::1]:80", ["a", ".b.example", "[::1]:80"])],
)
def test_hosts_are_a_list(monkeypatch, text, hosts):
    monkeypatch.setenv(NAME, text)
    assert configuration.names(NAME, check=configuration.is_host, example="x") == hosts


@pytest.mark.parametrize("text", ["https://a.example", "a.example/path", "a b", "*.a.example"])
def test_a_url_is_no_host(monkeypatch, text):
    monkeypatch.setenv(NAME, text)
    with pytest.raises(ImproperlyConfigured, match="write a list like x"):
        configuration.names(NAME, check=configuration.is_host, example="x")


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("https://a.example", True),
        ("http://a.example:8000", True),
        ("a.example", False),
        ("https://a.example/x", False),
        ("ftp://a.example", False),
    ],
)
def test_an_origin_is_a_scheme_and_a_host(text, fits):
    assert configuration.is_origin(text) is fits


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("redis://localhost:6379/0", True),
        ("unix:///run/x.sock", True),
        ("redis://localhost:port", False),
        ("redis://localhost:99999", False),
        ("redis://[::1", False),
        ("redis://", False),
        ("amqp://localhost", False),
        ("redis://local host", False),
        ("localhost", False),
    ],
)
def test_an_address_has_a_scheme_and_a_place(text, fits):
    assert configuration.is_address(text, schemes=("redis", "unix")) is fits


def test_a_refused_address_is_not_repeated(monkeypatch):
    monkeypatch.setenv(NAME, "mysql://user:secret@host/db")
    with pytest.raises(ImproperlyConfigured, match="write one like postgres://") as refused:
        configuration.address(NAME, schemes=("postgres",), example="postgres://…")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("redis://:secret@host:6379/0", "redis://:…@host:6379/0"),
        ("redis://user:secret@host", "redis://user:…@host"),
        ("unix:///run/x.sock", "unix:///run/x.sock"),
    ],
)
def test_a_password_is_not_shown(text, shown):
    assert configuration.without_password(text) == shown


@pytest.mark.parametrize("text", ["10.0.0.1", "172.16.0.0/12", "::1", "fd00::/8"])
def test_an_address_and_a_network_are_networks(text):
    assert configuration.is_network(text)


@pytest.mark.parametrize("text", ["proxy", "10.0.0.1/8", "10.0.0", "", "*"])
def test_other_texts_are_not(text):
    assert not configuration.is_network(text)


def test_a_shared_folder_is_ours_alone_and_the_same_for_all_children_of_a_parent(monkeypatch, tmp_path):
    monkeypatch.setattr(configuration.tempfile, "gettempdir", lambda: str(tmp_path))
    folder = configuration.shared_folder("x")
    assert folder == configuration.shared_folder("x")
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.rmdir()
    folder.symlink_to(tmp_path)
    with pytest.raises(ImproperlyConfigured, match="somebody else"):
        configuration.shared_folder("x")


@pytest.mark.parametrize(
    ("name", "value", "shown", "left"),
    [
        ("ASSAY_MOCK_KEY", "k3y-0f-a-vendor", "refused k3y-0f-a-vendor", "refused …"),
        ("POSTGRES_PASSWORD", "rosebud", "user=rosebud", "user=…"),
        ("ASSAY_DATABASE_URL", "postgres://ana:p%40ss-word@db/assay", "p@ss-word p%40ss-word db", "… … db"),
        (
            "ASSAY_MOCK_URL",
            "https://t0ken@node.example/rpc",
            "t0ken at node.example/rpc",
            "… at node.example/rpc",
        ),
        (
            "ASSAY_MOCK_URL",
            "https://node.example/v2/0123456789abcdefgh?apikey=hushhush",
            "node.example/v2/0123456789abcdefgh?apikey=hushhush",
            "node.example/v2/…?apikey=…",
        ),
        ("ASSAY_MOCK_URL", "https://[broken", "at https://[broken", "at …"),
        ("ASSAY_MOCK_KEY", "abc", "abc is no secret", "abc is no secret"),
    ],
)
def test_secrets_of_the_environment_are_left_out_of_a_text(monkeypatch, name, value, shown, left):
    monkeypatch.setenv(name, value)
    assert configuration.without_secret_values(shown) == left
