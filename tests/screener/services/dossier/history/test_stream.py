import pytest
from django.template.loader import get_template

from screener.models import NoteRevision
from screener.services.dossier.history import KINDS
from screener.services.dossier.history.place import HistoryPlace
from screener.services.dossier.history.stream import ROWS_A_STRETCH, stretch_of
from tests.factories.market import NOW


def test_names_are_given_once_and_each_stream_has_a_template():
    streams = [stream for kind in KINDS for stream in kind.streams]
    assert len({each.name for each in KINDS}) == len(KINDS)
    assert len({each.name for each in streams}) == len(streams)
    for each in streams:
        assert get_template(each.template_name)


@pytest.mark.parametrize(
    ("count", "is_cut"), [(0, False), (ROWS_A_STRETCH - 1, False), (ROWS_A_STRETCH, True)]
)
def test_a_stretch_of_as_many_rows_as_are_read_at_most_may_have_more_behind_it(count, is_cut):
    rows = [NoteRevision(pk=count - number, written_at=NOW) for number in range(count)]
    assert stretch_of(rows, (), at="written_at").end == (HistoryPlace(NOW, 1) if is_cut else None)
