"""Migrations: a database of an earlier version keeps everything that people made in it."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from assets.models import Asset
from screener.models import ColumnSet, Note, Override, Preference, Profile, SavedScreen, Watchlist

pytestmark = pytest.mark.slow("assets/migrations", "assets/models", "screener/migrations", "screener/models")

EARLIER = "earlier"
NOW = datetime(2026, 1, 2, tzinfo=UTC)
SHARED, ALSO_SHARED, THROWN_AWAY = (uuid.UUID(int=number) for number in (1, 2, 3))


class EarlierRouter:
    """Has everything read and written there."""

    def db_for_read(self, _model, **_hints):
        return EARLIER

    db_for_write = db_for_read


@pytest.fixture
def earlier(db, settings, tmp_path):
    """An empty database beside the one of the tests, which may have been made without migrations."""
    settings.MIGRATION_MODULES = {}
    settings.DATABASE_ROUTERS = ["tests.test_migrations.EarlierRouter"]
    connection = connections["default"].copy(alias=EARLIER)
    is_file = connection.vendor == "sqlite"
    connection.settings_dict["TEST"]["NAME"] = str(tmp_path / "earlier.sqlite3") if is_file else None
    name = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = connection.creation._create_test_db(verbosity=0, autoclobber=True)
    connection.ensure_connection()  # Django lets a test use what was connected before it was registered.
    connections.databases[EARLIER] = connection.settings_dict
    connections[EARLIER] = connection
    yield connection
    connection.creation.destroy_test_db(name, verbosity=0)
    del connections[EARLIER], connections.databases[EARLIER]


def migrate(connection, *targets):
    """The models as they are after these migrations, or after all of them."""
    executor = MigrationExecutor(connection)
    targets = list(targets) or executor.loader.graph.leaf_nodes()
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


@pytest.fixture
def before(earlier):
    """By name the models of the version before its people's rows were of one shape."""
    leaves = MigrationExecutor(earlier).loader.graph.leaf_nodes()
    others = [leaf for leaf in leaves if leaf[0] != "screener"]
    apps = migrate(earlier, ("screener", "0005_saved_screens"), *others)
    return lambda name, app="screener": apps.get_model(app, name).objects


@pytest.fixture
def migrated(before, earlier):
    """Fill the earlier database and migrate it."""
    people = [before("User", "auth").create(username=name) for name in ("ana", "ben")]
    asset = before("Asset", "assets").create(kind="token", slug="alpha", name="Alpha")
    fill_named(before, *people)
    fill_the_rest(before, people[0], asset)
    migrate(earlier)


def fill_named(before, ana, ben):
    for name in ("Gems", "GEMS", "gems", "Gems (2)", "Ñandú", "ñandú", "x" * 80, "X" * 80):
        before("Watchlist").create(owner=ana, name=name)
    before("Watchlist").create(owner=ana, name="gemS", deleted_at=NOW)
    before("Watchlist").create(owner=ben, name="gems")
    for place, name in enumerate(("Mine", "MINE")):
        before("Profile").create(owner=ana, name=name, criterion_weights={"a.b": place}, edited_at=NOW)
    before("Profile").create(owner=ana, name="Shared", share_key=SHARED)
    before("Profile").create(owner=ana, name="mine", deleted_at=NOW, share_key=THROWN_AWAY)
    kept = {"owner": ana, "sort": "-score", "query": "score > 3"}
    before("SavedScreen").create(name="Open", name_key="open", share_token=ALSO_SHARED, **kept)
    before("SavedScreen").create(name="Gone", name_key="gone", deleted_at=NOW, **kept)
    before("ColumnSet").create(owner=ana, name="Set", name_key="set", columns=["price"])
    before("ColumnSet").create(owner=ana, name="SET", name_key="set", columns=["tvl"], deleted_at=NOW)


def fill_the_rest(before, ana, asset):
    profile = before("Profile").get(name="Shared")
    before("Preference").create(user=ana, position_usd=5_000, profile=profile)
    entry = {"watchlist": before("Watchlist").get(name="GEMS"), "asset": asset}
    before("WatchlistEntry").create(**entry)
    for body, deleted_at in (("Seen.", None), ("Not seen.", NOW)):
        times = {"created_at": NOW, "edited_at": NOW, "deleted_at": deleted_at}
        note = before("Note").create(owner=ana, asset=asset, body=body, **times)
        before("NoteRevision").create(note=note, body=body, written_at=NOW)
    for state, withdrawn_at in (("pass", None), ("fail", NOW)):
        answer = {"criterion": "a.b", "state": state, "reason": "Seen.", "expires_on": date(2030, 1, 1)}
        before("Override").create(owner=ana, asset=asset, created_at=NOW, withdrawn_at=withdrawn_at, **answer)


