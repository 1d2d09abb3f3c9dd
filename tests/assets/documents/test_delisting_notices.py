import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.documents.delisting_notices import delisting_notice


def notice(security, rule):
    return (
        '<DOCUMENT><TYPE>25-NSE<TEXT><XML>\n<?xml version="1.0"?>\n<notificationOfRemoval>'
        f"<issuer><cik>0001999001</cik></issuer><descriptionClassSecurity>{security}</descriptionClassSecurity>"
        f"<ruleProvision>{rule}</ruleProvision></notificationOfRemoval>\n</XML></TEXT></DOCUMENT>"
    ).encode()


@pytest.mark.parametrize(
    ("security", "rule", "event"),
    [
        ("Common Stock", "17 CFR 240.12d2-2(b)", "struck_by_exchange"),
        ("Common Stock, par value $0.001 per share", "17 CFR 240.12d2-2(b)", "struck_by_exchange"),
        ("Class A Common Stock", "17 CFR 240.12d2-2(a)(3)", "security_ended"),
        ("Ordinary Shares", "17 CFR 240.12d2-2(c)", "withdrawn_by_issuer"),
        ("American Depositary Shares, each for ten", "17 CFR 240.12d2-2 (b)", "struck_by_exchange"),
        ("Warrants to purchase common stock", "17 CFR 240.12d2-2(b)", "other_class_removed"),
        ("Redeemable warrants, one for a common share", "17 CFR 240.12d2-2(b)", "other_class_removed"),
        ("6.25% Senior Notes due 2030", "17 CFR 240.12d2-2(a)(1)", "other_class_removed"),
        ("Units, each of one share and one right", "17 CFR 240.12d2-2(b)", "other_class_removed"),
        ("", "17 CFR 240.12d2-2(b)", "undecided"),
        ("Common Stock", "", "undecided"),
    ],
)
def test_which_class_is_removed_and_by_whom(security, rule, event):
    found = delisting_notice(notice(security, rule))
    assert (found.item, found.event) == ("25", event)
    assert found.passage.text == f"{security}: {rule}"


@pytest.mark.parametrize(
    "body", [b"", b"<html>Form 25</html>", b"<notificationOfRemoval><a></notificationOfRemoval>"]
)
def test_what_is_no_such_form_is_not_read(body):
    assert delisting_notice(body) is None


@given(st.binary(max_size=200))
def test_any_body_is_read_or_not(rest):
    body = notice("Common Stock", "17 CFR 240.12d2-2(b)")
    found = delisting_notice(rest + body[: len(body) - len(rest) % 50] + rest)
    assert found is None or found.item == "25"
