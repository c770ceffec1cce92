"""Progress on a terminal and in a log."""

import io

from tukar.bootstrap.progress import ProgressLine


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Watch:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def test_a_terminal_sees_one_line_that_is_written_over() -> None:
    stream, watch = Terminal(), Watch()
    line = ProgressLine(stream, watch)
    line.show("10,000 rows")
    line.show("too soon")
    watch.at += 0.3
    line.show("20 rows")
    line.end()
    assert stream.getvalue() == "\r10,000 rows\r20 rows    \r       \r"


def test_a_log_gets_whole_lines_and_few_of_them() -> None:
    stream, watch = io.StringIO(), Watch()
    line = ProgressLine(stream, watch)
    for _ in range(25):
        line.show(f"{watch.at:.0f}")
        watch.at += 1
    line.end()
    assert stream.getvalue() == "110\n120\n"
