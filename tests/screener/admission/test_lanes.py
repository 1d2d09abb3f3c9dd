from screener.admission.lanes import EXPENSIVE, PAGES


def test_expensive_questions_leave_threads_to_the_others():
    assert EXPENSIVE.at_once + EXPENSIVE.waiting < PAGES.at_once
