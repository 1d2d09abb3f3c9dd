"""Every address of the product, from the URL configuration, with sample arguments and who may use it.

A new address fails the sweeps until it stands in `ACCESS` and, if it has arguments, in `ARGUMENTS`.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from screener.models import Plan
from screener.services.calendar.feeds import change_feed

EVERYBODY, READERS, OWNERS, STAFF = "everybody", "readers", "owners", "staff"


@dataclass(frozen=True, slots=True)
class Address:
    """One entry of the URL configuration; `key` is its name, or its route if it has none, `module` where
    its view is written."""

    key: str
    route: str
    parameters: tuple[str, ...]
    module: str

    @property
    def is_admins(self) -> bool:
        return self.route.startswith("admin/")

    @property
    def kind(self) -> str:
        """What it shares with the addresses of other models in the admin; itself elsewhere."""
        return re.sub(r"^admin/[a-z]+/[a-z]+/", "admin/*/*/", self.route)


def every_address() -> tuple[Address, ...]:
    """The first of those that share a route answers."""
    found: dict[str, Address] = {}
    for route, pattern, namespace in _walk(get_resolver()):
        key = ":".join((*namespace, pattern.name)) if pattern.name else route
        module = inspect.unwrap(pattern.callback).__module__
        found.setdefault(route, Address(key, route, tuple(pattern.pattern.regex.groupindex), module))
    return tuple(found.values())


@cache
def first_of_their_kind() -> frozenset[str]:
    """Keys of all addresses, but of the admin's one for each kind, whichever model it is of."""
    found: dict[str, str] = {}
    for address in every_address():
        found.setdefault(address.kind, address.key)
    return frozenset(found.values())


def _walk(
    resolver: URLResolver, prefix: str = "", namespace: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern, tuple[str, ...]]]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            inner = (*namespace, pattern.namespace) if pattern.namespace else namespace
            yield from _walk(pattern, route, inner)
        else:
            yield route, pattern, namespace


