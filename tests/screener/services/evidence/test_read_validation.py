import pytest

from assets.metrics.families import KINDS
from screener.checklist import CHECKLIST_VERSION, CRITERIA
from screener.services.evidence.read_validation import (
    GradeRate,
    rates_by_class,
    read_validation,
    worsens_by_grade,
)
from tests.factories.validation import make_result, save_results

A_CRITERION = next(iter(CRITERIA))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "results.json"


def read(file, **changes):
    (saved,) = read_validation(save_results(file, make_result(**changes)))
    return saved


@pytest.mark.parametrize("text", [None, "", " \n", "{}"])
def test_nothing_saved_is_nothing_to_show(file, text):
    if text is not None:
        file.write_text(text)
    assert read_validation(file) == ()


def test_a_set_is_read(file):
    saved = read(file)
    assert (saved.auc.value, saved.auc.in_hundred) == (0.931, 93)
    assert saved.auc.width == pytest.approx(0.012)
    assert [auc.value for _title, auc in saved.rivals] == [0.7, None, 0.9, 0.969, 0.988]
    assert saved.grades[0] == GradeRate(grade="A", n=0, rate=None)
    assert saved.worsens_by_grade


def test_a_dimension_adds_what_is_lost_without_it(file):
    (saved,) = read(file).ablation
    assert saved.title == "Utility"
    assert saved.gain == pytest.approx(0.031)


def test_known_sets_stand_first_and_strange_ones_keep_their_name(file):
    save_results(file, make_result("mine"), make_result("polish_1y"), make_result("uniswap_rugs"))
    assert [each.name for each in read_validation(file)] == ["uniswap_rugs", "polish_1y", "mine"]
    assert read_validation(file)[-1].title == "mine"


@pytest.mark.parametrize(("version", "is_current"), [(CHECKLIST_VERSION, True), ("1999.1", False)])
def test_a_result_of_another_version_is_known_as_such(file, version, is_current):
    assert read(file, checklist_version=version).is_current is is_current


def test_criteria_may_be_told_by_their_names_alone(file):
    (fed, gone) = read(file, criteria_fed=[A_CRITERION, "gone.away"]).fed
    assert (fed.criterion, fed.answered_share) == (CRITERIA[A_CRITERION], None)
    assert gone.criterion is None


def test_an_auc_that_could_not_be_worked_out_is_none(file):
    saved = read(file, auc=None, auc_low=None, auc_high=None)
    assert (saved.auc.value, saved.auc.width, saved.auc.in_hundred) == (None, 0.0, None)
    assert saved.ablation[0].gain is None


@pytest.mark.parametrize(
    ("low", "high", "is_of_chance", "is_turned"),
    [
        (0.6, 0.7, False, False),
        (0.5, 0.7, True, False),
        (0.45, 0.55, True, False),
        (0.3, 0.49, False, True),
        (None, None, False, False),
    ],
)
def test_where_the_score_does_not_hold_is_known(file, low, high, is_of_chance, is_turned):
    auc = read(file, auc_low=low, auc_high=high).auc
    assert (auc.is_of_chance, auc.is_turned) == (is_of_chance, is_turned)


@pytest.mark.parametrize(
    ("observed", "high", "axis"), [(0.25, 0.4, 0.5), (0.02, 0.05, 0.2), (0.9, 0.95, 1.0)]
)
def test_forecast_and_frequency_are_points_of_a_plot(file, observed, high, axis):
    one = {"n": 10, "predicted": 0.2, "observed": observed, "low": 0.01, "high": high}
    saved = read(file, reliability=[one])
    (point,) = saved.reliability_points
    assert saved.reliability_axis == axis
    assert (point.x, point.y) == pytest.approx((20 / axis, 100 - 100 * observed / axis))
    assert (point.low, point.high) == pytest.approx((100 - 1 / axis, 100 - 100 * high / axis))


def test_a_result_without_intervals_is_plotted_without_them(file):
    (point,) = read(file).reliability_points
    assert (point.x, point.y, point.low) == (pytest.approx(40), pytest.approx(50), None)


def test_a_population_and_its_groups_are_read(file):
    told = {"of": "dex", "rows_of": "pools", "within": {"trades_24h": [3, 10]}}
    years = [
        {"group": year, "n": 90, "bad": 9, "auc": auc, "low": auc - 0.1, "high": auc + 0.1}
        for year, auc in ((2001.0, 0.52), (2002.0, 0.8), (2003.0, 0.3))
    ]
    saved = read(file, population=told, by_group=years)
    assert saved.population.within == {"trades_24h": (3, 10)}
    assert saved.rows_of == "pools"
    assert [each.group for each in saved.groups_without_power] == ["2001", "2003"]
    assert read(file).population is None
    assert read(file).rows_of == "uniswap_rugs"


@pytest.mark.parametrize(
    ("rates", "worsens"),
    [
        ([0.1, 0.2, 0.2, 0.9, 1.0], True),
        ([None, 0.2, None, 0.9, 1.0], True),
        ([0.1, 0.3, 0.2, 0.9, 1.0], False),
        ([None, 0.2], None),
        ([], None),
    ],
)
def test_whether_worse_grades_end_worse(rates, worsens):
    saved = [GradeRate(grade=grade, n=1, rate=rate) for grade, rate in zip("ABCDE", rates, strict=False)]
    assert worsens_by_grade(saved) is worsens


def test_what_is_shipped_can_be_read():
    for each in read_validation():
        assert each.saved["rows"] > 0


def test_grades_are_held_against_outcomes_by_source_class(file):
    empty = {grade: {"n": 0, "rate": None} for grade in "ABCDE"}
    save_results(
        file,
        make_result("pools", kind="token"),
        make_result("firms", kind="equity"),
        make_result("nothing", kind="token", grades=empty),
    )
    results = read_validation(file)
    by_class = {each.source: [one.name for one in each.sets] for each in rates_by_class(results, KINDS)}
    assert by_class == {"dex": ["pools"], "listed": [], "company": ["firms"]}
    assert [each.source for each in rates_by_class(results, ["equity"])] == ["company"]
