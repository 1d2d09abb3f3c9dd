"""Charter amendments: splits, names, share classes, by-laws and rights."""

import pytest

from assets.documents.charter import split_ratio
from assets.documents.current_report import reported_events
from assets.documents.text import DocumentText

AMENDMENTS = (
    (
        "reverse_split+1:10+2023-01-09",
        "Item 5.03 Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year. On "
        "January 5, 2023, the Company filed a Certificate of Amendment to effect a reverse stock "
        "split of its common stock at a ratio of 1-for-10, which will become effective at 5:00 p.m. "
        "on January 9, 2023.",
    ),
    (
        "reverse_split+1:25",
        "Item 5.03 Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year. At a "
        "special meeting the stockholders approved a reverse stock split at a ratio in the range of "
        "1-for-5 to 1-for-50. On January 5, 2023 the Board approved a 1-for-25 reverse stock split.",
    ),
    (
        "reverse_split+1:15",
        "Item 5.03 Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year. As a "
        "result of the Reverse Stock Split, every fifteen (15) shares of the Company's issued and "
        "outstanding common stock were combined into one issued and outstanding share.",
    ),
    (
        "reverse_split+1:8",
        "Item 5.03 Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year. The "
        "Company effected a one (1)-for-eight (8) reverse split of its issued and outstanding common "
        "stock on January 9, 2023.",
    ),
    (
        "reverse_split+1:200",
        "Item 5.03 Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year. On "
        "January 5, 2023, FINRA announced a 200-to-1 reverse stock split of the common stock.",
    ),
    (
        "reverse_split+1:20",
        "Item 5.03 Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year. The "
        "share consolidation of the Company's ordinary shares at a ratio of twenty (20) ordinary "
        "shares to one became effective on January 9, 2023.",
    ),
    (
        "forward_split+4.0",
        "Item 5.03 Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year. On "
        "January 5, 2023, the Company filed articles of amendment to effect a four-for-one forward "
        "stock split of its common stock.",
    ),
    (
        "forward_split+2.0",
        "Item 5.03 Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year. The "
        "Board approved a 2-for-1 stock split, and the Company filed an amendment to effect it.",
    ),
    (
        "preferred_designation",
        "Item 5.03 Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year. On "
        "January 5, 2023 the Company filed a Certificate of Designation of Series B Preferred Stock. "
        "The conversion price is subject to adjustment for stock splits, stock dividends, reverse "
        "stock splits and similar events.",
    ),
    (
        "authorised_shares_change",
        "Item 5.03 Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year. On "
        "January 5, 2023 the Company filed a Certificate of Amendment to increase the number of "
        "authorized shares of common stock from 100,000,000 to 300,000,000.",
    ),
    (
        "name_change",
        "Item 5.03 Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year. "
        "Effective January 5, 2023, the Company changed its name from Foo Inc. to Bar Inc. by filing "
        "a certificate of amendment. In connection with this the Board amended the bylaws to reflect "
        "the new name.",
    ),
    (
        "name_change",
        "Item 5.03 Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year. On "
        "January 5, 2023 the Company merged its subsidiary into itself for the sole purpose of "
        "effecting a corporate name change.",
    ),
    (
        "bylaws",
        "Item 5.03 Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year. On "
        "January 5, 2023, the Board adopted amended and restated by-laws, effective immediately, to "
        "address the universal proxy rules and make changes consistent with the certificate of "
        "incorporation.",
    ),
    (
        "fiscal_year_change",
        "Item 5.03 Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year. On "
        "January 5, 2023, the Board approved a change in the Company's fiscal year end from June 30 "
        "to December 31.",
    ),
    (
        "spac_extension",
        "Item 5.03 Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year. The "
        "stockholders approved an amendment to extend the date by which the Company must consummate a"
        " business combination from January 9, 2023 to July 9, 2023.",
    ),
    (
        "preferred_elimination",
        "Item 5.03 Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year. On "
        "January 5, 2023, the Company filed a Certificate of Elimination eliminating its Series A "
        "Junior Participating Preferred Stock.",
    ),
    (
        "charter_other",
        "Item 5.03 Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year. On "
        "January 5, 2023, the stockholders approved an amendment to the certificate of incorporation "
        "to declassify the board; it was filed with the Secretary of State that day.",
    ),
    (
        "charter_other",
        "Item 5.03 Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year. On "
        "January 5, 2023, the Company filed a restated certificate of incorporation.",
    ),
    (
        "reference_only",
        "Item 5.03 Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year. The "
        "information set forth in Item 3.03 is incorporated by reference into this Item 5.03.",
    ),
    (
        "rights_plan_adopted",
        "Item 3.03 Material Modification to Rights of Security Holders. On January 5, 2023 the Board "
        "adopted a rights agreement and declared a dividend of one right for each share.",
    ),
    (
        "rights_plan_extended",
        "Item 3.03 Material Modification to Rights of Security Holders. On January 5, 2023 the "
        "Company entered into Amendment No. 2 to the Rights Agreement, which extended the final "
        "expiration date to January 5, 2024.",
    ),
)


def event_of(text, item):
    return {each.item: each for each in reported_events(DocumentText(text))}[item]


@pytest.mark.parametrize(("event", "text"), AMENDMENTS)
def test_what_was_amended(event, text):
    name, *details = event.split("+")
    found = event_of(text, text.removeprefix("Item ")[:4])
    assert found.event == name
    ratio = (
        "" if found.ratio is None else f"1:{round(1 / found.ratio)}" if found.ratio < 1 else str(found.ratio)
    )
    assert set(details) <= {ratio, str(found.effective_on)}


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("a 1-for-30 reverse stock split", 1 / 30),
        ("a one-for-nine reverse stock split", 1 / 9),
        ("a reverse split at 1:20,000", 1 / 20_000),
        ("a 10-to-1 reverse stock split", 1 / 10),
        ("every thirty-five (35) shares of common stock were combined into one share", 1 / 35),
        ("a three-for-one forward stock split", 3),
        ("a reverse split in a range between 1-for-2 and 1-for-30", None),
        ("the Company's 10-for-10 offer", None),
        ("a meeting of holders", None),
    ],
)
def test_ratio(text, ratio):
    assert split_ratio(text) == (None if ratio is None else pytest.approx(ratio))
