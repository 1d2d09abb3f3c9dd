import json
import logging
from types import SimpleNamespace

import pytest
import structlog

from screener import logs


@pytest.fixture
def _own_context():
    structlog.contextvars.clear_contextvars()
    yield
    structlog.contextvars.clear_contextvars()


def formatted(*, readable: bool) -> str:
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *(logs._for_people() if readable else logs._for_machines()),
        ],
        foreign_pre_chain=logs.SHARED,
    )
    record = logging.LogRecord("assets", logging.INFO, __file__, 1, "stored %d rows", (7,), None)
    return formatter.format(record)


@pytest.mark.usefixtures("_own_context")
def test_machines_get_json_with_what_is_bound():
    structlog.contextvars.bind_contextvars(request_id="r-1")
    event = json.loads(formatted(readable=False))
    assert event["event"] == "stored 7 rows"
    assert event["level"] == "info"
    assert event["logger"] == "assets"
    assert event["request_id"] == "r-1"
    assert event["timestamp"].endswith("Z")


@pytest.mark.usefixtures("_own_context")
def test_people_get_a_line():
    line = formatted(readable=True)
    assert "stored 7 rows" in line
    assert "\x1b" not in line


@pytest.mark.usefixtures("_own_context")
def test_a_task_names_what_it_works_on():
    request = SimpleNamespace(kwargs={"step_id": 3, "run_id": 4, "idle_s": 0})
    logs.bind_task(task=SimpleNamespace(name="assets.tasks.run_steps", request=request))
    assert structlog.contextvars.get_contextvars() == {
        "task": "assets.tasks.run_steps",
        "step_id": 3,
        "run_id": 4,
    }


def test_the_addresses_of_calls_are_never_logged():
    """A provider's key may be part of an address."""
    for level in ("DEBUG", "INFO"):
        told = logs.configure(level=level, readable=True)["loggers"]
        assert {told[name]["level"] for name in ("httpx2", "httpcore2")} == {"WARNING"}


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("GET /accounts/password/reset/key/1-abc-0f/", "GET /accounts/password/reset/key/…/"),
        ("GET /accounts/confirm-email/MQ:1x:y/?a=1", "GET /accounts/confirm-email/…/?a=1"),
        ("GET /shared/screens/0b0e-4f/copy/", "GET /shared/screens/…/copy/"),
        ("GET /shared/calendars/0b0e-4f.ics?a=1", "GET /shared/calendars/…?a=1"),
        ("Not Found: /profiles/shared/0b0e-4f/", "Not Found: /profiles/shared/…/"),
        ("GET /accounts/password/reset/done/", "GET /accounts/password/reset/done/"),
        ("GET /assets/a/?account=50k&stop=15%25&steps=3", "GET /assets/a/?account=…&stop=…&steps=3"),
        ("Not Found: /?kind=token&position=%2425k", "Not Found: /?kind=token&position=…"),
        ("GET /data/?stopped=1", "GET /data/?stopped=1"),
    ],
)
def test_addresses_that_let_in_or_tell_of_money_are_not_written_down(line, kept):
    assert logs.without_secrets(None, "info", {"request": line, "code": 200}) == {
        "request": kept,
        "code": 200,
    }


@pytest.mark.django_db
def test_no_request_writes_one_down(client, caplog):
    caplog.set_level("DEBUG")
    for address in ("/accounts/password/reset/key/1-sesame/", "/accounts/confirm-email/sesame/"):
        client.get(address, follow=True)
    lines = [formatted_record(record) for record in caplog.records]
    assert any("/accounts/password/reset/key/" in line for line in lines)
    assert [line for line in lines if "sesame" in line] == []


def formatted_record(record):
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *logs._for_machines()],
        foreign_pre_chain=logs.SHARED,
    )
    return formatter.format(record)


@pytest.mark.parametrize("value", ["x" * 100_000, b"x" * 100_000, ["x"] * 50_000, {"x": "x" * 100_000}])
def test_a_value_of_any_length_is_cut_in_the_middle(value):
    (cut,) = logs.bounded(None, "info", {"body": value}).values()
    assert len(cut) < logs.LONGEST_TEXT + 100
    assert " more … " in cut


@pytest.mark.parametrize("value", ["x" * logs.LONGEST_TEXT, 7, None, ["x"], {"a": 1}])
def test_what_is_short_stays_as_it_is(value):
    assert logs.bounded(None, "info", {"value": value}) == {"value": value}


def test_a_task_of_the_schedule_that_expired_is_no_warning():
    expired = {"event": "task_revoked", "expired": True, "terminated": False}
    with pytest.raises(structlog.DropEvent):
        logs.without_expired_tasks(None, "warning", expired)
    ended = expired | {"expired": False, "terminated": True}
    assert logs.without_expired_tasks(None, "warning", ended) == ended
