"""Repository: an address of GitHub as "owner/name", so that links from several meet."""

import re
from typing import Final
from urllib.parse import urlsplit

HOSTS: Final = frozenset({"github.com", "www.github.com"})
PART: Final = re.compile(r"[A-Za-z0-9._-]{1,100}")
NO_OWNERS: Final = frozenset(
    {"apps", "features", "login", "marketplace", "orgs", "search", "settings", "sponsors", "topics", "users"}
)
"""First parts of addresses that lead to pages of GitHub's own."""


def repository_of(url: str) -> str:
    """The repository that an address leads to, in lower case; "" where it leads elsewhere."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").casefold()
    except ValueError:
        return ""
    return repository_named("/".join(parts.path.split("/")[1:3])) if host in HOSTS else ""


def repository_named(name: str) -> str:
    """This name as repositories are written; "" where it can be none."""
    owner, _slash, repository = name.removesuffix(".git").partition("/")
    is_one = all(PART.fullmatch(each) and each.strip(".") for each in (owner, repository))
    return f"{owner}/{repository}".casefold() if is_one and owner.casefold() not in NO_OWNERS else ""
