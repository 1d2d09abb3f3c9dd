import pytest


@pytest.mark.django_db
def test_each_vendor_stands_once_with_its_credit(client):
    page = client.get("/about/").content.decode()
    assert page.count("https://www.sec.gov/search-filings") == 1
    assert "Powered by Etherscan APIs" in page
    assert "https://www.cboe.com/terms/" in page
    assert "example.org" not in page
    assert "MIT" in page


@pytest.mark.django_db
def test_what_draws_the_price_chart_is_credited(client):
    """As the NOTICE of lightweight-charts asks for."""
    page = client.get("/about/").text
    assert 'href="https://www.tradingview.com/"' in page
    assert "Lightweight Charts™, © 2026 TradingView, Inc." in page
    assert "Apache License 2.0" in page
