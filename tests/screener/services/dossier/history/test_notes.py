from screener.services.desk.notes import edit_note, newest_revision, write_note


def test_each_text_is_an_entry_of_its_writer_alone(asset, ana, entries, django_user_model):
    ben = django_user_model.objects.create_user("ben")
    note = write_note(user=ana, asset=asset, body="First")
    edit_note(note=note, body="Second", seen=newest_revision(note).pk)
    write_note(user=ben, asset=asset, body="Ben's")
    shown = entries(asset, "note", user=ana)
    assert [(each.revision.body, each.is_first) for each in shown] == [("Second", False), ("First", True)]
    assert [each.revision.body for each in entries(asset, "note", user=ben)] == ["Ben's"]
    assert entries(asset, "note") == []


def test_a_note_that_was_thrown_away_is_gone(asset, ana, entries):
    write_note(user=ana, asset=asset, body="First").soft_delete()
    assert entries(asset, "note", user=ana) == []
