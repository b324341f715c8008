"""`luoshi read`: what it prints, where, and how it says no."""

import csv
import io
import json
import os
import subprocess
import sys

import openpyxl
import pytest

from luoshi.cli import main
from luoshi.cli.files import Misused
from luoshi.cli.read import Request, understand

PLAN = """青禾县实施“五大行动”方案
一、主要目标
力争规模工业增加值增长6%以上。
二、组织实施
成立=产业提质工作专班,由分管副县长任召集人,成员单位包括县发改局、县财政局等,专班办公室设在县发改局。
县长至少半年调度一次。每个单位确定一名联络员。
"""
COMMAND = [sys.executable, "-m", "luoshi", "read"]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "方案.txt"
    path.write_text(PLAN, "utf-8")
    return path


@pytest.fixture
def read(capfdbinary):
    """Run the command in this process: (exit code, bytes of stdout, text of stderr)."""

    def run(*args):
        code = main(["read", *map(str, args)])
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return code, out, err.decode()

    return run


def test_one_file_is_one_object(read, file):
    code, out, err = read(file, "--format", "json")
    assert (code, err) == (0, "")
    plan = json.loads(out)
    assert plan["source"] == "方案.txt"
    assert plan["task_forces"][0]["office"] == "县发改局"
    assert [m["actor"] for m in plan["mechanisms"]] == ["县长"]


def test_several_files_are_json_lines(read, file, tmp_path):
    other = tmp_path / "另一个.txt"
    other.write_text(PLAN.replace("6%", "7%"), "utf-8")
    code, out, _ = read("--format=json", file, other)
    assert code == 0
    assert [json.loads(line)["source"] for line in out.decode().splitlines()] == ["方案.txt", "另一个.txt"]


def test_the_bundle_holds_the_text_of_the_offsets(read, file):
    _, out, _ = read(file, "-f", "bundle")
    found = json.loads(out)
    force = found["plan"]["task_forces"][0]
    assert found["source"]["text"][force["start"] : force["end"]].startswith(force["quote"])


def test_what_cannot_be_read_is_one_sentence_and_the_rest_is_read(read, file, tmp_path):
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")
    code, out, err = read(empty, tmp_path / "无此文件.docx", file, tmp_path, "-f", "json")
    assert code == 2
    assert [json.loads(line)["source"] for line in out.decode().splitlines()] == ["方案.txt"]
    sentences = err.splitlines()
    assert len(sentences) == 3
    assert "空.txt" in sentences[0]
    assert "没有找到文件" in sentences[1]
    assert "是文件夹" in sentences[2]
    assert all(s.endswith("。") and "Traceback" not in s and "Error" not in s for s in sentences)


def test_no_permission_is_said_in_chinese(read, file, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("luoshi.cli.files.open", refuse, raising=False)
    code, out, err = read(file, "-f", "json")
    assert (code, out) == (2, b"")
    assert err == f"没有权限读取“{file}”，请检查文件权限或换一个账号。\n"


def test_a_fault_of_ours_costs_one_file_not_all(read, file, monkeypatch):
    def fail(data, name):
        raise RecursionError

    monkeypatch.setattr("luoshi.cli.files.read_plan", fail)
    code, _, err = read(file)
    assert code == 2
    assert "程序出错" in err


def test_csv_has_a_mark_for_excel_and_one_head(read, file):
    code, out, _ = read(file, "-f", "csv")
    assert code == 0
    assert out.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(out.decode("utf-8-sig"))))
    assert {"专班", "机制", "名额", "疑问", "方案"} <= {row["类别"] for row in rows}
    force = next(row for row in rows if row["类别"] == "专班")
    assert (force["名称"], force["办公室"]) == ("'=产业提质工作专班", "县发改局")


def test_csv_of_one_kind_has_its_own_columns(read, file):
    _, out, _ = read(file, "-f", "csv", "--kind", "机制")
    head, *rows = csv.reader(io.StringIO(out.decode("utf-8-sig")))
    assert head[:4] == ["主体", "事项", "周期", "下限"]
    assert [row[:4] for row in rows] == [["县长", "调度", "半年", "至少"]]


