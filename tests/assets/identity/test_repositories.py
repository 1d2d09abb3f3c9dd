import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.identity.repositories import PART, repository_named, repository_of


@pytest.mark.parametrize(
    ("url", "repository"),
    [
        ("https://github.com/Aurelium/Core", "aurelium/core"),
        ("https://www.github.com/aurelium/core.git", "aurelium/core"),
        ("http://github.com/aurelium/core/releases?x=1", "aurelium/core"),
        ("https://github.com/aurelium", ""),
        ("https://github.com/orgs/aurelium", ""),
        ("https://github.com/aurelium/..", ""),
        ("https://github.com/aurelium/co%20re", ""),
        ("https://github.com.example/aurelium/core", ""),
        ("https://gitlab.com/aurelium/core", ""),
        ("https://[broken/aurelium/core", ""),
        ("", ""),
    ],
)
def test_an_address_leads_to_a_repository_or_to_none(url, repository):
    assert repository_of(url) == repository


@given(st.from_regex(PART, fullmatch=True), st.from_regex(PART, fullmatch=True))
def test_a_name_stays_itself(owner, name):
    found = repository_named(f"{owner}/{name}")
    assert found in {"", f"{owner}/{name}".removesuffix(".git").casefold()}
    assert repository_named(found) in {"", found, found.removesuffix(".git")}


@given(st.text())
def test_whatever_is_written_there_stays_within_two_parts_of_a_path(text):
    assert repository_named(text).count("/") <= 1
