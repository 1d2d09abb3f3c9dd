"""An invented company all of whose papers can be had without a key, as each provider's answers."""

import io
import zipfile
from datetime import date

from tests.assets.providers.nasdaqtrader.bodies import halts, others

CIK, SYMBOL = "1999077", "QUOR"
ARCHIVE = f"/Archives/edgar/data/{CIK}"
YEARS = (2022, 2023, 2024, 2025)
REPORTED = {
    "Revenues": (60, 66, 72, 80),
    "CostOfRevenue": (36, 39, 42, 46),
    "GrossProfit": (24, 27, 30, 34),
    "OperatingIncomeLoss": (3, 4, 5, 6),
    "NetIncomeLoss": (2, 2.5, 3, 4),
    "DepreciationDepletionAndAmortization": (2, 2, 2.1, 2.2),
    "SellingGeneralAndAdministrativeExpense": (12, 13, 14, 15),
    "NetCashProvidedByUsedInOperatingActivities": (4, 4.5, 5, 6),
}
"""Millions of dollars a year."""
OWNED = {
    "AccountsReceivableNetCurrent": (9, 10, 11, 12),
    "AssetsCurrent": (30, 34, 38, 43),
    "PropertyPlantAndEquipmentNet": (15, 15, 16, 16),
    "Assets": (60, 64, 70, 76),
    "LiabilitiesCurrent": (12, 12, 13, 13),
    "LongTermDebtNoncurrent": (10, 9, 8, 7),
    "LongTermDebtCurrent": (1, 1, 1, 1),
    "Liabilities": (26, 26, 26, 26),
    "StockholdersEquity": (34, 38, 44, 50),
    "RetainedEarningsAccumulatedDeficit": (8, 10.5, 13.5, 17.5),
    "CashAndCashEquivalentsAtCarryingValue": (10, 12, 14, 17),
}
SHARES = (10_000_000, 10_100_000, 10_200_000, 10_300_000)


def filed_on(year):
    return date(year + 1, 2, 26)


def accession(day, number=1):
    return f"000{CIK}-{day:%y}-{day.month:02}{day.day:02}{number:02}"


def fact(value, end, day, **more):
    return {"end": end, "val": value, "accn": accession(day), "form": "10-K", "filed": f"{day}", **more}


def company_facts():
    """Four annual reports, each with the year before."""
    us_gaap, dei = {}, {}
    for tag, values in (REPORTED | OWNED).items():
        told = []
        for place, year in enumerate(YEARS):
            for of_year, value in ((year - 1, values[place - 1]), (year, values[place]))[not place :]:
                start = {"start": f"{of_year}-01-01"} if tag in REPORTED else {}
                told.append(fact(round(value * 1e6), f"{of_year}-12-31", filed_on(year), **start))
        us_gaap[tag] = {"units": {"USD": told}}
    balance = [fact(n, f"{y}-12-31", filed_on(y)) for n, y in zip(SHARES, YEARS, strict=True)]
    us_gaap["CommonStockSharesOutstanding"] = {"units": {"shares": balance}}
    covers = [fact(n, f"{y + 1}-02-20", filed_on(y)) for n, y in zip(SHARES, YEARS, strict=True)]
    dei["EntityCommonStockSharesOutstanding"] = {"units": {"shares": covers}}
    floats = [fact(24_000_000, f"{y}-06-30", filed_on(y)) for y in YEARS]
    dei["EntityPublicFloat"] = {"units": {"USD": floats}}
    return {
        "cik": int(CIK),
        "entityName": "Quorn Instruments Inc.",
        "facts": {"us-gaap": us_gaap, "dei": dei},
    }


