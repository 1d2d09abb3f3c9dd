"""Every parameter that a page reads: from the source, so that none is left out."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from django import forms

ROOT = Path(__file__).resolve().parents[2]
SENT = {"GET", "POST", "FILES", "params", "data", "cleaned_data"}
OF_LIBRARIES = {
    *("next", "login", "password", "username", "email", "password1", "password2", "oldpassword", "code"),
    *("remember", "_changelist_filters", "_popup", "_to_field", "o", "p", "all", "e", "action", "index"),
    *("_selected_action", "action_primary", "action_remove", "app_label", "model_name", "field_name", "term"),
}
"""What allauth and the admin read."""


@cache
def parameters_of(module: str) -> tuple[str, ...]:
    """What the views of a module can be sent: what they read by name, and the fields of forms they import."""
    source = ast.parse(Path(import_module(module).__file__ or "").read_text())
    found = {*_read_in(source), *_fields_of(module)}
    if not module.startswith("screener"):
        found |= OF_LIBRARIES
    return tuple(sorted(found | {"next", "page"}))


@cache
def every_parameter() -> tuple[str, ...]:
    found = set(OF_LIBRARIES)
    for folder in ("screener/views", "screener/forms", "screener/services", "screener/screens"):
        for path in (ROOT / folder).rglob("*.py"):
            found |= set(_read_in(ast.parse(path.read_text())))
    for path in (ROOT / "screener/forms").glob("[a-z]*.py"):
        found |= set(_fields_of(f"screener.forms.{path.stem}"))
    return tuple(sorted(found))


def _read_in(tree: ast.AST) -> Iterator[str]:
    """`….GET["x"]`, `….POST.get("x")`, `….params.getlist("x")`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            holder, keys = node.func.value, node.args[:1]
            if not node.func.attr.startswith("get"):
                continue
        elif isinstance(node, ast.Subscript):
            holder, keys = node.value, [node.slice]
        else:
            continue
        name = holder.attr if isinstance(holder, ast.Attribute) else getattr(holder, "id", "")
        if name in SENT:
            yield from (
                key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str)
            )


def _fields_of(module: str) -> Iterator[str]:
    for value in vars(import_module(module)).values():
        if isinstance(value, type) and issubclass(value, forms.BaseForm):
            yield from getattr(value, "base_fields", ())
