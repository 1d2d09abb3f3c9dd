from screener.checks import known_variables, provider_variables, unknown_variables


def test_a_misspelt_variable_is_noticed(monkeypatch):
    monkeypatch.setenv("ASSAY_BROKER_ULR", "redis://localhost")
    [warning] = unknown_variables(None)
    assert "ASSAY_BROKER_ULR means nothing" in warning.msg
    assert warning.hint == "Did you mean ASSAY_BROKER_URL?"


def test_an_unknown_variable_is_noticed(monkeypatch):
    monkeypatch.setenv("ASSAY_QWERTZ", "1")
    [warning] = unknown_variables(None)
    assert ".env.example" in warning.hint


def test_known_variables_are_left_alone(monkeypatch):
    monkeypatch.setenv("ASSAY_COINGECKO_URL", "https://api.example.com")
    monkeypatch.setenv("ASSAY_TEST_DATABASE", "postgres")
    assert unknown_variables(None) == []


def test_the_sandbox_has_no_address():
    assert not [name for name in known_variables() if name.startswith("ASSAY_SANDBOX_URL")]


def test_a_malformed_provider_variable_is_an_error(monkeypatch):
    monkeypatch.setenv("ASSAY_COINGECKO_URL", "ftp://api.example.com")
    [error] = provider_variables(None)
    assert "ASSAY_COINGECKO_URL" in error.msg
