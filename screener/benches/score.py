"""How fast assets are scored, beside the raw bulk load of the very scorecards that this writes.

In memory is what one core makes of facts that are columns already: measures, answers and scores; written
out, with the findings as they are stored as well. Ours, end to end, begins at the rows of facts in the
database and ends at scorecards in it. Raw is what the database does at best with the prepared values of
these scorecards: `executemany` on SQLite, `COPY` on PostgreSQL. Filling and scoring have a process each,
so that the peak of memory is that of scoring alone.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from screener.benches.databases import databases, in_its_own_process, new_database

SLICE: Final = 5_000
"""So many assets are scored, and their cards loaded once more, in turn: both see the same database."""

IN_MEMORY: Final = 10_000
"""Assets a batch in memory, no more than there are."""

ROUNDS: Final = 5
"""The best of so many counts in memory, in time of this process: other work on the machine adds to it."""


def measure(sizes: list[int]) -> Iterator[Mapping[str, Any]]:
    """One row for each size and database."""
    for size in sizes:
        for database in databases():
            with new_database(database) as url:
                in_its_own_process(__name__, "fill", str(size), url=url)
                measured = in_its_own_process(__name__, "score", str(size), url=url)
            yield {"assets": size, "database": database, **measured}


# In the process of one measurement ------------------------------------------------------


def _fill(size: int) -> Mapping[str, Any]:
    from django.core.management import call_command

    from screener.benches.market import tell_facts

    call_command("migrate", verbosity=0)
    tell_facts(size)
    return {"assets": size}


def _score(size: int) -> Mapping[str, Any]:
    from screener.services.scoring.score_assets import score_assets

    batch = min(size, IN_MEMORY)
    in_memory_s, written_out_s = _in_memory_s(batch)
    ours_s, raw_s = 0.0, 0.0
    for start in range(1, size + 1, SLICE):
        ids, last = range(start, min(start + SLICE, size + 1)), _last_card()
        ours_s += _seconds(partial(score_assets, ids))
        raw_s += _raw_again(last, len(ids))
    return {
        "in_memory_assets_per_s": round(batch / in_memory_s),
        "written_out_assets_per_s": round(batch / written_out_s),
        "end_to_end_assets_per_s": round(size / ours_s),
        "raw_load_s": round(raw_s, 3),
        "ours_s": round(ours_s, 3),
        "ratio": round(ours_s / raw_s, 2),
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _in_memory_s(size: int) -> tuple[float, float]:
    """Seconds of one core for a batch: from columns to scores, and to findings as they are stored.

    Each round has facts of its own: what one keeps of its facts (`Facts.made`) would cost the next nothing.
    """
    import orjson
    from django.conf import settings
    from django.utils import timezone

    from assets.metrics.measure import measure as measures_of
    from assets.services.reading.facts import facts_of
    from screener.checklist.judge import judge_columns
    from screener.checklist.judgements import judgements_of
    from screener.services.scoring.write_scorecards import collector_paused

    stored = facts_of(range(1, size + 1), now=timezone.now())

    def seconds() -> tuple[float, float]:
        facts = replace(stored)
        begun = time.process_time()
        measures = measures_of(facts, position_usd=settings.ASSAY_POSITION_USD)
        kinds = list(judge_columns(measures, facts))
        judged = time.process_time()
        with collector_paused():
            for each in kinds:
                for judgement in judgements_of(each):
                    orjson.dumps(judgement.findings)
        return judged - begun, time.process_time() - begun

    taken = [seconds() for _round in range(ROUNDS)]
    return min(one for one, _both in taken), min(both for _one, both in taken)


def _last_card() -> int:
    from screener.models import Scorecard

    return Scorecard.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _raw_again(last: int, expected: int) -> float:
    """Load the cards that were written last once more, as the values that the database gave; seconds."""
    from django.db import connection, transaction

    from screener.models import Scorecard

    quote = connection.ops.quote_name
    table = quote(Scorecard._meta.db_table)
    fields = [field for field in Scorecard._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} WHERE id > %s", [last])  # noqa: S608 - our own names
        cards = cursor.fetchall()
    if len(cards) != expected:
        raise RuntimeError(f"{expected} assets were scored and {len(cards)} scorecards written.")
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", cards)  # noqa: S608
        else:
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for card in cards:
                    copy.write_row(card)
    return time.perf_counter() - begun


STAGES: Final[Mapping[str, Callable[[int], Mapping[str, Any]]]] = {"fill": _fill, "score": _score}


def main() -> None:
    import django

    django.setup()
    stage, size = sys.argv[1:]
    sys.stdout.write(json.dumps(STAGES[stage](int(size))) + "\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "screener.settings")
    main()
