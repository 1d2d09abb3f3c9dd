from assets.providers.rugcheck.values import NOBODY, account_in, holder_of, part_of, parts_of
from assets.sourcing.reading import RowReader

SOMEBODY = "4rZMiegvpsnsKZ8yQNatKEYQ1372T3ADYaMr3NMGU8Po"


def test_a_power_is_somebodys_nobodys_or_not_told():
    reader = RowReader()
    fields = {"theirs": SOMEBODY, "none": None, "empty": "", "given_up": NOBODY, "broken": "0x1", "flag": 1}
    found = {name: holder_of(fields, name, reader) for name in (*fields, "absent")}
    assert found == {
        "theirs": SOMEBODY,
        "none": "",
        "empty": "",
        "given_up": "",
        "broken": None,
        "flag": None,
        "absent": None,
    }
    assert reader.parsed([]).remarks == ("broken is no account.", "flag is no account.")


def test_nobody_is_no_account():
    assert [account_in({"of": each}, "of") for each in (SOMEBODY, NOBODY, None, 5, "x")] == [
        SOMEBODY,
        "",
        "",
        "",
        "",
    ]


def test_what_is_no_object_is_an_empty_one():
    assert part_of({"a": {"b": 1}}, "a") == {"b": 1}
    assert [part_of({"a": each}, "a") for each in (None, [], "x")] == [{}, {}, {}]
    assert parts_of({"a": [{"b": 1}, None, 5]}, "a") == [{"b": 1}]
    assert parts_of({"a": {"b": 1}}, "a") == []
