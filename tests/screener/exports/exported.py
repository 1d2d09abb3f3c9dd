"""Small exports for tests of the file formats."""

from datetime import UTC, datetime

import pyarrow as pa

from screener.exports import Export
from screener.exports.contents import TRUTH, Field
from screener.screens.tier_limits import OF_CHECKLIST

NOW = datetime(2026, 11, 21, 12, 0, 7, tzinfo=UTC)
FIELDS = (
    Field(name="name", label="Name"),
    Field(name="fictional", unit=TRUTH, label="Fictional"),
    Field(name="price_usd", key="price", unit="usd", label="Price", description="Of one unit."),
    Field(name="spread_share", key="spread", unit="share", label="Spread"),
)

HOSTILE = {
    "=1+1": "'=1+1",
    "+1": "'+1",
    "-2+3": "'-2+3",
    "@SUM(A1)": "'@SUM(A1)",
    "\t=1": "'\t=1",
    "\r=1": "'\r=1",
    "\n=1": "'\n=1",
    "  =1": "'  =1",
    "\u00a0=1": "'\u00a0=1",
    "\u200b\ufeff=1": "'\u200b\ufeff=1",
    "\x00=1": "'=1",
    "\tTab": "'\tTab",
    "＝1": "'＝1",
    "-": "'-",
    '=HYPERLINK("http://x.example";"y")': '\'=HYPERLINK("http://x.example";"y")',
    "=cmd|' /C calc'!A0": "'=cmd|' /C calc'!A0",
    "Bell\x07\x1b[31m": "Bell[31m",
    "Not\ufffea\uffffcharacter": "Notacharacter",
    "https://x.example/": "https://x.example/",
    'Comma, "quote"\nand line': 'Comma, "quote"\nand line',
    "A=B": "A=B",
    "1e5": "1e5",
    "007": "007",
    " blank ": " blank ",
    "_x0041_x0042_ & <b>": "_x0041_x0042_ & <b>",
    "line\rend": "line\rend",
    "'quoted": "'quoted",
    "名前 🦊": "名前 🦊",
}
"""Names as strangers write them → what may stand in a cell."""


def export_of(*rows, fields=FIELDS, batch_rows=2, **changes):
    """An export of rows told as tuples in the order of the fields."""
    schema = pa.schema([each.schema for each in fields])
    contents = {
        "fields": fields,
        "batches": (
            pa.RecordBatch.from_arrays(
                [
                    pa.array(column, field.type)
                    for column, field in zip(
                        zip(*rows[start : start + batch_rows], strict=True), schema, strict=True
                    )
                ],
                schema=schema,
            )
            for start in range(0, len(rows), batch_rows)
        ),
        "kind": "tokens",
        "query": "market_cap < 100m",
        "sort": "-score",
        "as_of": NOW,
        "rows": len(rows),
        "total": len(rows),
        "universe": 1_000,
        "fictional": 0,
    }
    return Export(**{"tiers": OF_CHECKLIST} | contents | changes)


def hostile_export():
    fields = (Field(name="name"), Field(name="price", unit="usd"))
    return export_of(*((text, -1.5) for text in HOSTILE), fields=fields, batch_rows=7)
