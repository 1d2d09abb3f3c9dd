import io

from screener.supervisor.console import Console


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_names_stand_in_one_column():
    stream = io.StringIO()
    console = Console(stream)
    console.line("web", "ready")
    console.line("worker", "ready")
    assert stream.getvalue() == "web     | ready\nworker  | ready\n"


def test_progress_stays_below_the_lines_of_a_terminal():
    stream = Terminal()
    console = Console(stream)
    console.progress("1 of 3")
    console.line("web", "hello")
    console.progress("2 of 3")
    console.progress("")
    assert stream.getvalue() == "1 of 3\r\x1b[2Kweb     | hello\n1 of 3\r\x1b[2K2 of 3\r\x1b[2K"


def test_progress_in_a_file_is_a_line_now_and_then():
    stream = io.StringIO()
    console = Console(stream)
    for step in range(10):
        console.progress(f"{step} of 10")
    assert stream.getvalue() == "assay   | 0 of 10\n"
