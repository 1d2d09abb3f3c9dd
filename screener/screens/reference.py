"""Reference of the query language for analysts: `docs/query.md`, from the code itself."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from assets.metrics.families import EQUITY, TOKEN
from screener.checklist.reference import UNITS
from screener.screens.amounts import PERCENTILE, SUFFIXES
from screener.screens.columns import CATEGORIES, COLUMNS, ScreenColumn
from screener.screens.query import DEEPEST, LONGEST_QUERY
from screener.screens.vocabulary import STATE_WORDS

KINDS: Final = {TOKEN: "tokens", EQUITY: "equities"}
UNIT_WORDS: Final = {**UNITS, "change": UNITS["share"], PERCENTILE: "percentile, 0 to 100"}

HEAD: Final = """\
# Asking the screener

A query is one line of text, and its address is the screen: `/?q=market_cap<100m` can be sent to anybody.
The filter panel and the line say the same; what is set in one shows in the other.

```
kind:token market_cap < 100m exit_days(10k) < 3d top10 < 40% not gate:any
```

Tokens below $100 million, of which $10,000 can be sold within three days, whose ten largest holders have less
than 40 %, and of which no gate of the checklist says stop.

## Joining

| Written | Means |
|---|---|
| `score > 60 market_cap < 100m` | Both hold. |
| `score > 60 and market_cap < 100m` | The same. |
| `chain:solana or chain:base` | One of them holds. |
| `not gate:any` | It does not hold. |
| `score > 60 (tier:nano or known:revenue)` | Brackets hold together. |

`not` binds strongest, then what stands side by side, then `or`: `a b or c` is `(a b) or c`. Capitals make no
difference. A query has at most {longest} characters and {deepest} brackets within each other.

## Missing data

What is not known is neither above nor below anything: **a comparison with a missing value is never true, and
neither is its opposite**. `runway > 12mo` leaves out every asset whose runway nobody knows, and so does
`not runway > 12mo`. Ask for them by name: `missing:runway`, or `runway > 12mo or missing:runway`.

## Numbers

| Written | Means |
|---|---|
| `market_cap < 100m` | Below: also `<=`, `>`, `>=`, `=`, `!=`, or `≤`, `≥`, `≠`, `==`. |
| `market_cap:10m..100m` | From 10 to 100 million, both included; the colon may be a space. |
| `market_cap:10m..` | At least 10 million; `..100m` is at most 100 million. |
| `exit_days(5000) < 3d` | Worked out for a position of $5,000 instead of your own. |
| `pct(liquidity_depth) > 80` | Above 80 per cent of its tier: the percentile of a field, 0 to 100. |
| `changed:score 7d < -10` | Ten points less than 7 days ago. Over 1 to 365 days: `7d`, `2w`, `3mo`, `1y`. |
| `changed:market_cap 7d < -50%` | Halved: money and counts change by a share, all else by a difference. |
| `unlock_30d < 1d` | In days, of a field that has them: less unlocks in 30 days than trade in a day. |

What may stand behind a number depends on the unit of the field; anything else is refused, not guessed.
A comma only parts thousands (`250,000`), `1e-7` is read as well, and a number of a share without a sign is a
share of one: `top10 < 40` is true of everything, `top10 < 40%` or `top10 < 0.4` is meant. A space before the
suffix is fine, and so are whole words: `100 million`, `3 days`. Only US dollars may have a `$` before them.

| Unit | What may stand behind a number, and how many of the unit it is |
|---|---|
"""

WORDS: Final = """
## Words

| Written | Means |
|---|---|
| `chain:solana,base` | One of these. {categories}. Capitals make no difference. |
| `sector:"Real World Assets",DeFi` | In quotes where it is more than one word. |
| `tag:ai,defi` | You have tagged it with one of these. |
| `gate:any` | A gate says stop. |
| `gate:unverified` | A gate could not be checked. |
| `gate:clear` | Neither. |
| `gate:tokenomics.mint_authority` | The gate of this criterion says stop. |
| `state:transparency.audit=fail,caution` | A criterion was answered so: {states}. |
| `missing:revenue` | Nothing is known of this field; `known:revenue` is the opposite. |
| `watch:any`, `watch:"My list"` | On one of your watchlists, or on this one. |
| `pepe` | Part of the name or the symbol; `name~pepe` and `"pepe"` are the same. |
| `"market_cap"`, `"or"` | A text that is also a word of the language stands in quotes. |

Within quotes `\\"` is a quote and `\\\\` a backslash. The ids of the criteria stand in
the checklist.

`stale` is any answer whose facts are older than they may be; the others are of fresher ones. `unknown` is
what nobody has told, `questioned` what was told and other figures contradict, `n-a` what is not asked of
such an asset.

## Fields

Names in brackets mean the same field.

| Field | What it is | Unit |
|---|---|---|
"""

FOOT: Final = """
This page is written from the code by `manage.py checklist --query > docs/query.md`: change the code, not it.
"""


def query_reference() -> str:
    """The whole reference as Markdown."""
    return "".join(
        [
            HEAD.format(longest=f"{LONGEST_QUERY:,}", deepest=DEEPEST),
            *(f"{line}\n" for line in dict.fromkeys(_units())),
            WORDS.format(categories=_categories(), states=", ".join(f"`{each}`" for each in STATE_WORDS)),
            *(f"{_row(each)}\n" for each in COLUMNS),
            FOOT,
        ]
    )


def _units() -> Iterator[str]:
    """One row a unit: the shortest spelling of each suffix and how many of the unit it is."""
    for unit, suffixes in SUFFIXES.items():
        shortest: dict[Fraction, str] = {}
        for suffix, size in suffixes.items():
            if suffix:
                shortest.setdefault(size, suffix)
        suffixes_text = ", ".join(f"`{suffix}` {_fraction(size)}" for size, suffix in shortest.items())
        yield f"| {UNIT_WORDS[unit]} | {suffixes_text or 'nothing'} |"


def _fraction(size: Fraction) -> str:
    return f"{size.numerator:,}" + (f"/{size.denominator:,}" if size.denominator > 1 else "")


def _categories() -> str:
    return ", ".join(f"`{each.key}`" for each in CATEGORIES)


def _row(column: ScreenColumn) -> str:
    names = f"`{column.key}`" + (
        f" ({', '.join(f'`{each}`' for each in sorted(column.aliases))})" if column.aliases else ""
    )
    kind = f" Only of {KINDS[column.kind]}." if column.kind else ""
    meaning = f"{column.label}. {column.description}{kind}".replace("|", "\\|")
    return f"| {names} | {meaning} | {UNIT_WORDS[column.unit]} |"
