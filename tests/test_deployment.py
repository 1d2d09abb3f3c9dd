"""The container files: they can't be run here, so what can be read from them is held to."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SERVICES = COMPOSE["services"]
OURS = ("web", "worker", "beat", "migrate")


def test_every_part_is_there():
    assert set(SERVICES) == {"migrate", "web", "worker", "beat", "postgres", "valkey"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate", "web"}))
def test_each_server_is_looked_after(name):
    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_the_web_server_is_looked_after_by_its_image():
    assert "HEALTHCHECK" in DOCKERFILE
    assert "/healthz" in DOCKERFILE
    assert "healthcheck" not in SERVICES["web"]


@pytest.mark.parametrize("name", OURS)
def test_ours_wait_for_their_servers(name):
    waits_for = SERVICES[name]["depends_on"]
    assert waits_for["postgres"]["condition"] == waits_for["valkey"]["condition"] == "service_healthy"
    if name != "migrate":
        assert waits_for["migrate"]["condition"] == "service_completed_successfully"


def test_each_volume_is_declared_and_used():
    used = {each.split(":")[0] for service in SERVICES.values() for each in service.get("volumes", ())}
    assert used == set(COMPOSE["volumes"])


def test_no_secret_stands_in_the_files():
    for name, value in SERVICES["web"]["environment"].items() | SERVICES["postgres"]["environment"].items():
        if re.search("SECRET|PASSWORD", name):
            assert value.startswith("${"), name
    assert "true" not in str(SERVICES["web"]["environment"].get("ASSAY_DEBUG", ""))


def test_nothing_is_reachable_but_the_web_server_of_this_machine():
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"web": ["127.0.0.1:${PORT:-8000}:8000"]}


def test_the_image_runs_without_root_from_hashed_requirements():
    last_stage = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert "\nUSER assay\n" in last_stage
    assert last_stage.index("USER assay") < last_stage.index("\nCMD")
    assert len(re.findall(r"--require-hashes", DOCKERFILE)) == 2


def test_the_image_copies_what_is_let_in():
    let_in = set(re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text(), flags=re.MULTILINE))
    copied = {
        source
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, flags=re.MULTILINE)
        for source in line.split()
    }
    assert copied == let_in
    assert all((ROOT / each).exists() for each in copied)
