"""Fields that nobody reads: each one that a provider tells is read, or left for a reason in a table."""

import ast
import json
import re
import tomllib
from pathlib import Path

import pytest
from pydantic.alias_generators import to_camel

import assets.providers
from tests.assets.providers.answers import RECORDED, recorded

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[1]
UNREAD = tomllib.loads((HERE / "unread_fields.toml").read_text(encoding="utf-8"))
BODIES = {
    "blockscout": ("token_*.json", "address_*.json", "spec_examples/*.json"),
    "geckoterminal": ("recent/*.json", "json/get_*.json"),
    "dexscreener": ("*.json", "recent/tokens*.json", "recent/token_pairs*.json", "recent/search*.json"),
    "coingecko": (
        "dashbrd/coins_matic.json",
        "dashbrd/coins_markets.json",
        "recorded/coins_[byz]*.json",
        "jkorf/GetAssetDetails*.json",
        "jkorf/GetTickers.json",
    ),
    "etherscan": ("getsourcecode_*.json",),
    "honeypot": ("IsHoneypot_*.json",),
    "sourcify": ("*.json",),
    "coinpaprika": ("*.json",),
    "github": ("recorded/Repository.testStatisticsCommitActivity__2.json",),
    "rugcheck": ("report_*.json",),
}
ENVELOPE = {
    "data",
    "attributes",
    "included",
    "relationships",
    "id",
    "type",
    "request",
    "status",
    "headers",
    "body",
}
"""JSON:API's, and that of a recording."""
BY_SIDE = {"base_token", "quote_token"}
"""Read by the side of a pool that is asked for, so that they stand nowhere as a whole."""


def read_by(provider):
    """Names that the provider's code knows: fields of models, texts, and texts of the tables it imports."""
    root = Path(assets.providers.__path__[0])
    names = {*ENVELOPE, *BY_SIDE}
    for path in [*root.glob(f"{provider}.py"), *root.glob(f"{provider}/*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                names |= {node.target.id, to_camel(node.target.id)}
            if isinstance(node, ast.ImportFrom) and node.module:
                names |= texts_of_tables(node)
        names |= texts_in(tree)
    return names


def texts_in(tree):
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def texts_of_tables(imported):
    """Texts of the constants that this import takes from another module of the product."""
    path = CHECKOUT.joinpath(*imported.module.split(".")).with_suffix(".py")
    if not path.is_file():
        return set()
    taken = {each.name for each in imported.names}
    return {
        text
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.AnnAssign) and node.value and node.target.id in taken
        for text in texts_in(node.value)
    }


def pattern_of(path):
    parts = {"**.": r"(?:.*\.)?", "*": "[^.]*"}
    return "".join(parts.get(each, re.escape(each)) for each in re.split(r"(\*\*\.|\*)", path))


def unknown_in(body, *, names, unread, path=""):
    """Paths of fields that are neither read nor in the table; what was met of it is marked in `unread`."""
    if isinstance(body, list):
        for each in body:
            yield from unknown_in(each, names=names, unread=unread, path=path)
    elif isinstance(body, dict):
        for name, value in body.items():
            here = f"{path}.{name}".lstrip(".")
            met = [each for each in unread if re.fullmatch(pattern_of(each), here.removeprefix("body."))]
            unread.update(dict.fromkeys(met, True))
            if name in names and not any("*" not in each for each in met):
                yield from unknown_in(value, names=names, unread=unread, path=here)
            elif not met:
                yield here


@pytest.mark.shared
@pytest.mark.parametrize("provider", BODIES)
def test_every_field_of_a_recorded_answer_is_read_or_left_for_a_reason(provider):
    root = RECORDED / provider
    paths = sorted(path for each in BODIES[provider] for path in root.glob(each))
    if not paths:
        pytest.skip(
            f"the recorded provider data is not beside the checkout: ../shared/data/providers/{provider}"
        )
    names, unread = read_by(provider), dict.fromkeys(UNREAD[provider], False)
    found = {
        each
        for path in paths
        for each in unknown_in(
            json.loads(recorded(f"{provider}/{path.relative_to(root)}")), names=names, unread=unread
        )
    }
    assert found == set()


@pytest.mark.parametrize("provider", sorted(UNREAD))
def test_what_is_left_has_its_reason_and_somebody_who_tells_it(provider):
    assert provider in BODIES
    assert all(reason.strip() for reason in UNREAD[provider].values())


def test_a_field_that_nobody_knows_is_found():
    body = {"known": [{"flag": True}], "left": {"flag": True}, "prices": {"eur": 1, "usd": 2}}
    unread = {"left": False, "prices.*": False}
    found = unknown_in(body, names={"known", "prices", "usd"}, unread=unread)
    assert list(found) == ["known.flag"]
    assert all(unread.values())
