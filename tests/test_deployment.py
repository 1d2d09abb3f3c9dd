"""The container files: they can't be run here, so what can be read from them is held to."""

import json
import re
from pathlib import Path

import kombu
import pytest
import redis
import yaml
from django.conf import settings

from assets.network.locks import Locks
from assets.network.pacing import SharedPacer
from assets.sourcing.contract import Rate
from screener.cache import JsonCache
from screener.supervisor.services import SERVER

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SERVICES = COMPOSE["services"]
OURS = ("web", "worker", "beat", "migrate", "backup")
ONCE = {"migrate", "backup"}
"""What runs to its end."""
DIGEST = r"@sha256:[0-9a-f]{64}"


def test_every_part_is_there():
    assert set(SERVICES) == {*OURS, "postgres", "valkey"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {*ONCE, "web"}))
def test_each_server_is_looked_after(name):
    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_the_web_server_is_looked_after_by_its_image():
    assert "HEALTHCHECK" in DOCKERFILE
    assert "/healthz" in DOCKERFILE
    assert "healthcheck" not in SERVICES["web"]


def test_the_web_server_has_the_options_of_manage_py_up():
    command = json.loads(DOCKERFILE.rpartition("\nCMD ")[2])
    assert set(SERVER) <= set(command)
    assert command[-1] == "screener.asgi:application"


@pytest.mark.parametrize("name", OURS)
def test_ours_wait_for_their_servers(name):
    waits_for = SERVICES[name]["depends_on"]
    assert waits_for["postgres"]["condition"] == waits_for["valkey"]["condition"] == "service_healthy"
    if name not in ONCE:
        assert waits_for["migrate"]["condition"] == "service_completed_successfully"


def test_each_volume_is_declared_and_used():
    used = {each.split(":")[0] for service in SERVICES.values() for each in service.get("volumes", ())}
    assert used == set(COMPOSE["volumes"])


def test_no_secret_stands_in_the_files():
    for name, value in SERVICES["web"]["environment"].items() | SERVICES["postgres"]["environment"].items():
        if re.search("SECRET|PASSWORD", name):
            assert not value or value.startswith("${"), name
    assert "true" not in str(SERVICES["web"]["environment"].get("ASSAY_DEBUG", ""))


def test_web_and_workers_are_no_owner_of_the_database():
    for name in ("web", "worker", "beat"):
        told = SERVICES[name]["environment"]
        assert told["ASSAY_DATABASE_URL"].startswith("postgres://assay_app:")
        assert told["POSTGRES_PASSWORD"] == ""
    assert SERVICES["migrate"]["environment"]["ASSAY_DATABASE_URL"].startswith("postgres://assay:")
    assert "grant_role assay_app" in SERVICES["migrate"]["command"][-1]


@pytest.fixture
def of_compose(valkey):
    """The URL of the broker for a user with the rights that the compose file gives."""
    (rules,) = [each for each in SERVICES["valkey"]["command"] if each.startswith("--user assay ")]
    rights = re.sub(r">\$\{[^}]*\}", ">secret", rules).split()[2:]
    with redis.Redis.from_url(settings.BROKER_URL) as owner:
        owner.acl_setuser("assay", reset=True, enabled=True)
        owner.execute_command("ACL", "SETUSER", "assay", *rights)
        yield settings.BROKER_URL.replace("unix://", "unix://assay:secret@")
        owner.acl_deluser("assay")


@pytest.mark.broker
def test_the_user_of_the_broker_may_do_what_assay_does(of_compose):
    cache = JsonCache(of_compose, {"KEY_PREFIX": "assay", "VERSION": 2})
    cache.set("a", {"b": 1}, 60)
    assert cache.get("a") == {"b": 1}
    assert cache.add("lock", True, 60)
    pacer = SharedPacer(of_compose)
    assert pacer.claim("vendor", Rate(calls=5, per_s=60)) == 0
    pacer.hold("vendor", 5)
    assert pacer.pauses(["vendor"])
    locks = Locks(of_compose, owner="me")
    assert locks.acquire("step:1")
    locks.extend("step:1", 5)
    locks.release("step:1")
    with kombu.Connection(of_compose.replace("unix://", "redis+socket://")) as connection:
        queue = connection.SimpleQueue("celery")
        queue.put({"task": "x"}, serializer="json")
        message = queue.get(timeout=60)
        message.ack()
        queue.close()


@pytest.mark.broker
@pytest.mark.parametrize(
    "command", ["FLUSHALL", "CONFIG GET *", "KEYS *", "ACL LIST", "SHUTDOWN", "REPLICAOF a 1"]
)
def test_the_user_of_the_broker_may_configure_nothing(of_compose, command):
    with redis.Redis.from_url(of_compose) as asked, pytest.raises(redis.exceptions.NoPermissionError):
        asked.execute_command(*command.split())


def test_the_broker_knows_nobody_else():
    command = SERVICES["valkey"]["command"]
    assert "--user default off" in command
    assert SERVICES["web"]["environment"]["ASSAY_BROKER_URL"].startswith("redis://assay:${VALKEY_PASSWORD")


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


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_each_container_is_confined(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert re.fullmatch(r"\d+[mg]", service["mem_limit"])
    assert set(service["logging"]["options"]) == {"max-size", "max-file"}
    assert "privileged" not in service
    assert name in OURS or service["user"] not in {"", "root", "0"}


def test_what_is_written_has_a_place_of_its_own():
    for name in OURS:
        assert any(each.startswith("/var/lib/assay/universe:") for each in SERVICES[name]["tmpfs"])
        mode = SERVICES[name]["volumes"][0].removeprefix("backups:/var/lib/assay/backups")
        assert mode == ("" if name == "backup" else ":ro")
    assert "/var/lib/assay/backups /var/lib/assay/universe" in DOCKERFILE


def test_images_are_pinned_to_a_patch_and_a_digest_and_may_be_replaced():
    images = [SERVICES["postgres"]["image"], SERVICES["valkey"]["image"]]
    for image in images:
        assert re.fullmatch(rf"\$\{{[A-Z]+_IMAGE:-[a-z/]+:\d+\.\d+(\.\d+)?(-alpine)?{DIGEST}\}}", image)
    assert re.search(rf"^ARG PYTHON=python:3\.\d+\.\d+-slim-\w+{DIGEST}$", DOCKERFILE, flags=re.MULTILINE)
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, flags=re.MULTILINE)) == {"${PYTHON}"}