def test_a_workbook_opens_with_frozen_heads_and_text_as_text(read, file, tmp_path):
    target = tmp_path / "台账.xlsx"
    code, out, err = read(file, "--output", target)
    assert (code, out, err) == (0, b"", "")
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["任务", "指标", "专班", "机制", "名额", "行动", "疑问", "方案"]
    page = book["专班"]
    assert page.freeze_panes == "A2"
    assert (page["A1"].value, page["A2"].value, page["A2"].data_type) == ("名称", "=产业提质工作专班", "s")
    heads = [cell.value for cell in page[1]]
    assert isinstance(page.cell(2, heads.index("起") + 1).value, int)


def test_a_table_lines_up_in_a_terminal(read, file):
    code, out, _ = read(file, "--kind", "专班,机制,疑问")
    assert code == 0
    lines = out.decode().splitlines()
    assert lines[0].startswith("【方案.txt】")
    at = lines.index("■ 机制（1）")
    columns = lines[at + 1]
    assert lines[at + 3].index("调度") == columns.index("事项")  # 县长|主体 are equally wide
    assert any("请确认是否还有其他成员单位" in line.replace(" ", "") for line in lines[at:])
    assert "■ 指标" not in out.decode()


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        ([], "没有给出要读的文件。"),
        (["a.txt", "--format", "pdf"], "没有“pdf”这种格式，可用：table、json、bundle、csv、xlsx。"),
        (["a.txt", "--colour"], "参数 --colour 不认识。"),
        (["a.txt", "-f"], "参数 -f 后面缺少内容。"),
        (
            ["a.txt", "--kind", "任务,人物"],
            "没有“人物”这个类别，可用：任务、指标、专班、机制、名额、行动、疑问、方案。",
        ),
    ],
)
def test_wrong_arguments_get_a_chinese_sentence(read, args, sentence):
    code, out, err = read(*args)
    assert (code, out) == (2, b"")
    assert err.splitlines()[0] == sentence
    with pytest.raises(Misused, match=sentence[:6]):
        understand(args)


@pytest.mark.parametrize(
    ("args", "request_"),
    [
        (["a.docx"], Request(("a.docx",), "table", (), None)),
        (["a.docx", "-o", "b.csv"], Request(("a.docx",), "csv", (), "b.csv")),
        (["a.docx", "-o", "b.xlsx", "-f", "json"], Request(("a.docx",), "json", (), "b.xlsx")),
        (["-k", "任务，指标", "-", "a.pdf"], Request(("-", "a.pdf"), "table", ("任务", "指标"), None)),
        (["--", "-f.txt"], Request(("-f.txt",), "table", (), None)),
        (["a.txt", "--help"], Request((), "table", (), None)),
    ],
)
def test_arguments(args, request_):
    assert understand(args) == request_


def test_help_is_chinese(read):
    code, out, _ = read("--help")
    assert code == 0
    assert out.decode().startswith("用法：luoshi read 文件…")


def test_an_output_that_cannot_be_written(read, file, tmp_path):
    code, _, err = read(file, "-o", tmp_path / "无此文件夹" / "a.csv")
    assert code == 2
    assert err.startswith("写不了“")


def test_no_file_is_left_when_nothing_could_be_read(read, tmp_path):
    target = tmp_path / "a.xlsx"
    assert read(tmp_path / "无.txt", "-o", target)[0] == 2
    assert not target.exists()


def run(*args, **more):
    return subprocess.run([*COMMAND, *map(str, args)], capture_output=True, timeout=60, check=False, **more)


def test_standard_input():
    done = run("-", "-f", "json", input=PLAN.encode("gb18030"))
    assert done.returncode == 0
    plan = json.loads(done.stdout)
    assert plan["source"] == "标准输入"
    assert plan["notes"] == []


@pytest.mark.parametrize("form", ["table", "json"])
def test_a_locale_without_chinese(file, form):
    plain = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii",
    }
    done = run(file, "无.txt", "-f", form, env=plain)
    assert done.returncode == 2
    assert "产业提质工作专班" in done.stdout.decode()
    assert "没有找到文件" in done.stderr.decode()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full on this system")
def test_a_full_disk(file):
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*COMMAND, str(file)], stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )
    assert (done.returncode, done.stderr.decode()) == (2, "结果写不出去，请检查磁盘是否已满。\n")


def test_a_reader_that_stops_early_is_no_error(file):
    command = subprocess.Popen(
        [*COMMAND, *[str(file)] * 40, "-f", "bundle"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    command.stdout.read(10)
    command.stdout.close()
    assert (command.stderr.read(), command.wait(60)) == (b"", 0)
