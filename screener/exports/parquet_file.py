"""Parquet: typed columns, a row group a batch; units, screen and moment in the metadata.

Texts are as they are known: nothing that reads Parquet runs them as formulas.
"""

from collections.abc import Iterator

import pyarrow as pa
from pyarrow import parquet

from screener.exports.contents import Export
from screener.exports.outbox import Outbox
from screener.screens.tier_limits import limits_as_typed


def write_parquet(export: Export) -> Iterator[bytes]:
    outbox = Outbox()
    schema = pa.schema([each.schema for each in export.fields], metadata=_metadata(export))
    sink = pa.PythonFile(outbox, mode="w")
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        for batch in export.batches:
            writer.write_batch(batch.replace_schema_metadata(schema.metadata))
            yield outbox.fetch()
    yield outbox.fetch()


def _metadata(export: Export) -> dict[str, str]:
    """Keys are the same in every language; programs read them."""
    return {
        "query": export.query,
        "sort": export.sort,
        **({"position": export.position} if export.position else {}),
        **{f"tiers_{kind}": limits_as_typed(steps) for kind, steps in export.tiers.steps.items()},
        "as_of": export.moment,
        "rows": str(export.rows),
        "fictional_rows": str(export.fictional),
        "notice": "Not financial advice.",
    }