ACCESS = {
    **dict.fromkeys(
        (
            *("search", "search_suggest", "about"),
            *("screener", "query_reference", "complete", "export", "asset", "asset_tab", "asset_section"),
            *("score_change", "peek", "compare", "checklist", "glossary", "validation", "theme", "position"),
            *("set_language", "shared_screen", "shared_profile", "healthz", "readyz", "privacy", "first_run"),
            *("tray", "screen_criteria", "changes", "citation", "document", "market_overview"),
            "asset_history",
            *("calendar", "calendar_file", "calendar_feed", "price_bars"),
            *(
                "answers/",
                "assets/<slug:slug>/answers/<str:criterion>/",
                "data",
                "run",
                "missing",
                "failures",
            ),
            *("account_login", "account_logout", "account_signup", "account_inactive"),
            *("account_reset_password", "account_reset_password_done", "account_reset_password_from_key"),
            *("account_reset_password_from_key_done", "account_confirm_email"),
            *("account_email_verification_sent", "account_confirm_login_code", "mfa_authenticate"),
        ),
        EVERYBODY,
    ),
    **dict.fromkeys(
        (
            *("screens", "screen_new", "column_sets", "shared_screen_copy", "watchlists", "star"),
            *("asset_watchlists", "asset_notes", "notes", "note_preview", "profiles", "profile_new"),
            *("watch_chosen", "calendar_keep"),
            *("profile_choose", "shared_profile_copy", "overrides", "override_answer"),
            *("plans", "plans_export", "plan_save"),
            *("observation", "observation_payload", "own_data", "export_own_data", "erase_account"),
            *("account_reauthenticate", "account_email", "account_change_password", "account_set_password"),
            *("usersessions_list", "mfa_index", "mfa_reauthenticate", "mfa_activate_totp"),
            *("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
            *("mfa_download_recovery_codes", "import_template"),
        ),
        READERS,
    ),
    **dict.fromkeys(
        (
            *("screen_update", "screen_rename"),
            *("saved_screen", "screen_edit", "screen_delete", "screen_restore", "screen_default"),
            *("screen_share", "column_set_delete", "column_set_restore", "watchlist", "watchlist_rename"),
            *("watchlist_delete", "watchlist_restore", "watchlist_add", "watchlist_remove", "note"),
            *("watchlist_columns", "watchlist_levels", "watchlist_paste", "watchlist_paste_undo"),
            "watchlist_feed",
            *("note_edit", "note_delete", "note_restore", "note_history", "profile", "profile_ranks"),
            *(
                "profile_edit",
                "profile_copy",
                "profile_share",
                "profile_delete",
                "profile_restore",
                "override_withdraw",
            ),
            *("profile_share",),
            *("override_restore", "plan", "plan_delete", "plan_restore"),
        ),
        OWNERS,
    ),
    **dict.fromkeys(
        (
            *("ruling", "retry_failures", "start_refresh", "run_stop", "run_retry", "run_undo", "imports"),
            *("import_check", "import_bad_rows", "import_progress", "import_stop", "import_commit"),
            *("sandbox", "sandbox_remove", "start_filling", "stop_filling"),
            *("market", "undo_filling"),
        ),
        STAFF,
    ),
}


def plan_of(world: Any) -> Plan:
    """A plan of Ana's, made where none is."""
    kept = Plan.objects.filter(owner=world.ana).first()
    return kept or Plan.objects.create(
        owner=world.ana,
        asset=world.asset,
        terms={"account": "50k"},
        size_usd=500,
        loss_usd=500,
        orders=[[0.5, 1_000]],
        is_clear=False,
        planned_at=timezone.now(),
    )


ARGUMENTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    **dict.fromkeys(
        (
            *("asset", "asset_history", "price_bars", "peek", "citation", "document", "star"),
            *("asset_watchlists", "asset_notes", "plan_save"),
            *("assets/<slug:slug>/answers/<str:criterion>/", "override_answer"),
        ),
        lambda world: {"slug": world.asset.slug, "criterion": "utility.revenue"},
    ),
    "asset_tab": lambda world: {"slug": world.asset.slug, "tab": "utility"},
    "asset_section": lambda world: {"slug": world.asset.slug, "name": "score"},
    "score_change": lambda world: {
        "slug": world.asset.slug,
        "old": world.cards[0].pk,
        "new": world.cards[1].pk,
    },
    "ruling": lambda world: {"slug": world.asset.slug, "family": "market", "field": "price_usd"},
    **dict.fromkeys(
        (
            *("saved_screen", "screen_edit", "screen_delete", "screen_restore", "screen_default"),
            *("screen_share", "screen_update", "screen_rename"),
        ),
        lambda world: {"pk": world.screen.pk},
    ),
    **dict.fromkeys(("column_set_delete", "column_set_restore"), lambda world: {"pk": world.column_set.pk}),
    **dict.fromkeys(
        ("shared_screen", "shared_screen_copy"), lambda world: {"token": world.screen.share_token}
    ),
    "calendar_feed": lambda world: {"token": change_feed(watchlist=world.watchlist, wanted="1").share_token},
    **dict.fromkeys(
        ("shared_profile", "shared_profile_copy"), lambda world: {"key": world.profile.share_token}
    ),
    **dict.fromkeys(
        (
            *("watchlist", "watchlist_rename", "watchlist_delete", "watchlist_restore", "watchlist_add"),
            *("watchlist_remove", "watchlist_columns", "watchlist_levels", "watchlist_paste"),
            *("watchlist_paste_undo", "watchlist_feed"),
        ),
        lambda world: {"pk": world.watchlist.pk},
    ),
    **dict.fromkeys(
        ("note", "note_edit", "note_delete", "note_restore", "note_history"),
        lambda world: {"pk": world.note.pk},
    ),
    **dict.fromkeys(
        (
            *("profile", "profile_ranks", "profile_edit", "profile_copy", "profile_delete"),
            "profile_restore",
            "profile_share",
        ),
        lambda world: {"pk": world.profile.pk},
    ),
    **dict.fromkeys(("override_withdraw", "override_restore"), lambda world: {"pk": world.override.pk}),
    **dict.fromkeys(("plan", "plan_delete", "plan_restore"), lambda world: {"pk": plan_of(world).pk}),
    **dict.fromkeys(("run", "run_stop", "run_retry", "run_undo"), lambda world: {"pk": world.run.pk}),
    **dict.fromkeys(("observation", "observation_payload"), lambda world: {"pk": world.observation.pk}),
    "import_template": lambda _world: {"kind": "token", "format": "csv"},
    "account_confirm_email": lambda _world: {"key": "abc:def"},
    "account_reset_password_from_key": lambda _world: {"uidb36": "1", "key": "abc-def"},
}
OF_THE_ADMIN = {
    "object_id": "1",
    "id": "1",
    "app_label": "screener",
    "url": "nowhere/",
    "content_type_id": "1",
}
"""Arguments of the admin's addresses, whichever model they are of."""


def arguments_of(address: Address, world: Any) -> dict[str, Any]:
    if address.is_admins:
        missing = {*address.parameters} - OF_THE_ADMIN.keys()
        assert not missing, f"{address.route}: say in OF_THE_ADMIN of {__file__} what {missing} may be."
        return {name: OF_THE_ADMIN[name] for name in address.parameters}
    if not address.parameters:
        return {}
    assert address.key in ARGUMENTS, (
        f"{address.key!r} ({address.route}) is new: give sample arguments for {address.parameters} "
        f"in ARGUMENTS of {__file__}, and say in ACCESS who may use it."
    )
    given = ARGUMENTS[address.key](world)
    return {name: given[name] for name in address.parameters}


def access_of(address: Address) -> str:
    if address.is_admins:
        return STAFF
    assert address.key in ACCESS, (
        f"{address.key!r} ({address.route}) is new: say in ACCESS of {__file__} who may use it: "
        f"{EVERYBODY}, {READERS}, {OWNERS} or {STAFF}."
    )
    return ACCESS[address.key]


def path_of(address: Address, world: Any) -> str:
    """Where the sample of an address is."""
    arguments = arguments_of(address, world)
    if not arguments and "<" not in address.route and "(" not in address.route:
        return "/" + address.route.removesuffix("$")
    if "/" in address.key:
        path = "/" + address.route
        for name, value in arguments.items():
            path = path.replace(f"<slug:{name}>", str(value)).replace(f"<str:{name}>", str(value))
        return path
    return reverse(address.key, kwargs=arguments)
