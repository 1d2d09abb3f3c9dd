import pytest

from screener.screens.columns import COLUMNS
from screener.screens.limits import LIMITS, problem_of_size
from screener.screens.presets import PRESETS, screen_of
from screener.screens.query import QueryError, parse


def sized(count, template):
    keys = [each.key for each in COLUMNS]
    return " ".join(template.format(place=place + 1, key=keys[place % len(keys)]) for place in range(count))


KINDS = (
    ("score > {place}", 150, "150 conditions"),
    ("a{place}", 16, "16 words and tags"),
    ("tag:t{place}", 16, "16 words and tags"),
    ("pct({key}) > {place}", 10, "10 percentiles"),
    ("changed:{key} 7d > {place}%", 6, "6 columns"),
    ("changed:score {place}d > 1", 3, "3 spans of days"),
)


@pytest.mark.parametrize(("template", "most", "words"), KINDS)
def test_each_limit_is_included_and_named(template, most, words):
    if "changed:{key}" in template:
        keys = ["score", "coverage", *(each.key for each in COLUMNS if each.unit in {"usd", "count"})]
        written = [f"changed:{key} 7d > 1" for key in keys]
        texts = [" ".join(written[: most + more]) for more in (0, 1)]
    else:
        texts = [sized(most + more, template) for more in (0, 1)]
    assert problem_of_size(parse(texts[0])) is None
    with pytest.raises(QueryError, match=words):
        parse(texts[1])


def test_lists_have_a_limit():
    assert parse("chain:" + ",".join(f"c{place}" for place in range(200)))
    with pytest.raises(QueryError, match="200 words in lists"):
        parse("chain:" + ",".join(f"c{place}" for place in range(201)))


def test_what_is_within_not_and_or_counts_too():
    with pytest.raises(QueryError, match="3 spans"):
        parse(
            "not (changed:score 1d > 1 or (changed:score 2d > 1 or not (changed:score 3d > 1 score > 1)))"
            " changed:score 4d > 1"
        )


def test_presets_are_within_the_limits():
    assert not any(problem_of_size(screen_of(each).condition) for each in PRESETS)
    assert len(LIMITS) == 6
