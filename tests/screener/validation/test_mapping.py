from datetime import UTC, datetime

import pytest

from screener.validation.mapping import OUTCOMES, SHIPPED, MappingError, mapping_of, read_mapping, word

WHOLE = {
    "kind": "token",
    "now": datetime(2022, 1, 1),  # noqa: DTZ001 - as TOML tells it without a zone
    "label": {"column": "outcome", "bad": "rug"},
    "facts": {"pools": [{"reserve_usd": "2 * side_usd"}]},
}
NAMES = sorted(path.stem for path in SHIPPED.glob("*.toml"))


def without(*names):
    return {key: value for key, value in WHOLE.items() if key not in names}


def test_a_mapping_is_read():
    mapping = mapping_of(
        {
            **WHOLE,
            "terms": {"fee": 0.003, "side_usd": "depth * (1 - fee)"},
            "rows": [{"keep": "depth > 0"}],
            "age": "days_since(moment(born))",
            "limits": ["Few rows."],
            "baselines": {"leave_out": ["id"]},
            "facts": {
                "market": {"price_usd": "price"},
                "pools": [{"reserve_usd": "2 * side_usd", "when": "seen == 1"}, {"reserve_usd": 5}],
            },
        },
        name="mine",
    )
    assert mapping.name == "mine"
    assert mapping.now == datetime(2022, 1, 1, tzinfo=UTC)
    assert [part.key for part in mapping.parts] == ["facts.market", "facts.pools[0]", "facts.pools[1]"]
    assert mapping.inputs == {"price", "depth", "seen"}
    assert mapping.columns_of(mapping.terms["side_usd"]) == {"depth"}
    assert mapping.left_out == ("id",)
    assert mapping.limits == ("Few rows.",)
    assert mapping.size is None


def test_several_values_can_be_bad():
    mapping = mapping_of(
        {**WHOLE, "label": {"column": "outcome", "bad": [True, 2], "good": "fine"}}, name="x"
    )
    assert mapping.label.bad == ("1", "2")
    assert mapping.label.good == ("fine",)
    assert mapping.label.names == {"outcome"}


def test_a_condition_can_be_bad():
    label = mapping_of({**WHOLE, "label": {"condition": "pull == 1 or dump == 1"}}, name="x").label
    assert label.names == {"pull", "dump"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [(True, "1"), (1.0, "1"), (" Rug ", "rug"), ("FALSE", "0"), (0.5, "0.5"), (10, "10")],
)
def test_values_of_a_label_are_compared_as_words(value, expected):
    assert word(value) == expected


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (without("kind"), "kind is missing"),
        (without("now"), "now is missing"),
        (without("facts"), "tells no facts"),
        (without("label"), "label.column is missing"),
        ({**WHOLE, "kind": "coin"}, "kind is 'coin'; it must be one of token, equity"),
        ({**WHOLE, "now": "2022"}, "now is '2022'; it must be a moment"),
        ({**WHOLE, "lable": {}}, "lable: there is no key 'lable'. Is it 'label'"),
        ({**WHOLE, "label": {"column": "outcome"}}, "label.bad is missing"),
        ({**WHOLE, "label": {"columns": "x"}}, "Is it 'column'"),
        ({**WHOLE, "label": {"condition": "a", "bad": 1}}, "have no place beside it"),
        ({**WHOLE, "label": {"condition": "a +"}}, "label.condition: “a \\+” is no expression"),
        ({**WHOLE, "label": "outcome"}, r"label must be a table \[label\]"),
        ({**WHOLE, "facts": {"pool": {}}}, "there is no frame 'pool'. Is it 'pools'"),
        ({**WHOLE, "facts": {"sources": {}}}, "there is no frame 'sources'"),
        ({**WHOLE, "facts": {"market": [{}]}}, r"one table \[facts.market\]"),
        ({**WHOLE, "facts": {"pools": [{"reserve": 1}]}}, r"facts.pools\[0\].reserve: there is no fact"),
        ({**WHOLE, "facts": {"pools": [{"asset_id": 1}]}}, "there is no fact 'asset_id'"),
        ({**WHOLE, "facts": {"market": {"price_usd": "1 +"}}}, "facts.market.price_usd: “1 \\+”"),
        ({**WHOLE, "facts": {"market": {"price_usd": [1]}}}, "must be an expression in quotes, or a number"),
        ({**WHOLE, "terms": {"a": "b", "b": 1}}, "terms.a rests on 'b'"),
        ({**WHOLE, "terms": {"a": "a + 1"}}, "terms.a rests on 'a'"),
        ({**WHOLE, "rows": {"keep": "a"}}, "rows must be written as tables"),
        ({**WHOLE, "rows": [{"drop": "a"}]}, r"rows\[0\].drop: there is no key"),
        ({**WHOLE, "limits": "few"}, "limits must be a list of texts"),
        ({**WHOLE, "baselines": {"leave_out": [1]}}, "baselines.leave_out must be a list of texts"),
        ({**WHOLE, "name": 3}, "name is 3; it must be a text"),
        ({**WHOLE, "outcome": "died"}, "outcome is 'died'; it must be one of pulled"),
        ({**WHOLE, "horizon_days": "14"}, "horizon_days is '14'; it must be a whole number"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(document, message):
    with pytest.raises(MappingError, match=message):
        mapping_of(document, name="x")


@pytest.mark.parametrize("name", NAMES)
def test_each_shipped_mapping_is_sound(name):
    mapping = read_mapping(name)
    assert mapping.name == name
    assert mapping.outcome in OUTCOMES
    assert mapping.limits, "The page shows what a set can't tell."
    assert not mapping.inputs & mapping.label.names, "The outcome must not become a fact."


def test_the_five_sets_of_the_design_are_shipped():
    assert {"uniswap_rugs", "uniswap_small", "uniswap_day1", "polish_1y", "solana_pools"} <= set(NAMES)


def test_a_file_is_read(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        'kind = "token"\nnow = 2022-01-01T00:00:00Z\nlabel = {column = "y", bad = 1}\n'
        '[facts.market]\nprice_usd = "p"\n'
    )
    assert read_mapping(str(path)).name == "mine"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("kind = \n", r"is no TOML: .*line 1"),
        ('kind = "token"\n', r"mine.toml: now is missing"),
    ],
)
def test_a_broken_file_is_named(tmp_path, body, message):
    path = tmp_path / "mine.toml"
    path.write_text(body)
    with pytest.raises(MappingError, match=message):
        read_mapping(str(path))


@pytest.mark.parametrize("name", ["none", "none.toml", "../uniswap_rugs"])
def test_a_missing_mapping_names_the_shipped_ones(name):
    with pytest.raises(MappingError, match=r"shipped are .*uniswap_rugs"):
        read_mapping(name)


def test_a_population_is_checked_with_the_mapping():
    assert mapping_of(WHOLE, name="x").population is None
    mapping = mapping_of(
        {**WHOLE, "population": {"of": "dex"}, "group": {"by": "year", "title": "Year"}}, name="x"
    )
    assert mapping.population.rows_of == "x"
    assert mapping.group.names == {"year"}
    assert mapping.group_title == "Year"
    with pytest.raises(MappingError, match=r"group\.title is missing"):
        mapping_of({**WHOLE, "group": {"by": "year"}}, name="x")
    with pytest.raises(MappingError, match=r"population\.of"):
        mapping_of({**WHOLE, "population": {"of": "coins"}}, name="x")


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_set_says_whom_it_stands_for(name):
    assert read_mapping(name).population is not None
