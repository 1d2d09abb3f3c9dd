import csv
import gzip
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from assets.metrics.measure import measure
from screener.checklist import DIMENSIONS
from screener.management.commands import validate as module
from screener.management.commands.validate import lines, save
from screener.validation import run, swaps
from screener.validation.baselines import Baselines
from screener.validation.batch import Batch
from screener.validation.mapping import read_mapping
from screener.validation.statistics import auc, rates
from screener.validation.swaps import TABLES
from screener.validation.tables import read_table
from tests.screener.validation.labelled import table

LABELLED = Path(__file__).parents[4].parent / "shared" / "data" / "labelled"
SETS = {
    "uniswap_rugs": "uniswap_v2_rugpull_bobai/Dataset_v1.9.csv",
    "uniswap_small": "uniswap_v2_labeled_small/dataset_labeled.csv",
    "uniswap_day1": "uniswap_v2_pools_raw/features_obs_1d_h14d.csv.gz",
    "polish_1y": "polish_bankruptcy/5year.arff.gz",
    "solana_pools": "solrpds",
    "us_listed": "us_listed_bankruptcy/us_2001_2011.csv.gz",
    "us_microcaps": "us_listed_bankruptcy/us_2001_2011_micro.csv.gz",
    "sushiswap_14d": "sushiswap_polygon/features_obs_1d.csv.gz",
    "sushiswap_90d": "sushiswap_polygon/features_obs_1d.csv.gz",
    "sushiswap_silent_14d": "sushiswap_polygon/features_obs_1d.csv.gz",
    "sushiswap_silent_90d": "sushiswap_polygon/features_obs_1d.csv.gz",
}
MAPPING = """
kind = "token"
now = 2022-01-31T00:00:00Z
limits = ["Made up."]
size = "reserve"
label = {column = "outcome", bad = "dead"}
[[facts.pools]]
pool_type = "'constant_product'"
reserve_usd = "reserve"
buys_24h = "trades"
sells_24h = 0
[facts.disclosure]
site_since = "days_ago(trades)"
"""
LEARNED = ("auc_logistic", "auc_boosting")


@pytest.fixture(autouse=True)
def _nothing_learned(monkeypatch):
    """Baselines have tests of their own and take a second each."""
    monkeypatch.setattr(run, "baselines", lambda _features, _bad, *, seed: Baselines())


@pytest.fixture
def files(tmp_path):
    table(120).to_csv(tmp_path / "pools.csv", index=False)
    (tmp_path / "mine.toml").write_text(MAPPING)
    return tmp_path


def output_of(files, *options, mapping="mine.toml"):
    out = StringIO()
    call_command(
        "validate", str(files / "pools.csv"), "--mapping", str(files / mapping), *options, stdout=out
    )
    return out.getvalue()


def test_json_is_one_object_and_nothing_else(files):
    result = json.loads(output_of(files, "--json"))
    assert result["set"] == "mine"
    assert result["rows"] == 120
    assert set(result) >= {
        *("set", "rows", "base_rate", "auc", "auc_low", "auc_high", "auc_age_only", "auc_size_only"),
        *("auc_logistic", "auc_boosting", "grades", "criteria_fed", "brier", "reliability", "ablation"),
        *("masking", "checklist_version", "limits"),
    }
    assert list(result["grades"]) == ["A", "B", "C", "D", "E"]


def test_people_get_lines(files):
    text = output_of(files, "--position", "5000")
    assert text.startswith("mine: 120 rows, ")
    assert "for a position of $5,000" in text.splitlines()[0]
    assert "gradient boosting" in text
    assert "the best column is " in text
    assert "Warning: disclosure.site_since is told and feeds no criterion" in text
    assert "Limit: Made up." in text


def test_groups_are_told_by_themselves(files):
    group = 'group = { by = "reserve > 30000", title = "Deep (1) or not (0)" }'
    (files / "grouped.toml").write_text(MAPPING.replace('size = "reserve"', group))
    text = output_of(files, mapping="grouped.toml").splitlines()
    first = text.index("AUC within each group: Deep (1) or not (0)")
    assert [line.split()[0] for line in text[first + 1 : first + 3]] == ["0", "1"]


def test_the_position_is_the_setting_s_or_told(files, settings):
    settings.ASSAY_POSITION_USD = 1_234
    assert json.loads(output_of(files, "--json"))["position_usd"] == 1_234
    assert json.loads(output_of(files, "--json", "--position", "50"))["position_usd"] == 50


def test_saved_results_stand_beside_each_other(files, monkeypatch):
    path = files / "results.json"
    monkeypatch.setattr(module, "RESULTS", path)
    save({"set": "other", "auc": 0.5}, path)
    save({"set": "mine", "auc": 0.1}, path)
    result = json.loads(output_of(files, "--json", "--save"))
    assert json.loads(path.read_text()) == {"other": {"set": "other", "auc": 0.5}, "mine": result}


