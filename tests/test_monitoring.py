"""Alert rules and dashboard: each metric that they name is one that `/metrics` has."""

import json
import re
from pathlib import Path

import yaml
from prometheus_client import REGISTRY

from screener.services.operation.product_metrics import METRICS, UP
from screener.views.metrics import HEARTBEATS

MONITORING = Path(__file__).resolve().parent.parent / "docs" / "monitoring"
ALERTS = yaml.safe_load((MONITORING / "alerts.yml").read_text())["groups"][0]["rules"]
DASHBOARD = json.loads((MONITORING / "dashboard.json").read_text())
EXPRESSIONS = [rule["expr"] for rule in ALERTS] + [
    target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]
]
OURS = {metric.name for metric in (*METRICS, UP)} | {
    "assay_heartbeat_age_seconds",
    "assay_backup_age_seconds",
    "assay_universe_revision",
    "assay_universe_behind",
}


def named(pattern):
    return {name for each in EXPRESSIONS for name in re.findall(pattern, each)}


def test_each_figure_of_the_product_is_watched_and_each_watched_one_exists():
    assert named(r"assay_\w+") == OURS


def test_each_metric_of_requests_exists():
    import django_prometheus.middleware

    django_prometheus.middleware.Metrics.get_instance()
    known = {
        f"{metric.name}{ending}" for metric in REGISTRY.collect() for ending in ("", "_total", "_bucket")
    }
    assert named(r"django_\w+") <= known


def test_labels_are_those_that_the_figures_have():
    labels = {metric.name: metric.label for metric in METRICS} | {"assay_heartbeat_age_seconds": "process"}
    for expression in EXPRESSIONS:
        for name, label in re.findall(r"(assay_\w+)\{(\w+)=", expression):
            assert labels[name] == label
        for process in re.findall(r'process="(\w+)"', expression):
            assert process in HEARTBEATS


def test_each_alert_says_how_urgent_it_is_and_what_it_means():
    assert len({rule["alert"] for rule in ALERTS}) == len(ALERTS)
    for rule in ALERTS:
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert rule["annotations"]["summary"].endswith(".")
