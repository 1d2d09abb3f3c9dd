from screener.templatetags.registers import of_family


def test_rows_of_a_family_that_has_none():
    assert of_family({"pools": [1]}, "pools") == [1]
    assert list(of_family({}, "pools")) == []
