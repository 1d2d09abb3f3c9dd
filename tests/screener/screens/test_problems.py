from screener.checklist.types import phrase
from screener.screens.problems import Problem


def test_a_problem_is_a_text_and_what_fills_it():
    text = phrase("There is no field {value}.")
    problem = Problem(key="q", text=text, values={"value": "x"}, at=3, length=1)
    assert problem.text.format(**problem.values) == "There is no field x."
    assert Problem(key="sort", text="").at is None