FILED = [
    ("424B5", date(2026, 3, 4), "", "", "d424b5.htm"),
    ("4", date(2026, 2, 12), "2026-02-10", "", "xslF345X05/form4.xml"),
    ("SCHEDULE 13G", date(2026, 2, 11), "", "", "xslSCHEDULE_13G_X02/primary_doc.xml"),
    ("10-K", filed_on(2025), "2025-12-31", "", "k25.htm"),
    *(
        ("10-Q", date(year, month, 8), f"{end}", "", f"q{year}{month}.htm")
        for year in (2025, 2024, 2023)
        for month, end in ((11, date(year, 9, 30)), (8, date(year, 6, 30)), (5, date(year, 3, 31)))
    ),
    ("10-K", filed_on(2024), "2024-12-31", "", "k24.htm"),
    ("10-K", filed_on(2023), "2023-12-31", "", "k23.htm"),
    ("10-K", filed_on(2022), "2022-12-31", "", "k22.htm"),
]


def submissions():
    newest_first = sorted(FILED, key=lambda each: each[1], reverse=True)
    forms, days, ends, items, documents = zip(*newest_first, strict=True)
    recent = {
        "accessionNumber": [accession(day, 1 if form == "10-K" else 2) for form, day, *_ in newest_first],
        "filingDate": [day.isoformat() for day in days],
        "reportDate": [*ends],
        "acceptanceDateTime": [f"{day}T12:00:00.000Z" for day in days],
        "form": [*forms],
        "items": [*items],
        "primaryDocument": [*documents],
    }
    return {
        "cik": f"{CIK:0>10}",
        "entityType": "operating",
        "sic": "3823",
        "sicDescription": "Industrial Instruments for Measurement",
        "name": "Quorn Instruments Inc.",
        "tickers": [SYMBOL],
        "exchanges": ["Nasdaq"],
        "category": "Non-accelerated filer<br>Smaller reporting company",
        "fiscalYearEnd": "1231",
        "filings": {"recent": recent, "files": []},
    }


COVER = (
    "The aggregate market value of the stock held by non-affiliates of the registrant on June 30, 2025 was "
    "$24,000,000 (7,500,000 shares), based on the closing price of $3.20 per share. As of February 20, 2026, "
    "there were 10,300,000 shares of common stock, $0.001 par value, outstanding. "
)
ANNUAL = "FORM 10-K " + COVER + "The balance sheets and the statements of cash flows follow. " * 500
PROSPECTUS = (
    "PROSPECTUS SUPPLEMENT Up to $5,000,000 of common stock. We entered into an at the market offering "
    "agreement with Acme, our sales agent. Our common stock is listed on Nasdaq under QUOR. On March 3, "
    "2026, the last reported sale price of our common stock was $4.10 per share. "
)
FORM4 = f"""<?xml version="1.0"?>
<ownershipDocument><documentType>4</documentType>
<periodOfReport>2026-02-10</periodOfReport><issuer><issuerCik>{CIK:0>10}</issuerCik></issuer>
<reportingOwner><reportingOwnerId><rptOwnerCik>0001888077</rptOwnerCik><rptOwnerName>Quill Ada</rptOwnerName>
</reportingOwnerId><reportingOwnerRelationship><isDirector>1</isDirector></reportingOwnerRelationship>
</reportingOwner><nonDerivativeTable><nonDerivativeTransaction>
<securityTitle><value>Common Stock</value></securityTitle><transactionDate><value>2026-02-10</value>
</transactionDate><transactionCoding><transactionFormType>4</transactionFormType>
<transactionCode>P</transactionCode></transactionCoding><transactionAmounts>
<transactionShares><value>50000</value></transactionShares>
<transactionPricePerShare><value>4.00</value></transactionPricePerShare>
<transactionAcquiredDisposedCode><value>A</value></transactionAcquiredDisposedCode></transactionAmounts>
<postTransactionAmounts><sharesOwnedFollowingTransaction><value>1600000</value>
</sharesOwnedFollowingTransaction></postTransactionAmounts><ownershipNature>
<directOrIndirectOwnership><value>D</value></directOrIndirectOwnership></ownershipNature>
</nonDerivativeTransaction></nonDerivativeTable></ownershipDocument>"""
SCHEDULE = f"""<?xml version="1.0"?>
<edgarSubmission xmlns="http://www.sec.gov/edgar/schedule13g">
<headerData><submissionType>SCHEDULE 13G</submissionType></headerData><formData><coverPageHeader>
<eventDateRequiresFilingThisStatement>12/31/2025</eventDateRequiresFilingThisStatement>
<issuerInfo><issuerCik>{CIK:0>10}</issuerCik></issuerInfo></coverPageHeader>
<coverPageHeaderReportingPersonDetails><reportingPersonName>Quay Asset Management</reportingPersonName>
<reportingPersonBeneficiallyOwnedAggregateNumberOfShares>600000.00</reportingPersonBeneficiallyOwnedAggregateNumberOfShares>
<classPercent>5.8</classPercent></coverPageHeaderReportingPersonDetails>
<signatureInformation><signatureDetails><date>02/11/2026</date></signatureDetails></signatureInformation>
</formData></edgarSubmission>"""
DIRECTORY = (
    "Symbol|Security Name|Market Category|Test Issue|Financial Status|Round Lot Size|ETF|NextShares\n"
    f"{SYMBOL}|Quorn Instruments Inc. - Common Stock|S|N|N|100|N|N\n"
    "File Creation Time: 0305202618:01|||||||\n"
)
THRESHOLD = (
    "Symbol|Security Name|Market Category|Reg SHO Threshold Flag|Rule 3210|Filler\n"
    "ZORB|Zorban Common Stock|Q|Y|N|\n20260305230000\n"
)
INTEREST = [
    {
        "symbolCode": SYMBOL,
        "settlementDate": "2026-02-27",
        "marketClassCode": "SC",
        "currentShortPositionQuantity": 12_000,
        "averageDailyVolumeQuantity": 90_000,
    }
]


