import pytest
from django.utils import translation

from screener.checklist import CRITERIA, DIMENSIONS
from screener.checklist.profiles import Changes
from screener.forms.profiles import ProfileForm

DIMENSION, *_OTHERS = DIMENSIONS
PERCENT = next(
    each
    for each in CRITERIA.values()
    if each.unit == "share" and isinstance(each.bands[0].passes, float) and not each.bands[0].unit
)
PAIR = next(each for each in CRITERIA.values() for band in each.bands if isinstance(band.passes, tuple))
PLACE, BAND = next((place, band) for place, band in enumerate(PAIR.bands) if isinstance(band.passes, tuple))


def typed(changes=None):
    """The form as a browser sends it back when nothing is touched."""
    form = ProfileForm(changes=changes, initial={"name": "Mine"})
    return {field.html_name: field.value() for field in form if field.value() is not None}


def filled(changes=None, **fields):
    form = ProfileForm(typed(changes) | fields)
    assert form.is_valid(), form.errors
    return form.changes()


def problem(field, **fields):
    form = ProfileForm(typed() | fields)
    assert not form.is_valid()
    return " ".join(form.errors[field])


def test_untouched_it_changes_nothing():
    assert filled() == Changes()


def test_empty_fields_take_the_checklists_own():
    form = ProfileForm({"name": "Mine"})
    assert form.is_valid(), form.errors
    assert form.changes() == Changes()


def test_shares_are_typed_in_percent():
    name = f"passes-{PERCENT.id}-0-0"
    assert float(typed()[name]) == pytest.approx(100 * PERCENT.bands[0].passes)
    stricter = PERCENT.bands[0].passes
    changes = Changes(thresholds={PERCENT.id: [{"passes": stricter}, *[None] * (len(PERCENT.bands) - 1)]})
    assert filled(changes) == Changes(), "what is the checklist's own is no change"


def test_changes_come_back_as_they_were_typed():
    low, high = BAND.passes
    limits = [None] * len(PAIR.bands)
    limits[PLACE] = {"passes": [(low + high) / 2, high]}
    changes = Changes(
        dimension_weights={DIMENSION.id: 41.5},
        criterion_weights={PERCENT.id: 0},
        thresholds={PAIR.id: limits},
    )
    assert filled(changes) == changes


def test_the_fields_do_not_follow_the_readers_decimal_comma():
    with translation.override("es"):
        changes = Changes(dimension_weights={DIMENSION.id: 41.5})
        assert filled(changes) == changes
        assert 'value="41.5"' in str(ProfileForm(changes=changes)[f"dimension-{DIMENSION.id}"])


@pytest.mark.parametrize("figure", ["x", "nan", "inf", "1e999"])
def test_what_is_no_number_is_told_beside_its_field(figure):
    name = f"passes-{PERCENT.id}-0-0"
    assert problem(name, **{name: figure})


def test_a_pair_the_wrong_way_round_is_told_beside_its_field():
    low, high = (f"passes-{PAIR.id}-{PLACE}-{side}" for side in (0, 1))
    values = typed()
    assert "“From” must not be more than “to”." in problem(low, **{low: values[high], high: values[low]})


def test_the_page_gets_every_field_once_in_the_order_of_the_checklist():
    form = ProfileForm()
    parts = list(form.dimensions)
    assert [each.dimension for each in parts] == list(DIMENSIONS)
    shown = [part.weight.html_name for part in parts]
    for part in parts:
        for row in part.criteria:
            shown.append(row.weight.html_name)
            shown += [each.html_name for band in row.bands for each in (*band.passes, *band.cautions)]
    assert sorted(shown) == sorted(set(form.fields) - {"name", "description"})


def test_a_part_with_a_mistake_says_so():
    form = ProfileForm({"name": "Mine", f"dimension-{DIMENSION.id}": "-1"})
    assert [part.has_errors for part in form.dimensions] == [True, *[False] * (len(DIMENSIONS) - 1)]


def test_every_field_of_the_tables_has_a_name_for_who_cannot_see_its_column():
    form = ProfileForm()
    in_tables = [
        field for name, field in form.fields.items() if "-" in name and not name.startswith("dimension-")
    ]
    labels = [field.widget.attrs["aria-label"] for field in in_tables]
    assert all(labels)
