import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.identity.auditors import FIRM_OF_ACCOUNT, FIRM_OF_SITE, firm_of


@pytest.mark.parametrize(
    ("url", "firm"),
    [
        ("https://github.com/PeckShield/publications/blob/master/report.pdf", "PeckShield"),
        ("https://raw.githubusercontent.com/trailofbits/publications/report.pdf", "Trail of Bits"),
        ("https://www.certik.com/projects/some", "CertiK"),
        ("https://blog.openzeppelin.com/some-audit", "OpenZeppelin"),
        ("https://docs.project.example/security/audits", ""),
        ("https://github.com/project/audits", ""),
        ("https://notcertik.com/x", ""),
        ("https://certik.com.evil.example/x", ""),
        ("", ""),
    ],
)
def test_a_firm_is_known_by_where_it_publishes(url, firm):
    assert firm_of(url) == firm


@given(st.sampled_from(sorted(FIRM_OF_SITE)), st.sampled_from(sorted(FIRM_OF_ACCOUNT)))
def test_sites_and_accounts_are_written_as_they_are_looked_up(site, account):
    assert site == site.lower()
    assert firm_of(f"https://{site}/a") == FIRM_OF_SITE[site]
    assert firm_of(f"https://github.com/{account}/a") == FIRM_OF_ACCOUNT[account]
