import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.github import CALLS_WITH_TOKEN, COUNTED, GitHub
from assets.sourcing.contract import (
    DamagedError,
    Need,
    Rate,
    RawObservation,
    TransientError,
    UnreadableError,
    UnsupportedError,
)
from tests.assets.providers.answers import NOW, payload, read, recorded
from tests.assets.providers.mutations import mutated

PROVIDER = GitHub()
COIN = ("coingecko", "aurelium")
CORE, TOOLS = ("github", "aurelium/core"), ("github", "aurelium/tools")


def ask(*identifiers):
    (request,) = PROVIDER.requests(Need(family="disclosure", identifiers=identifiers or (COIN, CORE)))
    return request


def repository(**changed):
    return json.dumps(json.loads(payload("github", "repository")) | changed).encode()


COMMITS, RELEASES = read(PROVIDER, ask(), repository()).follow
ASKED = {"repository": ask(), "commits": COMMITS, "releases": RELEASES}
SUNDAY = datetime(2026, 3, 1, tzinfo=UTC)


def weeks(*days_of_each, until=SUNDAY):
    """The weeks up to that of `until`, the last one last."""
    count = len(days_of_each)
    return json.dumps(
        [
            {"week": int((until - timedelta(weeks=count - 1 - number)).timestamp()), "days": days}
            for number, days in enumerate(days_of_each)
        ]
    ).encode()


def row(request, body, **how):
    (found,) = read(PROVIDER, request, body, **how).rows
    return found


# What is asked ----------------------------------------------------------------------


def test_a_repository_is_looked_at_before_its_commits_are_counted():
    assert ask().path == "/repos/aurelium/core"
    assert [COMMITS.path, RELEASES.path] == [
        "/repos/aurelium/core/stats/commit_activity",
        "/repos/aurelium/core/releases",
    ]


@pytest.mark.parametrize(
    "identifiers", [(COIN,), (COIN, ("github", "aurelium")), (COIN, ("github", "../gists")), (CORE,), ()]
)
def test_without_a_repository_or_somebody_whose_it_is_nothing_can_be_asked(identifiers):
    with pytest.raises(UnsupportedError, match="its repository is not known"):
        PROVIDER.requests(Need(family="disclosure", identifiers=identifiers))


def test_a_token_goes_into_a_header_and_allows_more_calls():
    assert GitHub(key="t").headers() == {"Authorization": "Bearer t"}
    assert PROVIDER.headers() == {}
    assert GitHub(key="t").rate == CALLS_WITH_TOKEN
    own = Rate(calls=1, per_s=1)
    assert GitHub(key="t", rate=own).rate == own
    assert PROVIDER.rate.calls <= 60


# Whose work it is -------------------------------------------------------------------


@pytest.mark.parametrize("flaw", [{"fork": True}, {"archived": True}, {"fork": None}])
def test_a_fork_or_an_archive_is_no_work_of_the_project(flaw):
    parsed = read(PROVIDER, ask(), repository(**flaw))
    assert (parsed.rows, parsed.follow) == ((), ())
    assert "doesn't count" in str(parsed.remarks[0])
    (other,) = read(PROVIDER, ask(COIN, CORE, TOOLS), repository(**flaw)).follow
    assert other.path == "/repos/aurelium/tools"
    assert not read(PROVIDER, other, repository(**flaw)).follow


def test_a_repository_that_is_gone_leads_to_the_next_one():
    request = ask(COIN, CORE, TOOLS)
    (other,) = read(PROVIDER, request, b'{"message": "Not Found"}', status_code=404).follow
    assert other.path == "/repos/aurelium/tools"
    parsed = read(PROVIDER, ask(), b'{"message": "Not Found"}', status_code=404)
    assert (parsed.rows, parsed.follow) == ((), ())
    assert "does not know aurelium/core" in str(parsed.remarks[0])


def test_a_repository_that_moved_is_asked_for_under_its_new_name():
    commits, _releases = read(PROVIDER, ask(), repository(full_name="Aurelium-Labs/Core")).follow
    assert commits.path == "/repos/aurelium-labs/core/stats/commit_activity"
    assert row(commits, weeks([1] * 7)).repository == "aurelium-labs/core"


