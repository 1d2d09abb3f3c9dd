from screener.admission.lanes import EXPENSIVE, PAGES, SHEETS


def test_expensive_questions_leave_threads_to_the_others():
    assert EXPENSIVE.at_once + EXPENSIVE.waiting + SHEETS.at_once < PAGES.at_once
