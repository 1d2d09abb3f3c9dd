import json
import stat
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.services.backup.archive import (
    ArchivedTable,
    BackupError,
    Manifest,
    blocks_of,
    names_of,
    new_archive,
    opened,
    verify,
)

NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
ROWS = b"1\tapple\n2\tpear\n"


def written(path, body=ROWS, rows=2):
    with new_archive(path) as archive:
        with archive.part("tables/fruit") as write:
            write(body[:5])
            write(body[5:])
        manifest = Manifest(
            vendor="postgresql",
            made_at=NOW,
            checklist_version="2027.1",
            migrations=(("assets", "0001_initial"),),
            tables=(ArchivedTable("fruit", ("id", "name"), rows, "tables/fruit"),),
            parts=tuple(archive.parts),
            sequences={"fruit_id_seq": 2},
        )
        archive.finish(manifest)
    return manifest


def test_what_was_written_is_read_again(tmp_path):
    manifest = written(tmp_path / "deep" / "one.zip")
    with opened(tmp_path / "deep" / "one.zip") as (packed, found):
        verify(packed, found)
        assert found == manifest
        assert b"".join(blocks_of(packed, "tables/fruit")) == ROWS
    assert (found.rows, names_of(found.tables)) == (2, ["fruit"])


def test_an_archive_is_its_owners_alone_and_stands_there_when_it_is_whole(tmp_path):
    path = tmp_path / "one.zip"
    written(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_broken_off_one_leaves_nothing_and_the_earlier_one_as_it_was(tmp_path):
    path = tmp_path / "one.zip"
    written(path)
    before = path.read_bytes()
    with pytest.raises(ZeroDivisionError), new_archive(path) as archive, archive.part("x") as write:
        write(b"1" * (1 // 0))
    assert (list(tmp_path.iterdir()), path.read_bytes()) == ([path], before)


def test_rows_that_are_not_those_of_the_manifest_are_damage(tmp_path):
    written(tmp_path / "one.zip", rows=3)
    with opened(tmp_path / "one.zip") as (packed, manifest), pytest.raises(BackupError, match="has 2 rows"):
        verify(packed, manifest)


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"bytes": 1}, {"name": "tables/other"}])
def test_a_part_that_is_not_what_was_written_is_damage(tmp_path, change):
    written(tmp_path / "one.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        stored = json.loads(packed.read("manifest.json"))
    stored["parts"][0] |= change
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as packed:
        packed.writestr("tables/fruit", ROWS)
        packed.writestr("manifest.json", json.dumps(stored))
    with opened(tmp_path / "two.zip") as (packed, manifest), pytest.raises(BackupError, match="damaged"):
        verify(packed, manifest)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "one.zip"
    manifest = written(path)
    return path.read_bytes(), manifest, path.parent / "damaged.zip"


@given(st.data())
def test_whatever_byte_changes_or_is_missing_nothing_else_than_what_was_written_is_taken(whole, data):
    body, manifest, path = whole
    at = data.draw(st.integers(0, len(body) - 1))
    damaged = body[:at] + bytes([body[at] ^ data.draw(st.integers(1, 255))]) + body[at + 1 :]
    path.write_bytes(data.draw(st.sampled_from([damaged, body[:at]])))
    try:
        with opened(path) as (packed, found):
            verify(packed, found)
            read = b"".join(blocks_of(packed, "tables/fruit"))
    except BackupError:
        return
    assert (found, read) == (manifest, ROWS)  # What changed was a date or a flag of the container.


@pytest.mark.parametrize(
    ("stored", "sentence"),
    [
        ('{"format": 2}', "newer Assay"),
        ("{}", "no whole backup"),
        ("[]", "no whole backup"),
        ("x", "no whole"),
    ],
)
def test_another_manifest_is_refused(tmp_path, stored, sentence):
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as packed:
        packed.writestr("manifest.json", stored)
    with pytest.raises(BackupError, match=sentence), opened(tmp_path / "one.zip"):
        pass


def test_what_is_no_archive_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "note.zip").write_text("no archive")
    for name in ("note.zip", "nothing.zip"):
        with pytest.raises(BackupError), opened(tmp_path / name):
            pass
