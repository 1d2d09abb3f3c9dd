"""What the README states is so: commands take these options, counts are these, examples work."""

import re
import shlex
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands, load_command_class
from django.urls import resolve

from assets.metrics.families import EQUITY, TOKEN
from assets.providers import PROVIDERS
from assets.providers.evm_rpc.provider import nodes
from assets.providers.exchanges.provider import chosen
from assets.sandbox.invented import EXAMPLE, invented
from screener import settings as read
from screener.checklist.dimensions import CRITERIA, DIMENSIONS
from screener.checklist.scoring import RATED_COVERAGE
from screener.screens.conditions import EVERYTHING
from screener.screens.position import read_position
from screener.screens.screen import read_screen
from screener.services.operation.fill_market import PLAN
from screener.views.screening.screen_table import EXPORTS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()
FLAT = " ".join(README.split())
WORDS = {"five": 5, "ten": 10}
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def template(path):
    return (ROOT / "templates" / path).read_text()


def commands():
    """Every `manage.py` line of the documents, in a block or within a sentence, without its comment."""
    for path in DOCUMENTS:
        text = path.read_text()
        blocks = re.findall(r"^\s*(?:\.venv/bin/python )?manage\.py (.+)$", text, re.MULTILINE)
        sentences = re.findall(r"`(?:\.venv/bin/python )?manage\.py ([^`]+)`", text)
        for line in dict.fromkeys([*blocks, *sentences]):
            yield pytest.param(line.split("  #")[0].split(" > ")[0].strip(), id=f"{path.name}: {line[:60]}")


