import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.words.calls import call_title

ADDRESS = "8ZCmwpW3MtC5UpNcZf7U4HMvRNTo71syU11BDiAFpump"


@pytest.mark.parametrize(
    ("request_", "title"),
    [
        ({"path": "/coins/markets", "params": {"vs_currency": "usd", "page": "3"}}, "coins markets, page 3"),
        (
            {
                "path": "/networks/solana/new_pools",
                "params": {"page": "1", "include": "dex"},
                "context": {"network": "solana", "list": "new_pools"},
            },
            "solana new pools, page 1",
        ),
        ({"path": "/coins/acme/market_chart", "context": {"coin": "acme"}}, "coins market chart"),
        ({"path": f"/networks/base/tokens/{ADDRESS}/pools", "context": {"address": ADDRESS}}, "tokens pools"),
        ({"path": f"/v1/tokens/{ADDRESS}/report"}, "tokens report"),
        ({"path": "/1/api/v2/addresses/0xa0b86991c6218b36c1d19d4a"}, "addresses"),
        ({"path": "/submissions/CIK0000000007.json"}, "submissions"),
        ({"path": "/dynamic/symdir/list.txt"}, "symdir list"),
        ({"path": "", "context": {"call": "largest_holders"}}, "largest holders"),
        ({"path": "/a.htm", "context": {"form": "10-Q", "filed_on": "2026-05-28"}}, "10-Q, 2026-05-28"),
        ({"path": "/list", "params": {"offset": "5000"}}, "list, from row 5,000"),
        ({"path": f"/coins/{ADDRESS}"}, "coins"),
        ({"path": f"/networks/base/pools/multi/{ADDRESS},0xab,c"}, "pools multi, 3 at once"),
        ({}, ""),
    ],
)
def test_a_call_is_named_by_what_it_asks_for(request_, title):
    assert call_title(request_) == title


@given(st.text(max_size=80), st.dictionaries(st.sampled_from(["page", "offset", "key"]), st.text(max_size=9)))
def test_no_parameter_but_the_page_is_shown(path, params):
    title = call_title({"path": path, "params": params})
    assert "?" not in title or "?" in path
    assert "&" not in title or "&" in path
