import pytest

from assets.identity.receipts import is_receipt


@pytest.mark.parametrize(
    "name",
    [
        "Yakima plc American Depositary Shares (each representing ten Ordinary Shares)",
        "Yakima plc American Depository Shares",
        "YAKIMA PLC SPONSORED ADR",
        "YAKIMA PLC ADRs",
        "YAKIMA PLC GDS (REPTG 5",
        "YAKIMA BANK NEW DEP SHS REPSTG 1/100",
        "YAKIMA PLC DEPOSITORY RECEIPT",
        "YAKIMA PLC DEPOSIT RECEIPT",
        "YAKIMA PLC SPON DEP RCPT",
        "YAKIMA PJSC AMERICAN DEP",
        "YAKIMA COMPANY AB AMERICAN DEPO ",
        "YAKIMA & ASSOC INC. DEPOSIT",
    ],
)
def test_a_receipt_is_known_by_its_name_whole_in_short_or_cut(name):
    assert is_receipt(name)


@pytest.mark.parametrize(
    "name",
    [
        "YAKIMA INC COM",
        "WIDEPOINT CORP COM NEW",
        "INDEPENDENCE DRILLING",
        "GADRADAR CORP",
        "",
        "HOME DEPOT INC",
        "DEPOT",
    ],
)
def test_a_share_is_none(name):
    assert not is_receipt(name)