def test_what_people_made_survives_becoming_of_one_shape(client, migrated, earlier, django_user_model):
    """One test, since migrating takes seconds: each step looks at another part of the same rows."""
    assert schema_of(earlier) == schema_of(connections["default"])
    ana, ben = (django_user_model.objects.get(username=name) for name in ("ana", "ben"))
    names_that_differ_only_by_case_are_told_apart(ana, ben)
    every_key_is_its_name_folded(ana)
    links_lead_where_they_led(client)
    everything_else_is_still_there(client, ana)
    what_was_thrown_away_is_restored(ana)


def schema_of(connection):
    """Columns and constraints of our tables. Tests run on tables that were made from the models at once."""
    with connection.cursor() as cursor:
        return {
            table: (columns_of(connection, cursor, table), constraints_of(connection, cursor, table))
            for table in connection.introspection.table_names(cursor)
            if table.startswith(("assets_", "screener_"))
        }


def columns_of(connection, cursor, table):
    described = connection.introspection.get_table_description(cursor, table)
    return {each.name: (each.type_code, each.display_size, each.null_ok, each.default) for each in described}


def constraints_of(connection, cursor, table):
    """Names are made by Django and say nothing; what a constraint demands does."""
    found = connection.introspection.get_constraints(cursor, table).values()
    return sorted(str({**each, "columns": list(each["columns"] or ())}) for each in found)


def names_that_differ_only_by_case_are_told_apart(ana, ben):
    assert list(Watchlist.objects.of(ana).order_by("pk").values_list("name", flat=True)) == [
        *("Gems", "GEMS (3)", "gems (4)", "Gems (2)", "Ñandú", "ñandú (2)", "x" * 80, "X" * 76 + " (2)"),
    ]
    assert [each.name for each in Watchlist.objects.of(ben)] == ["gems"]
    profiles = Profile.objects.of(ana).order_by("pk").values_list("name", "criterion_weights")
    assert list(profiles) == [("Mine", {"a.b": 0}), ("MINE (2)", {"a.b": 1}), ("Shared", {})]
    with pytest.raises(IntegrityError), transaction.atomic(using=EARLIER):
        Watchlist.objects.create(owner=ana, name="GeMs")


def every_key_is_its_name_folded(ana):
    for model in (Watchlist, Profile, SavedScreen, ColumnSet):
        keys = model.objects.of(ana, with_deleted=True).values_list("name", "name_key")
        assert [name.casefold() for name, _key in keys] == [key for _name, key in keys]


def links_lead_where_they_led(client):
    assert Profile.objects.at_link(SHARED).get().name == "Shared"
    assert SavedScreen.objects.at_link(ALSO_SHARED).get().name == "Open"
    assert client.get(f"/profiles/shared/{SHARED}/").status_code == 200
    assert client.get(f"/shared/screens/{ALSO_SHARED}/").status_code == 200
    assert client.get(f"/profiles/shared/{THROWN_AWAY}/").status_code == 404


def everything_else_is_still_there(client, ana):
    alpha = Asset.objects.get()
    assert [each.asset for each in Watchlist.objects.get(name="GEMS (3)").entries.all()] == [alpha]
    preference = Preference.objects.of(ana).get()
    assert (preference.position_usd, preference.profile.name) == (5_000, "Shared")
    assert [each.name for each in SavedScreen.objects.of(ana)] == ["Open"]
    assert [each.revisions.get().body for each in Note.objects.of(ana)] == ["Seen."]
    assert [each.state for each in Override.objects.of(ana)] == ["pass"]
    client.force_login(ana)
    for page in ("watchlists", "profiles", "screens", "column_sets", "notes", "overrides"):
        assert client.get(reverse(page)).status_code == 200


def what_was_thrown_away_is_restored(ana):
    for model, name in ((Watchlist, "gemS (5)"), (Profile, "mine (3)"), (ColumnSet, "SET (2)")):
        gone = model.objects.of(ana, with_deleted=True).exclude(deleted_at=None).get()
        gone.restore()
        assert gone.name == name
    assert Profile.objects.at_link(THROWN_AWAY).exists()
    assert Note.objects.of(ana, with_deleted=True).get(body="Not seen.").deleted_at == NOW
    assert Override.objects.of(ana, with_deleted=True).get(state="fail").deleted_at == NOW
