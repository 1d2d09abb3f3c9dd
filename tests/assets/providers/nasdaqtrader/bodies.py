"""Small invented bodies in the shape of Nasdaq Trader's files."""

from datetime import UTC, datetime

from assets.providers.nasdaqtrader.provider import NasdaqTrader
from assets.sourcing.contract import Need

PROVIDER = NasdaqTrader()
(ASKED,) = PROVIDER.requests(Need(family="venue"))

HEADER = "Symbol|Security Name|Market Category|Test Issue|Financial Status|Round Lot Size|ETF|NextShares"
LISTED = (
    "AURM|Aurelium Mining Corp. - Common Stock|S|N|D|100|N|N",
    "BRVO|Bravoid Holdings plc - American Depositary Shares|G|N|N|100|N|N",
    "CNDR|Condor Optics, Inc. - Class A Common Stock|Q|N|H|100|N|N",
    "CNDRW|Condor Optics, Inc. - Warrant|Q|N|N|100|N|N",
    "DELTF|Delta Growth ETF|G|N|N|100|Y|N",
    "ZTST|Nasdaq Test Company - Common Stock|Q|Y|N|100||N",
)
CREATED = "File Creation Time: 0227202621:31|||||||"

OTHER_HEADER = "ACT Symbol|Security Name|Exchange|CQS Symbol|ETF|Round Lot Size|Test Issue|NASDAQ Symbol"
OTHERS = (
    "EFFR|Effra Corp Common Stock|N|EFFR|N|100|N|EFFR",
    "EFFR$B|Effra Corp 6.5% Series B Preferred Stock|N|EFFRpB|N|100|N|EFFR-B",
    "GRLT.A|Garland Brewing Company|A|GRLT.A|N|10|N|GRLT.A",
    "GRLT.W|Garland Brewing Company Warrants to purchase Class A common stock|A|GRLT.WS|N|100|N|GRLT+",
)
OTHERS_CREATED = "File Creation Time: 0227202621:31||||||"

THRESHOLD_HEADER = "Symbol|Security Name|Market Category|Reg SHO Threshold Flag|Rule 3210|Filler "
THRESHOLD = (
    "BRVO|BRAVOID HLDGS PLC ADS|G|Y|N| ",
    "CNDR|CONDOR OPTICS CL A|Q|N|N| ",
    "DELTF|DELTA GROWTH ETF|G|Y|N| ",
)
PUBLISHED = "20260227230022"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def lines(*parts):
    return ("\r\n".join(parts) + "\r\n").encode()


def directory(*listed, header=HEADER, created=CREATED):
    return lines(header, *(listed or LISTED), created)


def others(*listed):
    return lines(OTHER_HEADER, *(listed or OTHERS), OTHERS_CREATED)


def threshold(*listed, published=PUBLISHED):
    return lines(THRESHOLD_HEADER, *listed, published)


def halt(symbol, code, *, date="02/20/2026", time="09:30:00", resumption="", resumed=""):
    return f"""<item><title>{symbol}</title><ndaq:HaltDate>{date}</ndaq:HaltDate>
<ndaq:HaltTime>{time}</ndaq:HaltTime><ndaq:IssueSymbol>{symbol}</ndaq:IssueSymbol>
<ndaq:IssueName>Invented</ndaq:IssueName><ndaq:Market>NASDAQ</ndaq:Market>
<ndaq:ReasonCode>{code}</ndaq:ReasonCode><ndaq:ResumptionDate>{resumption}</ndaq:ResumptionDate>
<ndaq:ResumptionTradeTime>{resumed}</ndaq:ResumptionTradeTime></item>"""


def halts(*items, count=None, published="Fri, 27 Feb 2026 21:00:00 GMT"):
    return f"""\ufeff<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:ndaq="http://www.nasdaqtrader.com/"><channel><title>NASDAQTrader.com</title>
<pubDate>{published}</pubDate><ttl>1</ttl>
<ndaq:numItems>{len(items) if count is None else count}</ndaq:numItems>
{"".join(items)}</channel></rss>""".encode()


def by_symbol(rows, field):
    return {row.asset.identifiers[0][1]: getattr(row, field) for row in rows}
