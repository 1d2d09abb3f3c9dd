import gzip

import numpy as np
import pandas as pd
import pytest

from screener.validation.tables import TableError, read_table

CSV = "\ufeffname,depth,pulled,seen\nA,1.5,TRUE,2022-12-30\nB,,FALSE,\n"
ARFF = """% a remark
@relation pools
@attribute 'pool name' string
@attribute depth numeric
@attribute outcome {bad, good}

@data
'A, the first',1.5,bad
B,?,good
"""
HEADLESS = "1.5,?,0\n-2e3,4,1\n"


def test_a_csv_is_read_with_numbers_texts_and_booleans(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(CSV, encoding="utf-8")
    table = read_table(str(path))
    assert table["name"].tolist() == ["A", "B"]
    assert table["pulled"].tolist() == [1.0, 0.0]
    assert table["seen"].tolist() == ["2022-12-30", None]
    assert table["depth"].iloc[0] == 1.5
    assert np.isnan(table["depth"].iloc[1])


def test_a_gzipped_csv_is_the_same(tmp_path):
    (tmp_path / "a.csv").write_text(CSV, encoding="utf-8")
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(CSV.encode()))
    assert read_table(str(tmp_path / "b.csv.gz")).equals(read_table(str(tmp_path / "a.csv")))


def test_parquet_is_read_with_its_moments_as_texts(tmp_path):
    path = tmp_path / "a.parquet"
    seen = pd.Timestamp("2022-12-30 21:31:46")
    pd.DataFrame({"name": ["A"], "depth": [1.5], "pulled": [True], "seen": [seen]}).to_parquet(path)
    table = read_table(str(path))
    assert table.iloc[0].to_dict() == {
        "name": "A",
        "depth": 1.5,
        "pulled": 1.0,
        "seen": "2022-12-30T21:31:46",
    }


def test_arff_gives_its_attributes(tmp_path):
    (tmp_path / "a.arff").write_text(ARFF)
    table = read_table(str(tmp_path / "a.arff"))
    assert table.columns.tolist() == ["pool name", "depth", "outcome"]
    assert table["pool name"].tolist() == ["A, the first", "B"]
    assert table["depth"].iloc[0] == 1.5
    assert np.isnan(table["depth"].iloc[1])


@pytest.mark.parametrize("name", ["a.arff", "a.arff.gz"])
def test_arff_without_a_head_gets_names(tmp_path, name):
    body = HEADLESS.encode()
    (tmp_path / name).write_bytes(gzip.compress(body) if name.endswith(".gz") else body)
    table = read_table(str(tmp_path / name))
    assert table.columns.tolist() == ["Attr1", "Attr2", "class"]
    assert table["Attr1"].tolist() == [1.5, -2000.0]
    assert table["Attr2"].isna().tolist() == [True, False]


def test_of_a_workbook_the_first_sheet_is_read(tmp_path):
    path = tmp_path / "a.xlsx"
    with pd.ExcelWriter(path) as book:
        pd.DataFrame({"name": ["A", None], "depth": [1.5, None], "pulled": [True, False]}).to_excel(
            book, sheet_name="pools", index=False
        )
        pd.DataFrame({"other": [1]}).to_excel(book, sheet_name="notes", index=False)
    table = read_table(str(path))
    assert table.columns.tolist() == ["name", "depth", "pulled"]
    assert table["name"].tolist() == ["A", None]
    assert table["depth"].iloc[0] == 1.5
    assert table["pulled"].tolist() == [1.0, 0.0]


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["1,234", "-12,345,678.5", "7"], [1234, -12345678.5, 7]),
        (["1 234", "2'345", "", ".5"], [1234, 2345, np.nan, 0.5]),
        (["1\u202f234\u202f567", "1e3"], [1234567, 1000]),
    ],
)
def test_numbers_with_thousands_separators_are_numbers(tmp_path, cells, numbers):
    pd.DataFrame({"x": cells, "y": 1}).to_csv(tmp_path / "a.csv", index=False)
    assert read_table(str(tmp_path / "a.csv"))["x"].tolist() == pytest.approx(numbers, nan_ok=True)


@pytest.mark.parametrize(
    "cells", [["1,234", "0,5"], ["1,23", "4"], ["1,234", "n/a."], ["1,234 567"], ["1234,567"], ["A", "B"]]
)
def test_a_column_that_is_not_all_such_numbers_stays_text(tmp_path, cells):
    pd.DataFrame({"x": cells, "y": 1}).to_csv(tmp_path / "a.csv", index=False)
    assert read_table(str(tmp_path / "a.csv"))["x"].tolist() == cells


@pytest.mark.parametrize("named", ["{0}/a.csv,{0}/b.csv", "{0}", "{0}/*.csv", " {0}/a.csv , {0}/b.csv ,"])
def test_several_files_are_one_table(tmp_path, named):
    (tmp_path / "a.csv").write_text("x,y\n1,2\n")
    (tmp_path / "b.csv").write_text("y,x\n20,10\n")
    (tmp_path / "SOURCE.txt").write_text("where it is from")
    assert read_table(named.format(tmp_path)).to_dict("list") == {"x": [1.0, 10.0], "y": [2.0, 20.0]}


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        ("a.ods", "", "of no kind that can be read"),
        ("a.xlsx", "no workbook", "can't be read"),
        ("a.csv", "", "can't be read"),
        ("a.csv", "x,y\n", "has no rows"),
        ("a.csv", 'x,y\n"1,2\n', "can't be read"),
        ("a.csv.gz", "x\n1\n", "can't be read"),
        ("a.parquet", "no parquet", "can't be read"),
        ("a.arff", "@data\n", "has no rows"),
        ("a.arff", "1,2\n3\n", "a row of 1 values for 2 columns"),
        ("a.arff", "@attribute x numeric\n@data\n{0 1}\n", "sparse rows"),
        ("a.arff", "@attribute x numeric\n@attribute x numeric\n1,2\n", "'x' twice"),
    ],
)
def test_what_can_not_be_read_is_told_in_a_sentence(tmp_path, name, body, message):
    (tmp_path / name).write_text(body)
    with pytest.raises(TableError, match=message):
        read_table(str(tmp_path / name))


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("{0}/none.csv", "There is no file"),
        ("{0}/none*.csv", "There is no file"),
        ("{0}", "has no table in it"),
        (" , ", "names no file"),
    ],
)
def test_a_missing_file_is_told(tmp_path, named, message):
    with pytest.raises(TableError, match=message):
        read_table(named.format(tmp_path))


def test_files_of_one_table_have_the_same_columns(tmp_path):
    (tmp_path / "a.csv").write_text("x,y\n1,2\n")
    (tmp_path / "b.csv").write_text("x,z\n1,2\n")
    with pytest.raises(TableError, match="other columns"):
        read_table(str(tmp_path))
