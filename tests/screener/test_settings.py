"""The settings as other processes see them: each case is a start of its own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assets.providers import PROVIDERS
from screener.checks import known_variables, variables_of

ROOT = Path(__file__).resolve().parents[2]
SECRET = "0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGHIJ"
PRODUCTION = {"ASSAY_SECRET_KEY": SECRET, "ASSAY_ALLOWED_HOSTS": "assay.example.com"}
TELL = (
    "import json, sys; from screener import settings;"
    "print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))"
)


def start(argv: list[str], state: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ASSAY_", "DJANGO_"))}
    environment = {**clean, "ASSAY_ENV_FILE": os.devnull, "ASSAY_STATE_DIR": str(state), **variables}
    return subprocess.run(
        [sys.executable, *argv], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def settings_with(state: Path, *names: str, **variables: str) -> dict:
    done = start(["-c", TELL, *names], state, **variables)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_production_is_safe(tmp_path):
    found = settings_with(
        tmp_path,
        *("DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "ALLOWED_HOSTS"),
        **PRODUCTION,
    )
    assert found == {
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "ALLOWED_HOSTS": ["assay.example.com", "localhost", "127.0.0.1", "[::1]"],
    }


def test_they_load_nothing_that_computes(tmp_path):
    """The front of the web server needs no more than they: numpy and pandas would triple its memory."""
    heavy = (
        "from screener import settings; import sys; print({'numpy', 'pandas', 'pyarrow'} & {*sys.modules})"
    )
    done = start(["-c", heavy], tmp_path, **PRODUCTION)
    assert done.stdout == "set()\n", done.stderr


def test_production_passes_the_deployment_check(tmp_path):
    done = start(["manage.py", "check", "--deploy", "--fail-level", "WARNING"], tmp_path, **PRODUCTION)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("server", ["screener.wsgi", "screener.celery"])
def test_no_server_starts_without_a_secret(tmp_path, server):
    done = start(
        ["-c", f"import {server}; {server}.app.tasks" if "celery" in server else f"import {server}"], tmp_path
    )
    assert "ASSAY_SECRET_KEY is not set" in done.stderr


def test_the_command_line_tries_out_where_nothing_is_configured(tmp_path):
    done = start(["manage.py", "check"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_secret_makes_the_command_line_production(tmp_path):
    done = start(
        ["manage.py", "shell", "-c", "from django.conf import settings as s; print(s.ASSAY_DEBUG)"],
        tmp_path,
        **PRODUCTION,
    )
    assert done.stdout.splitlines()[-1] == "False"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASSAY_DEBUG", "yes"),
        ("ASSAY_DATABASE_URL", "mysql://user:secret@host/db"),
        ("ASSAY_BROKER_URL", "amqp://user:secret@host"),
        ("ASSAY_POSITION_USD", "0"),
        ("ASSAY_LOG_LEVEL", "loud"),
        ("ASSAY_ALLOWED_HOSTS", "https://a.example"),
        ("ASSAY_TRUSTED_ORIGINS", "a.example"),
        ("ASSAY_EMAIL_URL", "https://mail.example"),
    ],
)
def test_a_malformed_variable_stops_the_start_with_one_sentence(tmp_path, name, value):
    done = start(["manage.py", "check"], tmp_path, **{name: value})
    assert done.returncode == 1
    assert done.stderr.startswith(name)
    assert len(done.stderr.splitlines()) == 1
    assert "secret" not in done.stderr


def test_a_state_folder_that_can_not_be_used_is_named(tmp_path):
    (tmp_path / "file").touch()
    done = start(["manage.py", "check"], tmp_path / "file")
    assert done.returncode == 1
    assert "ASSAY_STATE_DIR" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_state_folder_with_odd_signs_works(tmp_path):
    odd = tmp_path / "a b+c%d?e#f"
    found = settings_with(odd, "BROKER_URL", "DATABASES", ASSAY_DEBUG="true")
    assert found["BROKER_URL"].endswith("a%20b%2Bc%25d%3Fe%23f/valkey.sock")
    assert found["DATABASES"]["default"]["NAME"] == str(odd / "assay.sqlite3")


def test_the_environment_file_is_read(tmp_path):
    file = tmp_path / "env"
    file.write_text(f"ASSAY_SECRET_KEY={SECRET}\nASSAY_POSITION_USD=7\n")
    found = settings_with(tmp_path, "ASSAY_POSITION_USD", "DEBUG", ASSAY_ENV_FILE=str(file))
    assert found == {"ASSAY_POSITION_USD": 7, "DEBUG": False}


def test_a_task_ends_before_it_is_handed_out_again(tmp_path):
    found = settings_with(
        tmp_path,
        *("CELERY_TASK_TIME_LIMIT", "CELERY_TASK_SOFT_TIME_LIMIT", "CELERY_BROKER_TRANSPORT_OPTIONS"),
        ASSAY_DEBUG="true",
    )
    visible_again = found["CELERY_BROKER_TRANSPORT_OPTIONS"]["visibility_timeout"]
    assert found["CELERY_TASK_SOFT_TIME_LIMIT"] < found["CELERY_TASK_TIME_LIMIT"] < visible_again


def test_the_example_lists_every_variable_once_and_names_every_provider():
    example = (ROOT / ".env.example").read_text()
    listed = re.findall(r"^#?(ASSAY_[A-Z0-9_]+)=", example, flags=re.MULTILINE)
    assert len(listed) == len(set(listed))
    asked = [each for each in PROVIDERS if variables_of(each)]
    of_providers = set().union(*(variables_of(each) for each in asked))
    assert set(listed) <= known_variables()
    assert known_variables() - of_providers <= set(listed)
    assert [each.name for each in asked if each.name.upper() not in example] == []


def test_accounts_of_production(tmp_path):
    found = settings_with(
        tmp_path,
        *(
            "SIGN_UP_OPEN",
            "STAFF_SECOND_FACTOR",
            "MAIL_CONFIGURED",
            "SESSION_COOKIE_NAME",
            "CSRF_COOKIE_NAME",
        ),
        *("EMAIL_BACKEND", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE"),
        "PASSWORD_RESET_TIMEOUT",
        **PRODUCTION,
    )
    assert found == {
        "SIGN_UP_OPEN": False,
        "STAFF_SECOND_FACTOR": "admin",
        "MAIL_CONFIGURED": False,
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PASSWORD_RESET_TIMEOUT": 600,
    }


def test_production_writes_no_mail_to_the_log(tmp_path):
    done = start(["manage.py", "check"], tmp_path, **PRODUCTION, ASSAY_EMAIL_URL="consolemail://log")
    assert done.returncode == 1
    assert done.stderr.startswith("ASSAY_EMAIL_URL is consolemail")


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [("smtp+tls", {"EMAIL_USE_TLS": True}), ("smtp+ssl", {"EMAIL_USE_SSL": True})],
)
def test_mail_goes_to_its_server_over_tls(tmp_path, scheme, expected):
    address = f"{scheme}://user:password@mail.example.com:587"
    assert settings_with(tmp_path, *expected, ASSAY_EMAIL_URL=address, **PRODUCTION) == expected


def test_size_tiers_are_the_operators_where_they_are_set(tmp_path):
    tell = (
        "from screener import settings; each = settings.ASSAY_TIERS;"
        "print(each.token.whose, each.token.steps, each.equity.whose)"
    )
    done = start(["-c", tell], tmp_path, ASSAY_TIERS_TOKEN="micro:50m,small:1b,mid:5b", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    steps = "(('micro', 50000000.0), ('small', 1000000000.0), ('mid', 5000000000.0))"
    assert done.stdout.split(maxsplit=1)[0] == "operator"
    assert steps in done.stdout
    assert done.stdout.split()[-1] == "checklist"


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        (
            "ASSAY_TIERS_TOKEN",
            "micro:5b,small:2b,mid:10b",
            "small: Each limit must be above the one before it.",
        ),
        ("ASSAY_TIERS_EQUITY", "nano:50m", "micro: This tier needs a limit."),
        ("ASSAY_TIERS_EQUITY", "tiny", "Write each tier with its limit"),
    ],
)
def test_size_tiers_that_make_no_sense_are_refused_at_the_start(tmp_path, name, value, reason):
    done = start(["manage.py", "check"], tmp_path, **{name: value}, **PRODUCTION)
    assert done.returncode != 0
    assert f"{name} is {value!r}: {reason}" in done.stderr
    assert "nano:50m,micro:300m,small:2b,mid:10b" in done.stderr
