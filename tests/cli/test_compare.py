"""`luoshi compare`: what it prints, where, and how it says no."""

import json
import re
import sys
from html.parser import HTMLParser

import openpyxl
import pytest

from luoshi.cli import main
from luoshi.cli.compare import Misused, Request, understand
from luoshi.cli.write_table import columns_of
from tests.core.compare.papers import CITY, COUNTY


@pytest.fixture
def files(tmp_path):
    paths = tmp_path / "市.txt", tmp_path / "县.txt"
    for path, text in zip(paths, (CITY, COUNTY), strict=True):
        path.write_text(text, "utf-8")
    return paths


@pytest.fixture
def run(capfdbinary):
    """Run the command in this process: (exit code, text of stdout, text of stderr)."""

    def call(*args):
        code = main(["compare", *map(str, args)])
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return call


def test_tables_line_up_and_say_the_relation(run, files):
    code, out, err = run(*files)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("【上级】云岭市2026年稳增长工作方案")
    assert lines[2].startswith("关系：上下级（由文件推断：云岭市在上，青禾县在下")
    at = next(n for n, line in enumerate(lines) if line.startswith("■ 指标"))
    head, row = lines[at + 1], lines[at + 3]
    column = columns_of(head[: head.index("上级")])
    assert row.startswith("要求高于上级  规模工业增加值")
    assert columns_of(row[: row.index("增长7%")]) == column
    assert [line for line in lines if line.startswith("■")] == [
        "■ 指标（8）", "■ 任务（4）", "■ 加码（5）", "■ 未承接（2）",
    ]  # fmt: skip


def test_a_given_relation_is_kept(run, files):
    _, out, _ = run(*files, "--relation", "两年")
    assert "关系：两年（由命令指定）" in out
    assert "■ 加码" not in out


def test_json_is_one_line(run, files):
    code, out, _ = run(*files, "-f", "json")
    assert code == 0
    assert out.count("\n") == 1
    told = json.loads(out)
    assert (told["relation"], told["a"]["source"], told["b"]["source"]) == ("levels", "市.txt", "县.txt")
    assert {p["status"] for p in told["indicators"]} >= {
        "raised",
        "firmer",
        "same",
        "portion",
        "new",
        "dropped",
    }


def test_a_workbook_has_five_sheets(run, files, tmp_path):
    target = tmp_path / "对照.xlsx"
    assert run(*files, "-o", target) == (0, "", "")
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["指标", "任务", "加码", "未承接", "说明"]
    page = book["指标"]
    heads = [cell.value for cell in page[1]]
    assert page.freeze_panes == "A2"
    assert heads[:5] == ["结果", "指标", "上级", "下级", "说明"]
    row = [cell.value for cell in page[2]]
    start, end = row[heads.index("下级起")], row[heads.index("下级止")]
    assert COUNTY[start:end] == row[heads.index("下级原文")]


class Tags(HTMLParser):
    """Names of all elements, and of those left open."""

    def __init__(self):
        super().__init__()
        self.names, self.open, self.links = [], [], []

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.links += [value for name, value in attrs if name in ("src", "href")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_a_page_stands_alone_and_shows_both_quotes(run, files, tmp_path):
    target = tmp_path / "对照.html"
    assert run(*files, "-o", target)[0] == 0
    text = target.read_text("utf-8")
    tags = Tags()
    tags.feed(text)
    assert not tags.open
    assert not tags.links
    assert "script" not in tags.names
    assert "@page { size: A4" in text
    raised = next(row for row in re.findall(r"<tr.*?</tr>", text) if "要求高于上级" in row)
    assert "原文：规模工业增加值增长7%" in raised
    assert "原文：规模工业增加值增长8.5%" in raised


def test_words_of_a_paper_are_no_markup(run, files, tmp_path):
    files[1].write_text(COUNTY.replace("绿色防控茶园", "绿色<b>防控</b>&茶园"), "utf-8")
    _, out, _ = run(*files, "-f", "html")
    assert "绿色&lt;b&gt;防控&lt;/b&gt;&amp;茶园" in out
    assert "<b>防控" not in out


def test_what_cannot_be_read_is_one_sentence(run, files, tmp_path):
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")
    for other in (empty, tmp_path / "无此文件.docx", tmp_path):
        code, out, err = run(files[0], other)
        assert (code, out) == (2, "")
        assert other.name in err
        assert err.endswith("。\n")


def test_an_output_that_cannot_be_written(run, files, tmp_path):
    code, _, err = run(*files, "-o", tmp_path / "无此文件夹" / "a.json")
    assert code == 2
    assert err.startswith("写不了“")


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["a.txt"], "要给出两个文件，前一份在前、后一份在后；现在给出了1个。"),
        (["a", "b", "c"], "要给出两个文件，前一份在前、后一份在后；现在给出了3个。"),
        (["a", "b", "-f", "pdf"], "没有“pdf”这种格式，可用：text、json、xlsx、html。"),
        (["a", "b", "-r", "父子"], "没有“父子”这种关系，可用：上下级、两年、两稿、两件、两地。"),
        (["a", "b", "--colour"], "参数 --colour 不认识。"), (["a", "b", "-r"], "参数 -r 后面缺少内容。"),
    ],
)  # fmt: skip
def test_wrong_arguments_get_a_chinese_sentence(run, args, sentence):
    code, out, err = run(*args)
    assert (code, out, err.splitlines()[0]) == (2, "", sentence)
    with pytest.raises(Misused, match=sentence[:6]):
        understand(args)


@pytest.mark.parametrize(
    ("args", "request_"),
    [
        (["a", "b"], Request(("a", "b"), None, "text", None)),
        (["a", "b", "-o", "c.html"], Request(("a", "b"), None, "html", "c.html")),
        (["a", "b", "-r", "两稿", "-f", "json"], Request(("a", "b"), "versions", "json", None)),
        (["a", "--help"], Request((), None, "text", None)),
    ],
)
def test_arguments(args, request_):
    assert understand(args) == request_


def test_help_is_chinese(run):
    code, out, _ = run("--help")
    assert code == 0
    assert out.startswith("用法：luoshi compare 前一份 后一份")
