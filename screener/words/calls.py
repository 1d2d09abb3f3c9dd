"""Calls in words: what was asked, in the provider's own terms, without addresses and parameters."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from screener.words.numbers import decimals

MOST_PARTS: Final = 2
"""The last parts of a path say what is asked; those before are the way there."""

VERSION: Final = re.compile(r"v\d+(\.\d+)*|api|rest|dynamic|files|\d{1,6}", re.IGNORECASE)
"""Parts of a path that say nothing: versions, chain ids, folders."""

IDENTIFIER: Final = re.compile(r"0x[0-9a-fA-F]{6,}|CIK\d+(\.\w+)?|[0-9A-Za-z]{24,}|\d{7,}")
"""Addresses, CIKs and accession numbers: the asset's name says it better."""

PAGES: Final = ("page", "offset", "start", "from", "skip")
SUFFIX: Final = re.compile(r"\.(json|txt|xml|htm|html|idx|csv|zip)$", re.IGNORECASE)


def call_title(request: Mapping[str, Any]) -> str:
    """As in "networks solana, page 3"; "" where the request says nothing but whom it is about."""
    context = request.get("context") or {}
    if context.get("form"):
        named = [str(context["form"]), str(context.get("filed_on", ""))]
    elif not request.get("path"):
        named = [str(context.get("call", "")).replace("_", " ")]
    else:
        named = [" ".join([*_parts(str(request["path"]), context)][-MOST_PARTS:])]
    return ", ".join(filter(None, [*named, _listed(request), _page(request.get("params") or {})]))


def _parts(path: str, context: Mapping[str, Any]) -> Iterator[str]:
    told = {
        str(value).casefold() for name, value in context.items() if name not in {"body", "network", "list"}
    }
    for part in path.split("/"):
        plain = SUFFIX.sub("", part)
        is_said_otherwise = (
            "," in part or VERSION.fullmatch(plain) or IDENTIFIER.fullmatch(part) or plain.casefold() in told
        )
        if plain and not is_said_otherwise:
            yield plain.replace("_", " ").replace("-", " ")


def _listed(request: Mapping[str, Any]) -> str:
    """How many were asked about in one call, where their identifiers stand in its path."""
    count = max((part.count(",") + 1 for part in str(request.get("path", "")).split("/")), default=1)
    return _("%(n)s at once") % {"n": decimals(count, 0)} if count > 1 else ""


def _page(params: Mapping[str, Any]) -> str:
    for name in PAGES:
        number = str(params.get(name, ""))
        if number.isdecimal():
            if name == "page":
                return _("page %(number)s") % {"number": number}
            return _("from row %(number)s") % {"number": decimals(int(number), 0)}
    return ""
