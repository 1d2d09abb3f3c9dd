import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.network.http import _refusal
from assets.providers import configured
from assets.sourcing.causes import FailureCause
from assets.sourcing.contract import Request
from screener.words.refusals import WHAT_TO_DO, refusal_kinds


def reason(problem, count=1, cause=FailureCause.REFUSED):
    return {"problem": problem, "count": count, "cause": cause}


def refused(path, status=404):
    return f"CoinGecko refused {path} (HTTP {status}); if ASSAY_COINGECKO_URL is set, check it."


def test_refusals_that_differ_in_whom_they_are_about_are_one_line():
    (kind,) = refusal_kinds([reason(refused("/coins/a?x=1"), 3), reason(refused("/coins/b"), 2)])
    assert kind.text == "CoinGecko refused … (HTTP 404); if ASSAY_COINGECKO_URL is set, check it."
    assert (kind.count, kind.what_to_do) == (5, WHAT_TO_DO[FailureCause.REFUSED])


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
    ("status", "cause"),
    [
        *(
            (429, FailureCause.LIMIT),
            (403, FailureCause.ACCESS),
            (401, FailureCause.ACCESS),
            (500, FailureCause.DOWN),
        ),
        *((503, FailureCause.DOWN), (404, FailureCause.REFUSED)),
    ],
)
def test_each_refusal_of_the_client_says_what_to_do(status, cause):
    vendor = configured("coingecko")
    error = _refusal(vendor, Request(family="market", path="/coins/x"), status, httpx2.Headers())
    (kind,) = refusal_kinds([reason(str(error), cause=error.cause)])
    assert kind.what_to_do == WHAT_TO_DO[cause]


@pytest.mark.parametrize("cause", [*FailureCause, "of a later version"])
def test_what_to_do_follows_from_the_cause_whatever_the_words(cause):
    words = "The key was refused: rate limit, HTTP 429, empty JSON."
    (kind,) = refusal_kinds([reason(words, cause=cause)])
    assert kind.what_to_do == WHAT_TO_DO.get(cause, WHAT_TO_DO[FailureCause.OTHER])


def test_like_sentences_of_two_causes_are_two_kinds():
    alike = [
        reason("It refused /a.", 1, FailureCause.LIMIT),
        reason("It refused /b.", 2, FailureCause.REFUSED),
    ]
    assert [each.count for each in refusal_kinds(alike)] == [2, 1]


@given(st.lists(st.tuples(st.text(max_size=60), st.integers(1, 9)), unique_by=lambda each: each[0]))
def test_no_call_is_lost_or_counted_twice(reasons):
    kinds = refusal_kinds(reason(*each) for each in reasons)
    assert sum(each.count for each in kinds) == sum(count for _text, count in reasons)