def test_what_is_not_known_is_a_dash():
    figures = ("auc", "auc_low", "auc_high", "auc_age_only", "auc_size_only", "auc_best_column", *LEARNED)
    result = {
        **dict.fromkeys((*figures, "brier", "brier_of_base_rate")),
        **{
            "set": "x",
            "rows": 2,
            "base_rate": 0.5,
            "checklist_version": "1",
            "remark": "Too few.",
            "best_column": None,
            "position_usd": 5_000.0,
            "by_group": [],
            "idle_facts": [],
            "limits": [],
        },
        **{"grades": {"A": {"n": 0, "rate": None}}, "ablation": {"utility": None}, "reliability": []},
        "masking": {"masked_share": 0.3, "spearman": None, "moved_more_than_one_grade_share": 0.0},
        **{"criteria_fed": [], "criteria_asked": 3},
    }
    text = "\n".join(lines(result))
    assert "AUC – (– to –)" in text
    assert "(Too few.)" in text
    assert "Criteria fed: 0 of 3" in text


@pytest.mark.parametrize(
    ("table_path", "mapping", "message"),
    [
        ("none.csv", "mine.toml", "There is no file"),
        ("pools.csv", "none.toml", "There is no mapping"),
        ("pools.csv", "uniswap_day1", "there is no column 'pull'"),
    ],
)
def test_a_mistake_is_one_sentence_and_exit_code_2(files, table_path, mapping, message):
    mapping = str(files / mapping) if mapping.endswith(".toml") else mapping
    with pytest.raises(CommandError, match=message) as error:
        call_command("validate", str(files / table_path), "--mapping", mapping)
    assert error.value.returncode == 2
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("position", ["0", "-5", "nan"])
def test_a_position_of_nothing_is_refused(files, position):
    with pytest.raises(CommandError, match="more than 0") as error:
        output_of(files, "--position", position)
    assert error.value.returncode == 2


@pytest.mark.shared
@pytest.mark.parametrize("name", SETS)
def test_each_shipped_mapping_fits_its_table(name):
    path = LABELLED / SETS[name]
    if not path.exists():
        pytest.skip(f"The labelled table {SETS[name]} does not lie beside the checkout.")
    batch = Batch.of(read_table(str(path)), read_mapping(name))
    assert len(batch.facts().assets) == len(batch.bad) > 100


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("us_microcaps", 0.72),
        ("us_listed", 0.74),
        ("uniswap_rugs", 0.95),
        ("uniswap_day1", 0.76),
        ("polish_1y", 0.81),
    ],
)
def test_the_checklist_reaches_what_it_is_held_to(name, least):
    path = LABELLED / SETS[name]
    if not path.exists():
        pytest.skip(f"The labelled table {SETS[name]} does not lie beside the checkout.")
    batch = Batch.of(read_table(str(path)), read_mapping(name))
    facts = batch.facts()
    scored = run.ScoredBatch.of(measure(facts, position_usd=5_000.0), facts, DIMENSIONS)
    assert auc(scored.risk, batch.bad) >= least
    by_grade = rates(scored.grade, batch.bad, run.LETTERS).values()
    shares = [each["rate"] for each in by_grade if each["n"]]
    assert shares == sorted(shares)


def test_swaps_are_sold_again_and_kept(tmp_path, monkeypatch, capsys):
    swap = {
        "reserve_in": 10**18,
        "reserve_out": 10**18,
        "amount_in": 10**15,
        "amount_out": 10**15 * 997 * 10**18 // (10**21 + 10**15 * 997),
        "units_below_formula": 0,
    }
    for name in TABLES:
        with gzip.open(tmp_path / f"{name}.csv.gz", "wt", newline="") as file:
            csv.writer(file).writerows([swap, swap.values()])
    monkeypatch.setattr(swaps, "TABLES", dict.fromkeys(TABLES, swaps.constant_product_swap))
    monkeypatch.setattr(module, "SWAP_RESULTS", tmp_path / "swaps.json")
    call_command("validate", tmp_path, swaps=True, save=True)
    kept = json.loads((tmp_path / "swaps.json").read_text())
    assert {name: each["within_1_bp_share"] for name, each in kept.items()} == dict.fromkeys(
        (*TABLES, "all"), 1.0
    )
    assert "0 of 1 better than possible" in capsys.readouterr().out


@pytest.mark.parametrize(("more", "says"), [({}, "--mapping"), ({"swaps": True}, "There is no .*v2_swaps")])
def test_neither_a_mapping_nor_swaps_is_refused_in_one_sentence(tmp_path, more, says):
    with pytest.raises(CommandError, match=says):
        call_command("validate", tmp_path, **more)
