import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.network.http import _refusal, _too_slow
from assets.providers import configured
from assets.sourcing.contract import Request
from screener.words.refusals import OTHERWISE, WHAT_TO_DO, refusal_kinds

LIMIT, KEY, DOWN, UNKNOWN, UNREADABLE = (advice for _sign, advice in WHAT_TO_DO)


def reason(problem, count=1):
    return {"problem": problem, "count": count}


def refused(path, status=404):
    return f"CoinGecko refused {path} (HTTP {status}); if ASSAY_COINGECKO_URL is set, check it."


def test_refusals_that_differ_in_whom_they_are_about_are_one_line():
    (kind,) = refusal_kinds([reason(refused("/coins/a?x=1"), 3), reason(refused("/coins/b"), 2)])
    assert kind.text == "CoinGecko refused … (HTTP 404); if ASSAY_COINGECKO_URL is set, check it."
    assert (kind.count, kind.what_to_do) == (5, UNKNOWN)


def test_one_reason_keeps_its_words():
    (kind,) = refusal_kinds([reason(refused("/coins/a"))])
    assert kind.text == refused("/coins/a")


def test_other_providers_and_statuses_are_other_kinds_the_commonest_first():
    kinds = refusal_kinds(
        [
            reason(refused("/a"), 1),
            reason(refused("/a", 410), 3),
            reason("DefiLlama did not answer in full within 20 seconds.", 2),
        ]
    )
    assert [each.count for each in kinds] == [3, 2, 1]


@pytest.mark.parametrize(
    ("status", "advice"), [(429, LIMIT), (403, KEY), (401, KEY), (500, DOWN), (503, DOWN), (404, UNKNOWN)]
)
def test_each_refusal_of_the_client_says_what_to_do(status, advice):
    vendor = configured("coingecko")
    error = _refusal(vendor, Request(family="market", path="/coins/x"), status, httpx2.Headers())
    assert refusal_kinds([reason(str(error))])[0].what_to_do == advice


@pytest.mark.parametrize(
    ("problem", "advice"),
    [
        (str(_too_slow(configured("coingecko"))), DOWN),
        ("The connection to CoinGecko at api.example.com failed (refused).", DOWN),
        ("The answer was not JSON.", UNREADABLE),
        ("Something else.", OTHERWISE),
    ],
)
def test_other_failures_say_what_to_do(problem, advice):
    assert refusal_kinds([reason(problem)])[0].what_to_do == advice


@given(st.lists(st.tuples(st.text(max_size=60), st.integers(1, 9)), unique_by=lambda each: each[0]))
def test_no_call_is_lost_or_counted_twice(reasons):
    kinds = refusal_kinds(reason(*each) for each in reasons)
    assert sum(each.count for each in kinds) == sum(count for _text, count in reasons)
