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


def test_a_notice_stays_below_the_lines_of_a_terminal_and_above_the_progress():
    stream = Terminal()
    console = Console(stream)
    console.notice(["ready", "log in"])
    console.line("web", "hello")
    console.progress("1 of 3")
    up = "\x1b[1A\x1b[2K"
    assert stream.getvalue() == (
        "\nready\nlog in"
        f"\r\x1b[2K{up}{up}web     | hello\n\nready\nlog in"
        f"\r\x1b[2K{up}{up}\nready\nlog in\n1 of 3"
    )


def test_all_lines_of_a_wide_notice_are_erased(monkeypatch):
    monkeypatch.setenv("COLUMNS", "10")
    stream = Terminal()
    console = Console(stream)
    console.progress("x" * 25)
    console.progress("")
    assert stream.getvalue() == "x" * 25 + "\r\x1b[2K" + 2 * "\x1b[1A\x1b[2K"


def test_a_notice_in_a_file_is_written_again_unless_it_is_the_last_thing_there():
    stream = io.StringIO()
    console = Console(stream)
    console.notice(["ready"])
    console.repeat_notice()
    assert stream.getvalue() == "assay   | ready\n"
    console.line("web", "hello")
    console.repeat_notice()
    console.repeat_notice()
    assert stream.getvalue() == "assay   | ready\nweb     | hello\nassay   | ready\n"