def fails(day, price):
    """A half month in which the share failed once."""
    header = "SETTLEMENT DATE|CUSIP|SYMBOL|QUANTITY (FAILS)|DESCRIPTION|PRICE"
    line = f"{day:%Y%m%d}|74900Q101|{SYMBOL}|800|QUORN INSTRS INC COM|{price}"
    text = "\r\n".join((header, line, "Trailer record count 1", "Trailer total quantity of shares 800", ""))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("cnsfails.txt", text)
    return packed.getvalue()


def folder(form):
    """Where the document of the newest filing of this form is."""
    day = next(day for each, day, *_ in FILED if each == form)
    return f"{ARCHIVE}/{accession(day, 1 if form == '10-K' else 2).replace('-', '')}"


def answers():
    """By path what is there; everything else is not."""
    tickers = {"0": {"cik_str": int(CIK), "ticker": SYMBOL, "title": "Quorn Instruments Inc."}}
    fails_at = "/files/data/fails-deliver-data/cnsfails"
    return {
        "/files/company_tickers.json": tickers,
        f"/api/xbrl/companyfacts/CIK{CIK:0>10}.json": company_facts(),
        f"/submissions/CIK{CIK:0>10}.json": submissions(),
        f"{folder('10-K')}/k25.htm": f"<html><body>{ANNUAL}</body></html>",
        f"{folder('424B5')}/d424b5.htm": f"<html><body>{PROSPECTUS}</body></html>",
        f"{folder('4')}/form4.xml": FORM4,
        f"{folder('SCHEDULE 13G')}/primary_doc.xml": SCHEDULE,
        f"{fails_at}202602a.zip": fails(date(2026, 2, 10), "4.05"),
        f"{fails_at}202502a.zip": fails(date(2025, 2, 10), "3.60"),
        "/dynamic/symdir/nasdaqlisted.txt": DIRECTORY,
        "/dynamic/symdir/regsho/nasdaqth20260305.txt": THRESHOLD,
        "/rss.aspx": halts(published="Fri, 06 Mar 2026 14:00:00 GMT"),
        "/dynamic/symdir/otherlisted.txt": others(),
        "/data/group/otcMarket/name/consolidatedShortInterest": INTEREST,
    }
