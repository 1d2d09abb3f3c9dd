import subprocess
import sys
from pathlib import Path

import pytest

from assets.identity.venues import is_exchange
from assets.providers.exchanges import ccxt_offline
from assets.providers.exchanges.ccxt_offline import NoSuchPairError, raise_errors_in, reading_answer
from assets.sourcing.contract import RefusedError, TransientError, UnreadableError, UnsupportedError

ROOT = Path(__file__).parents[4]


def run(code):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


LOADED = "import sys; print(*sorted(each for each in sys.modules if each.startswith('ccxt')))"


def test_ccxt_is_not_loaded_by_what_speaks_through_it():
    found = run(f"import assets.providers.exchanges.ccxt_adapter as s; assert s.quirks_of('gate'); {LOADED}")
    assert found == []


def test_whether_ccxt_has_an_exchange_is_seen_without_loading_it():
    code = (
        "from assets.identity.venues import is_exchange as known; assert known('bitget') and not known('no')"
    )
    assert run(f"{code}; {LOADED}") == []


def test_one_exchange_is_loaded_and_not_all():
    found = run(f"from assets.providers.exchanges import ccxt_adapter as a; a.address_of('gate'); {LOADED}")
    exchanges = {each for each in found if each.count(".") == 1} - {"ccxt.base", "ccxt.abstract"}
    assert exchanges == {"ccxt.gate"}


def test_who_imports_ccxt_after_us_gets_it_whole():
    run(
        "from assets.providers.exchanges import ccxt_adapter as a; a.address_of('gate');"
        "import ccxt; ccxt.kraken(); ccxt.Exchange"
    )


def test_where_all_of_ccxt_is_loaded_already_it_is_used():
    run(
        "import ccxt; from assets.providers.exchanges import ccxt_adapter as a; "
        "a.address_of('gate'); assert ccxt.kraken"
    )


@pytest.mark.parametrize("name", ["", "os", "base", "base.exchange", "../gate", "Gate", "__init__", "a" * 50])
def test_what_is_no_exchange_is_not_known(name):
    assert not is_exchange(name)
    with pytest.raises(UnsupportedError, match="has no exchange"):
        ccxt_offline.offline_exchange(name, {}, print)


def test_what_would_ask_by_itself_has_nothing_to_ask_with(no_network):
    exchange = ccxt_offline.offline_exchange("gate", {}, lambda *_call: None)
    assert exchange.session is None
    with pytest.raises(AttributeError):
        type(exchange).fetch(exchange, "https://api.gateio.ws/api/v4/spot/time")


def test_every_call_ends_where_we_want_it():
    asked = []
    exchange = ccxt_offline.offline_exchange(
        "gate", {"some": "option"}, lambda *call: asked.append(call) or []
    )
    exchange.public_spot_get_currency_pairs()
    assert asked == [("https://api.gateio.ws/api/v4/spot/currency_pairs", "GET", None, None)]
    assert exchange.options["some"] == "option"


@pytest.mark.parametrize(
    ("label", "error"),
    [
        ("INVALID_CURRENCY_PAIR", NoSuchPairError),
        ("TOO_MANY_REQUESTS", TransientError),
        ("SERVER_ERROR", TransientError),
        ("NOT_TOLD_BEFORE", RefusedError),
        ("INVALID_PARAM_VALUE", RefusedError),
    ],
)
def test_a_complaint_of_an_exchange_is_put_in_our_words(label, error):
    with pytest.raises(error):
        raise_errors_in(ccxt_offline.offline_exchange("gate", {}, print), 200, "{}", {"label": label})


def test_no_complaint_is_none():
    raise_errors_in(ccxt_offline.offline_exchange("gate", {}, print), 200, "{}", {"asks": []})


@pytest.mark.parametrize(
    "error", [KeyError("x"), TypeError("x"), ValueError("x"), AttributeError("x"), ZeroDivisionError("x")]
)
def test_whatever_ccxt_stumbles_over_the_answer_is_unreadable(error):
    with pytest.raises(UnreadableError, match="other than it promises"), reading_answer("gate"):
        raise error


def test_what_is_no_matter_of_the_answer_passes():
    with pytest.raises(MemoryError), reading_answer("gate"):
        raise MemoryError
