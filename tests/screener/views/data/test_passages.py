import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.views.data.passages import LONGEST, MOST_READ, passages

ADDRESS = "0xabc0000000000000000000000000000000000001"
LONG = b'{"cik": 1234567, "facts": {"x": [' + b"1," * LONGEST + b"2]}}"


@pytest.mark.parametrize(
    ("body", "name", "expected"),
    [
        (
            b'[{"id": "alpha"}, {"id": "beta", "y": {"z": [1]}}, {"id": "beta-2"}]',
            "beta",
            [("$[1]", b'{"id": "beta", "y": {"z": [1]}}')],
        ),
        (
            f'{{"data":[{{"id":"x","of":{{"at":"{ADDRESS.upper()}"}}}},{{"id":"eth_{ADDRESS}"}}]}}'.encode(),
            ADDRESS,
            [
                ("$.data[0]", f'{{"id":"x","of":{{"at":"{ADDRESS.upper()}"}}}}'.encode()),
                ("$.data[1]", f'{{"id":"eth_{ADDRESS}"}}'.encode()),
            ],
        ),
        (
            f'{{"coins": {{"a:{ADDRESS}": {{"p": 1.50}}, "o": {{}}}}}}'.encode(),
            ADDRESS,
            [(f'$.coins["a:{ADDRESS}"]', f'"a:{ADDRESS}": {{"p": 1.50}}'.encode())],
        ),
        (
            b'{"fields":["cik"],"data":[[123456,"A"],[1234567,"B"],[1.1234567]]}',
            "1234567",
            [("$.data[1]", b'[1234567,"B"]')],
        ),
        (LONG, "1234567", [("$.cik", b'"cik": 1234567')]),
        (b'["a", "beta", "c"]', "beta", [("$[1]", b'"beta"')]),
        (
            b'{"a": "be\\"ta, {", "q": {"name": "beta"}, "t": "\xc3\xa9 beta"}',
            "beta",
            [("$.q", b'{"name": "beta"}'), ("", None)],
        ),
        (b'{"\xc3\xa9": {"id": "beta"}}', "beta", [('$["\u00e9"]', b'{"id": "beta"}')]),
    ],
)
def test_of_json_it_is_the_object_of_the_asset_with_its_path(body, name, expected):
    found = [(each.path, body[each.start : each.end]) for each in passages(body, [name])]
    assert [path for path, _text in found][: len(expected)] == [path or "$" for path, _text in expected]
    assert [text for (_path, text), (_p, wanted) in zip(found, expected, strict=False) if wanted] == [
        wanted for _path, wanted in expected if wanted
    ]


@pytest.mark.parametrize(
    ("body", "name", "expected"),
    [
        (b"Symbol|Name\nAAA|x\nBBB|BBB Corp\nBBBB|y\n", "bbb", [(3, b"BBB|BBB Corp")]),
        (b"Symbol,Name\r\nBBB,x", "BBB", [(2, b"BBB,x")]),
        (b"nothing", "beta", []),
        (b"", "beta", []),
    ],
)
def test_of_a_text_it_is_the_line(body, name, expected):
    assert [(each.line, body[each.start : each.end]) for each in passages(body, [name])] == expected


@pytest.mark.parametrize("body", [b'{"a": {"cut off": "beta', b"[" * 5_000 + b'"beta"', b"{beta}", b"[,beta"])
def test_what_is_no_whole_json_is_shown_around_the_name(body):
    (found,) = passages(body, ["beta"])
    assert b"beta" in body[found.start : found.end]
    assert not found.path


def test_a_page_without_lines_is_shown_around_the_name():
    body = b"x " * LONGEST + b"beta" + b" y" * LONGEST
    (found,) = passages(body, ["beta"])
    assert b"beta" in body[found.start : found.end]
    assert found.end - found.start < 1_000


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(JSON, JSON, st.booleans(), st.sampled_from([None, 2]))
def test_whatever_stands_beside_it_the_object_is_found(first, last, escaped, indent):
    own = {"id": "needle-in-hay", "other": first}
    body = json.dumps({"k": [first, own, last]}, ensure_ascii=escaped, indent=indent).encode(
        "utf-8", "replace"
    )
    found = [each for each in passages(body, ["needle-in-hay"]) if each.path == "$.k[1]"]
    assert json.loads(body[found[0].start : found[0].end]) == json.loads(json.dumps(own))


def test_ten_megabytes_take_no_second():
    rows = [{"id": f"coin-{each}", "name": "x" * 80, "price": each / 7} for each in range(80_000)]
    body = json.dumps(rows).encode()
    assert 8_000_000 < len(body) < MOST_READ
    begin = time.process_time()
    found = next(passages(body, ["coin-79999"]))
    assert time.process_time() - begin < 3, "a tenth of that on a machine at rest"
    assert found.path == "$[79999]"
