"""`manage.py validate TABLE --mapping NAME`: run the checklist over a table whose outcome is known.

`manage.py validate FOLDER --swaps` runs the exit simulator over swaps that happened.
"""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from screener.services.evidence.read_swaps import SWAP_RESULTS
from screener.validation.mapping import SHIPPED, MappingError, read_mapping
from screener.validation.run import validate
from screener.validation.swaps import TABLES, errors_of, sold_again
from screener.validation.tables import TableError, read_table

RESULTS: Final = SHIPPED / "results.json"
"""One result a set; the Validation page shows them."""


class Command(BaseCommand):
    help = "Run the checklist over a labelled table: how well does it tell bad outcomes from good ones?"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "table", metavar="TABLE", help="CSV, CSV.gz, XLSX, Parquet or ARFF; also a list or folder"
        )
        parser.add_argument(
            "--mapping", help="a TOML file (docs/validation.md), or the name of a shipped one"
        )
        parser.add_argument(
            "--swaps", action="store_true", help="TABLE is a folder of swaps: sell them by the exit simulator"
        )
        parser.add_argument("--position", type=float, help="USD that costs and exits are worked out for")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
        parser.add_argument("--save", action="store_true", help="keep the result for the Validation page")

    def handle(
        self, *, table: str, mapping: str | None, position: float | None, swaps: bool, **options: Any
    ) -> None:
        if swaps:
            self._handle_swaps(Path(table), **options)
            return
        if mapping is None:
            raise CommandError("Name a --mapping, or say --swaps for a folder of swaps.", returncode=2)
        position_usd = settings.ASSAY_POSITION_USD if position is None else position
        if not position_usd > 0:
            raise CommandError(f"--position is {position}; it must be more than 0.", returncode=2)
        try:
            result = validate(read_table(table), read_mapping(mapping), position_usd=position_usd)
        except (TableError, MappingError) as error:
            raise CommandError(str(error), returncode=2) from error
        if options["save"]:
            save(result, RESULTS)
        self.stdout.write(json.dumps(result) if options["json"] else "\n".join(lines(result)))

    def _handle_swaps(self, folder: Path, **options: Any) -> None:
        try:
            sold = {name: sold_again(folder, name) for name in TABLES}
        except FileNotFoundError as error:
            raise CommandError(f"There is no {error.filename}.", returncode=2) from error
        every = [each for of_table in sold.values() for each in of_table]
        results = {name: errors_of(of_table) for name, of_table in {**sold, "all": every}.items()}
        if options["save"]:
            for name, result in results.items():
                save({"set": name, **result}, SWAP_RESULTS)
        self.stdout.write(
            json.dumps(results) if options["json"] else "\n".join(map(swap_line, results.items()))
        )


def swap_line(result: tuple[str, dict[str, Any]]) -> str:
    """The errors on one table of swaps, for people."""
    name, errors = result
    return (
        f"{name}: {errors['swaps']:,} swaps, {_percent(errors['within_1_bp_share'])} within 1 basis point, "
        f"median {errors['median_bps']:.3g}, 99 % within {errors['p99_bps']:.3g}, "
        f"worst {errors['worst_bps']:.3g}; "
        f"{errors['better_than_possible']} of {errors['exact']:,} better than possible"
    )


def save(result: dict[str, Any], path: Path) -> None:
    """Put this set's result in the place of its former one."""
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    kept[result["set"]] = result
    path.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def lines(result: dict[str, Any]) -> list[str]:
    """The result for people, from the answer to its details."""
    return [
        f"{result['set']}: {result['rows']:,} rows, {_percent(result['base_rate'])} of them bad; "
        f"checklist {result['checklist_version']}, for a position of ${result['position_usd']:,.0f}",
        f"AUC {_figure(result['auc'])} ({_figure(result['auc_low'])} to {_figure(result['auc_high'])})",
        *(f"  {words:<24}{_figure(result[key])}" for key, words in BESIDE.items()),
        *([f"  (the best column is {result['best_column']})"] if result["best_column"] else []),
        *([f"  ({result['remark']})"] if result["remark"] else []),
        *_groups(result),
        "Bad outcomes by grade",
        *(
            f"  {name} {_percent(each['rate']):>8} of {each['n']:,}"
            for name, each in result["grades"].items()
        ),
        f"AUC without a dimension, its gates included (with all {_figure(result['auc'])})",
        *(f"  {name:<24}{_figure(value)}" for name, value in result["ablation"].items()),
        *_calibration(result),
        *_criteria(result),
        *(f"Warning: {each} is told and feeds no criterion" for each in result["idle_facts"]),
        *(f"Limit: {each}" for each in result["limits"]),
    ]


BESIDE: Final = {
    "auc_age_only": "age alone",
    "auc_size_only": "size alone",
    "auc_best_column": "best column alone",
    "auc_logistic": "logistic regression",
    "auc_boosting": "gradient boosting",
}


def _groups(result: dict[str, Any]) -> Iterator[str]:
    if result["by_group"]:
        yield f"AUC within each group: {result['group_title']}"
    for each in result["by_group"]:
        interval = f"{_figure(each['low'])} to {_figure(each['high'])}"
        yield f"  {each['group']:<8g}{_figure(each['auc'])} ({interval}), {each['bad']:,} of {each['n']:,}"


def _calibration(result: dict[str, Any]) -> Iterator[str]:
    yield (
        f"Chance by score, cross-validated: Brier {_figure(result['brier'])}, "
        f"of the base rate {_figure(result['brier_of_base_rate'])}"
    )
    for each in result["reliability"]:
        said, seen = _percent(each["predicted"]), _percent(each["observed"])
        yield f"  said {said:>7}  seen {seen:>7} of {each['n']:,}"
    masking = result["masking"]
    yield (
        f"With {_percent(masking['masked_share'])} of the inputs hidden: rank correlation "
        f"{_figure(masking['spearman'])}, {_percent(masking['moved_more_than_one_grade_share'])} moved by "
        "more than one grade"
    )


def _criteria(result: dict[str, Any]) -> Iterator[str]:
    fed = result["criteria_fed"]
    yield f"Criteria fed: {len(fed)} of {result['criteria_asked']}, with the share of rows answered"
    for each in fed:
        yield f"  {each['criterion']:<48}{_percent(each['answered_share'])}"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"