@pytest.mark.parametrize("line", [*commands()])
def test_each_command_takes_what_is_written(line):
    name, *words = shlex.split(line)
    names = get_commands()
    command = load_command_class(names[name], name) if isinstance(names[name], str) else names[name]
    parser = command.create_parser("manage.py", name)
    known = {option for action in parser._actions for option in action.option_strings}
    for action in parser._actions:
        if hasattr(action, "choices") and isinstance(action.choices, dict):
            known |= {o for sub in action.choices.values() for a in sub._actions for o in a.option_strings}
    assert {word.split("=")[0] for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("line", [each for each in commands() if each.id.startswith("README.md")])
def test_each_command_of_the_readme_reads_its_arguments(line):
    name, *words = shlex.split(line)
    load_command_class(get_commands()[name], name).create_parser("manage.py", name).parse_args(words)


def test_the_counts_of_questions_are_those_of_the_checklist():
    tokens, companies = map(int, re.search(r"(\d+) questions for tokens, (\d+) for companies", FLAT).groups())
    for kind, count in ((TOKEN, tokens), (EQUITY, companies)):
        assert sum(kind in each.kinds for each in CRITERIA.values()) == count
    assert "same five-part checklist" in FLAT
    assert len(DIMENSIONS) == 5


def test_below_half_of_what_is_asked_nothing_is_rated():
    assert "Below half of what is asked an asset is not rated" in FLAT
    assert RATED_COVERAGE == 0.5


def test_the_oldest_python_is_the_one_that_the_project_takes():
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    oldest = re.search(r"Python (3\.\d+) or newer is enough", FLAT).group(1)
    assert needed.startswith(f">={oldest}")


def test_what_make_does_is_what_is_said_of_it():
    makefile = (ROOT / "Makefile").read_text()
    for target in ("run", "install", "test", "test-all", "check", "help"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
        assert f"make {target}" in README
    assert "--require-hashes" in makefile, "it installs the hashed requirements"
    recipe = makefile.split("\ntest: install-dev")[1].split("\n\n")[0]
    for part in ("ASSAY_TEST_DATABASE=postgres", "tests.servers.chromium", "tests/pages"):
        assert part in recipe


def test_the_sandbox_holds_as_many_assets_and_begins_with_the_worked_example():
    count = int(re.search(r"Open the printed address: (\d+) invented assets", FLAT).group(1))
    assert re.search(rf'"ASSAY_SANDBOX_ASSETS", default={count},', Path(read.__file__).read_text())
    price, circulating, cap, later, cap_later = (
        Decimal(each)
        for each in re.search(
            r"\$([\d.]+) × (\d+) M circulating is \$(\d+) M; after its unlock to (\d+) M, .*? \$(\d+) M", FLAT
        ).groups()
    )
    assert (price * circulating, price * later) == (cap, cap_later)
    assert EXAMPLE == 0
    assert invented(EXAMPLE).ref.name == "Worked Example"


def test_the_example_question_has_no_problem():
    question = re.search(r"2\. Ask: `([^`]+)`", README).group(1)
    screen, problems = read_screen({"q": [question]})
    assert problems == ()
    assert screen.condition != EVERYTHING


def test_a_position_is_read_as_it_is_written():
    money, units = re.search(r'Set your position once \("([^"]+)", "([^"]+)"\)', FLAT).groups()
    assert (read_position(money).usd, read_position(units).units) == (25_000, 1_000_000)


def test_exports_and_keys_are_these():
    assert "export it as CSV, Excel or Parquet" in FLAT
    assert [title for _format, title in EXPORTS] == ["CSV", "Excel", "Parquet"]
    keys = set(re.findall(r"<kbd>([^<]+)</kbd>", template("base.html")))
    assert set(re.findall(r"`(/|Ctrl-K|[a-z?]|Enter)`", FLAT)) <= {each.replace(" ", "-") for each in keys}


def test_what_a_page_says_is_quoted_as_it_stands_there():
    assert "Bring in the real market" in FLAT
    assert "Bring in the real market" in template("screening/screener/_first_run.html")
    assert "Import a sheet" in FLAT
    assert "Import a sheet" in template("data/page.html")
    assert "Fetch what is missing" in FLAT
    assert "Fetch what is missing" in template("data/missing.html")
    assert {each.provider for each in PLAN} <= {each.name for each in PROVIDERS}


def test_every_provider_is_named_and_counted():
    named = {
        "DexScreener and what was paid there": "dexscreener",
        "SEC EDGAR": "sec",
        "Pump.fun": "pumpfun",
        "a Solana node": "solana_rpc",
    }
    for each in PROVIDERS:
        if each.name in {"analyst", "sandbox"} or each.name in {one.name for one in (*nodes(), *chosen())}:
            continue
        assert each.title in FLAT or any(
            words in FLAT and each.name.startswith(name) for words, name in named.items()
        ), each.title
    assert WORDS[re.search(r"nodes of (\w+) EVM chains", FLAT).group(1)] == len(nodes())
    assert WORDS[re.search(r"(\w+) exchanges through ccxt", FLAT).group(1)] == len(chosen())


def test_those_with_terms_are_the_ones_that_are_named():
    with_terms = {each.title.split()[0] for each in PROVIDERS if each.terms}
    assert with_terms == set(
        re.search(r"(\w+), (\w+) and (\w+) are asked for prices of shares once", FLAT).groups()
    )
    assert re.search(r"`(ASSAY_\w+_TERMS)=accepted`", FLAT).group(1) in {
        each.terms_variable() for each in PROVIDERS if each.terms
    }
    (fmp,) = (each for each in PROVIDERS if each.name == "fmp")
    assert fmp.needs_key


@pytest.mark.parametrize("address", re.findall(r"`(/[a-z]{3,}/?)`", README))
def test_each_address_is_one_of_the_product(address):
    assert resolve(address)


def test_the_containers_are_these():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    assert "`docker-compose.yml` runs web, worker, scheduler, PostgreSQL and Valkey" in FLAT
    images = " ".join(str(each.get("image", "")) for each in services.values())
    assert {"web", "worker"} <= set(services)
    assert any("beat" in each.get("command", []) for each in services.values()), "the scheduler"
    assert "postgres" in images
    assert "valkey" in images


def test_in_production_strangers_do_not_sign_up_and_the_admin_takes_a_second_factor():
    source = Path(read.__file__).read_text()
    assert "strangers cannot sign up unless `ASSAY_SIGN_UP=true`" in FLAT
    assert '"ASSAY_SIGN_UP", default=ASSAY_DEBUG' in source
    assert "the admin needs a second factor" in FLAT
    assert 'default="off" if ASSAY_DEBUG else "admin"' in source


def test_the_licence_is_the_one_that_lies_beside_it():
    assert "Licence: MIT" in README
    assert (ROOT / "LICENSE").read_text().startswith("MIT License")
