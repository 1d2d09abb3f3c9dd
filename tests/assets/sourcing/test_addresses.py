import pytest

from assets.providers import PROVIDERS, configured, problems
from assets.sourcing.addresses import configure, contact
from assets.sourcing.contract import MisconfiguredError, Rate, UnsupportedError
from tests.assets.sourcing.vendor import Vendor


@pytest.fixture(autouse=True)
def _nothing_is_configured(monkeypatch):
    for provider in (*PROVIDERS, Vendor):
        for what in ("URL", "KEY", "RATE", "NETWORKS"):
            monkeypatch.delenv(f"ASSAY_{provider.name.upper()}_{what}", raising=False)
    monkeypatch.delenv("ASSAY_CONTACT", raising=False)


def test_without_variables_the_defaults_hold():
    provider = configured("coingecko")
    assert provider.base_url == "https://api.coingecko.com/api/v3"
    assert provider.key == ""
    assert provider.rate == Rate(calls=29, per_s=60)
    assert problems() == []


def test_variables_replace_the_defaults(monkeypatch):
    monkeypatch.setenv("ASSAY_GECKOTERMINAL_URL", "http://127.0.0.1:8790/geckoterminal/api/v2/")
    monkeypatch.setenv("ASSAY_GECKOTERMINAL_KEY", "secret")
    monkeypatch.setenv("ASSAY_GECKOTERMINAL_RATE", "600/60")
    monkeypatch.setenv("ASSAY_GECKOTERMINAL_NETWORKS", "solana, ton")
    provider = configured("geckoterminal")
    assert provider.base_url == "http://127.0.0.1:8790/geckoterminal/api/v2"
    assert (provider.key, provider.rate, provider.networks) == (
        "secret",
        Rate(calls=600, per_s=60),
        ("solana", "ton"),
    )


def test_a_given_base_url_comes_before_the_variable(monkeypatch):
    monkeypatch.setenv("ASSAY_COINGECKO_URL", "http://127.0.0.1:1/one")
    assert configured("coingecko", base_url="http://127.0.0.1:2/two").base_url == "http://127.0.0.1:2/two"


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_run_finds_its_provider_again(provider):
    """A run keeps the base URL that it was started with."""
    base_url = configured(provider.name).base_url
    assert configured(provider.name, base_url=base_url).base_url == base_url


def test_an_empty_variable_is_no_variable(monkeypatch):
    monkeypatch.setenv("ASSAY_COINGECKO_URL", " ")
    monkeypatch.setenv("ASSAY_COINGECKO_RATE", "")
    assert configured("coingecko").base_url == "https://api.coingecko.com/api/v3"


@pytest.mark.parametrize(
    ("name", "hint"),
    [("coingeko", "did you mean 'coingecko'"), ("CoinGecko", "coingecko"), ("x", "coingecko")],
)
def test_an_unknown_provider_is_answered_with_the_known_ones(name, hint):
    with pytest.raises(UnsupportedError, match=hint) as refusal:
        configured(name)
    assert all(provider.name in str(refusal.value) for provider in PROVIDERS)


@pytest.mark.parametrize(
    ("what", "value", "says"),
    [
        ("URL", "api.example.com/v1", "not a base URL"),
        ("URL", "https://", "not a base URL"),
        ("URL", "https://exa mple.com", "not a base URL"),
        ("URL", "https://[::1", "not a base URL"),
        ("URL", "https://example.com:99999", "not a base URL"),
        ("URL", "https://example.com/?key=1", "not a base URL"),
        ("URL", "ftp://example.com/v1", "only http and https"),
        ("URL", "https://me:hidden@example.com", "user name or password"),
        ("KEY", "two words", "characters that no key has"),
        ("KEY", "snö", "characters that no key has"),
        ("RATE", "fast", "like 25/60"),
        ("RATE", "0/60", "like 25/60"),
        ("RATE", "25/0", "like 25/60"),
        ("RATE", "-1/60", "like 25/60"),
        ("NETWORKS", "solana/../eth", "write networks"),
        ("NETWORKS", ",", "write networks"),
    ],
)
def test_a_senseless_variable_is_told_in_one_sentence(monkeypatch, what, value, says):
    variable = f"ASSAY_GECKOTERMINAL_{what}"
    monkeypatch.setenv(variable, value)
    with pytest.raises(MisconfiguredError, match=says):
        configured("geckoterminal")
    (problem,) = problems()
    assert problem.startswith(variable)
    assert "hidden" not in problem
    assert "two words" not in problem


def test_networks_are_only_for_providers_that_have_them(monkeypatch):
    monkeypatch.setenv("ASSAY_VENDOR_NETWORKS", "solana")
    assert configure(Vendor).networks == ()


def test_a_contact_is_one_plain_line(monkeypatch):
    monkeypatch.setenv("ASSAY_CONTACT", "ops@example.org")
    assert contact() == "ops@example.org"
    monkeypatch.setenv("ASSAY_CONTACT", "a\r\nX-Evil: 1")
    assert problems() == ["ASSAY_CONTACT is not one short line of plain letters; write an e-mail address."]


@pytest.mark.parametrize(
    ("url", "rate"),
    [
        ("http://127.0.0.1:8790/coingecko/api/v3", Rate(calls=6_000, per_s=60)),
        ("http://localhost:8790", Rate(calls=6_000, per_s=60)),
        ("http://[::1]:8790", Rate(calls=6_000, per_s=60)),
        ("http://10.0.0.7:8790", Rate(calls=29, per_s=60)),
        ("https://localhost.example.org", Rate(calls=29, per_s=60)),
    ],
)
def test_a_server_on_this_machine_needs_no_sparing(monkeypatch, url, rate):
    assert configured("coingecko", base_url=url).rate == rate
    monkeypatch.setenv("ASSAY_COINGECKO_RATE", "7/60")
    assert configured("coingecko", base_url=url).rate == Rate(calls=7, per_s=60)


def test_terms_are_accepted_by_one_word(monkeypatch):
    class Strict(Vendor):
        terms = "https://vendor.example/terms"

    assert not configure(Strict).accepted
    monkeypatch.setenv("ASSAY_VENDOR_TERMS", "accepted")
    assert configure(Strict).accepted
    assert not configure(Vendor).accepted
    monkeypatch.setenv("ASSAY_VENDOR_TERMS", "yes")
    with pytest.raises(MisconfiguredError, match="ASSAY_VENDOR_TERMS is 'yes'; write accepted"):
        configure(Strict)