# Commits and releases ---------------------------------------------------------------


def test_commits_are_counted_by_the_day():
    found = row(COMMITS, payload("github", "commits"))
    # Of NOW, 2026-03-01 12:00, 90 days lie behind: from the second half of 2025-12-01, a Monday.
    whole_weeks = 12 * 7
    assert found.commits_90d == whole_weeks + (2 + 3 + 1) + 5
    assert (found.repository, found.as_of) == ("aurelium/core", NOW)
    assert found.asset.identifiers == (COIN,)


@given(
    st.lists(st.lists(st.integers(0, 9), min_size=7, max_size=7), min_size=1, max_size=52),
    st.integers(0, 3_000),
)
def test_no_more_is_counted_than_there_is_and_no_day_older_than_ninety(days, age):
    until = SUNDAY - timedelta(days=age)
    found = row(COMMITS, weeks(*days, until=until))
    assert found.commits_90d <= sum(map(sum, days[-14:]))
    if len(days) <= COUNTED.days // 7 and age >= 7:
        assert found.commits_90d == sum(map(sum, days))
    assert found.as_of == min(until + timedelta(days=7), NOW)


def test_an_empty_repository_has_no_commits():
    assert row(COMMITS, b"", status_code=204).commits_90d == 0
    assert not read(PROVIDER, COMMITS, b"[]").rows  # counts that are not there


@pytest.mark.parametrize(
    "week", [None, {}, {"week": 1}, {"week": 1, "days": [1]}, {"week": "x", "days": [1] * 7}]
)
def test_a_sum_that_lacks_a_week_is_none(week):
    body = json.dumps([*json.loads(weeks([1] * 7)), week]).encode()
    parsed = read(PROVIDER, COMMITS, body)
    assert not parsed.rows
    assert parsed.rejected == 1


def test_releases_of_twelve_months_are_counted():
    assert row(RELEASES, payload("github", "releases")).releases_12m == 2
    assert row(RELEASES, b"[]").releases_12m == 0


# Answers that are none --------------------------------------------------------------


class Counting:
    def ask(self, provider, request):
        return RawObservation(
            provider=provider.name, request=request, status_code=202, body=b"{}", fetched_at=NOW
        )


def test_what_is_still_counted_is_asked_for_again():
    with pytest.raises(TransientError, match="still counting") as told:
        PROVIDER.fetch(COMMITS, Counting())
    assert told.value.retry_after_s


@pytest.mark.parametrize(
    ("status_code", "is_answer"),
    [
        (200, True),
        (202, True),
        (204, True),
        (404, True),
        (451, True),
        (401, False),
        (403, False),
        (500, False),
    ],
)
def test_what_is_an_answer(status_code, is_answer):
    assert PROVIDER.accepts(COMMITS, status_code) == is_answer
    assert {403, 429} <= PROVIDER.limit_statuses


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("body", [b"", b"<html>", b"5", b'"x"', b"null", b'[{"week": 1'])
def test_a_body_of_another_shape_is_unreadable(name, body):
    with pytest.raises((UnreadableError, DamagedError)):
        read(PROVIDER, ASKED[name], body)


@pytest.mark.parametrize("name", ASKED)
@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(name, data):
    mutated(data, PROVIDER, ASKED[name], payload("github", name))


# Recorded answers -------------------------------------------------------------------


@pytest.mark.shared
def test_the_recorded_repository_and_its_commits():
    def body(name):
        return json.dumps(json.loads(recorded(f"github/recorded/{name}.json"))["body"]).encode()

    request = ask(COIN, ("github", "pygithub/pygithub"))
    commits, _releases = read(PROVIDER, request, body("Repository.setUp__1")).follow
    assert commits.path == "/repos/pygithub/pygithub/stats/commit_activity"
    told = json.loads(body("Repository.testStatisticsCommitActivity__2"))
    found = row(commits, json.dumps(told).encode())
    assert found.as_of == datetime.fromtimestamp(told[-1]["week"], UTC) + timedelta(days=7)
    assert 0 < sum(each["total"] for each in told[-12:]) <= found.commits_90d
    assert found.commits_90d <= sum(each["total"] for each in told[-13:])
