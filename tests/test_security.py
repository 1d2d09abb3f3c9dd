"""The table of ASVS level 1 names tests that exist, and leaves no requirement out."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "security.md").read_text()
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| .+ \| .+ \| (.+) \|$", re.MULTILINE)
LEVEL_1 = {
    # chapter.section: numbers of the requirements of level 1 in ASVS 4.0.3
    "2.1": range(1, 13),
    "2.2": range(1, 4),
    "2.3": (1,),
    "2.5": range(1, 7),
    "2.7": range(1, 5),
    "2.8": (1,),
    "3.1": (1,),
    "3.2": range(1, 4),
    "3.3": (1, 2),
    "3.4": range(1, 6),
    "3.7": (1,),
    "4.1": (1, 2, 3, 5),
    "4.2": (1, 2),
    "4.3": (1, 2),
    "5.1": range(1, 6),
    "5.2": range(1, 9),
    "5.3": range(1, 11),
    "5.5": range(1, 5),
    "6.2": (1,),
    "7.1": (1, 2),
    "7.4": (1,),
    "8.2": range(1, 4),
    "8.3": range(1, 5),
    "9.1": range(1, 4),
    "10.3": range(1, 4),
    "11.1": range(1, 6),
    "12.1": (1,),
    "12.3": range(1, 6),
    "12.4": (1, 2),
    "12.5": (1, 2),
    "12.6": (1,),
    "13.1": (1, 3),
    "13.2": range(1, 4),
    "13.3": (1,),
    "14.2": range(1, 4),
    "14.3": (2, 3),
    "14.4": range(1, 8),
    "14.5": range(1, 4),
}


def test_every_requirement_of_level_1_is_in_it_once():
    asked = [f"{section}.{number}" for section, numbers in LEVEL_1.items() for number in numbers]
    assert [each for each, _tests in ROW.findall(TEXT)] == asked


def test_every_test_that_it_names_exists():
    missing = []
    for requirement, tests in ROW.findall(TEXT):
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", tests)
        assert named, f"{requirement} names no test"
        for path, name in named:
            if not re.search(rf"^def {name}\(", (ROOT / path).read_text(), re.MULTILINE):
                missing.append((requirement, path, name))
    assert missing == []
