"""The command itself and the bar it draws."""

import io
import sys

import pytest

from luoshi import __version__
from luoshi.cli import main
from luoshi.cli.progress import LONG, Progress
from luoshi.cli.write_table import columns_of, pad, wrap


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        ([], 0, "用法：luoshi"),
        (["--help"], 0, "读方案"),
        (["--version"], 0, __version__),
        (["讲"], 2, "没有“讲”这个命令。"),
    ],
)
def test_the_command(capsys, args, code, said):
    assert main(args) == code
    out, err = capsys.readouterr()
    assert said in (err if code else out)
    assert (out if code else err) == ""


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_the_bar_shows_for_a_long_file_and_is_wiped(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    progress = Progress(4 * LONG)
    progress.begin("短.txt", 10)
    assert screen.getvalue() == ""
    progress.begin("长.pdf", 2 * LONG)
    progress.begin("短.txt", 10)
    assert "0% 正在读 长.pdf" in screen.getvalue()
    assert "50% 正在读 短.txt" in screen.getvalue()
    progress.end()
    assert screen.getvalue().endswith("\r\x1b[K")


def test_no_bar_where_nobody_watches(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    progress = Progress(LONG)
    progress.begin("长.pdf", LONG)
    progress.end()
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("text", "columns"), [("", 0), ("abc", 3), ("县发改局", 8), ("增长6%", 6), ("（人防办）", 10), ("①", 1)]
)
def test_a_chinese_character_takes_two_columns(text, columns):
    assert columns_of(text) == columns
    assert columns_of(pad(text, 12)) == 12


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 8, [""]),
        ("县发改局", 8, ["县发改局"]),
        ("县发改局、县财政局", 9, ["县发改", "局、县财", "政局"]),
        ("对吗？", 4, ["对", "吗？"]),
        ("GDP增长6%", 6, ["GDP增", "长6%"]),
    ],
)
def test_long_cells_wrap(text, width, lines):
    assert wrap(text, width) == lines
    assert all(columns_of(line) <= width for line in lines)
