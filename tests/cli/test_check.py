"""`luoshi check`: formats, exit codes, the house's own decisions, the drafter's file with comments."""

import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from luoshi.cli import main
from luoshi.cli.docx_comments import Remark, bare_docx, commented

PLAN = """青禾县2026年稳增长工作方案
一、主要目标
社会消费品零售总额增长6%。
二、重点任务
1.搞活商贸。举办促销活动至少6场以上，社会消费品零售总额增长7%。(县商务局牵头，县发改局县财政局按职责分工负责)
2.做优农业。新建农田2万亩。(县农业农村局负责)
"""
CLEAN = """青禾县2026年稳增长工作方案
二、重点任务
1.搞活商贸。举办促销活动6场。(县商务局牵头，县财政局负责)
"""


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "方案.txt"
    path.write_text(PLAN, "utf-8")
    return path


def run(capfd, *args):
    code = main(["check", *map(str, args)])
    out, err = capfd.readouterr()
    return code, out, err


def test_text_marks_the_spot(capfd, plan):
    code, out, _ = run(capfd, plan)
    assert code == 1
    lines = out.splitlines()
    head = next(i for i, line in enumerate(lines) if "run-on-units" in line)
    assert lines[head].startswith("方案.txt:5:")
    assert "错误 单位连写" in lines[head]
    shown, marks = lines[head + 1], lines[head + 2]
    width = sum(
        2 if ord(c) > 0x2000 and c not in "│…" else 1 for c in shown[: shown.index("县发改局县财政局")]
    )
    assert marks.index("^") == width
    assert marks.count("^") == 2 * len("县发改局县财政局")
    assert "建议改为：县发改局、县财政局" in out


def test_clean_plan_is_zero(capfd, tmp_path):
    path = tmp_path / "好方案.txt"
    path.write_text(CLEAN, "utf-8")
    code, out, _ = run(capfd, path)
    assert code == 0
    assert "没有发现问题" in out


def test_least_hides_the_lesser(capfd, plan):
    _, everything, _ = run(capfd, plan)
    code, errors, _ = run(capfd, plan, "--least", "错误")
    assert code == 1
    assert "target-conflict" in everything
    assert "target-conflict" not in errors


def test_json_and_sarif_point_at_the_words(capfd, plan):
    _, out, _ = run(capfd, plan, "--format", "json")
    found = json.loads(out)["findings"]
    for row in found:
        assert PLAN[row["start"] : row["end"]][:60] == row["quote"][:59] or "…" in row["quote"]
        line = PLAN.split("\n")[row["line"] - 1]
        assert line[row["column"] - 1 :].startswith(PLAN[row["start"] : row["start"] + 1])
    _, out, _ = run(capfd, plan, "--format", "sarif")
    log = json.loads(out)
    results = log["runs"][0]["results"]
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert len(results) == len(found)
    for row in results:
        assert rules[row["ruleIndex"]]["id"] == row["ruleId"]
        region = row["locations"][0]["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert region["startColumn"] >= 1
        assert region["charLength"] > 0


def test_a_fix_applied_takes_the_finding_away(capfd, plan):
    _, out, _ = run(capfd, plan, "--format", "json")
    rows = [row for row in json.loads(out)["findings"] if row["mend"]]
    assert rows
    mended = PLAN
    for row in sorted(rows, key=lambda row: -row["start"]):
        mended = mended[: row["start"]] + row["mend"] + mended[row["end"] :]
    plan.write_text(mended, "utf-8")
    _, out, _ = run(capfd, plan, "--format", "json")
    assert not {row["code"] for row in rows} & {row["code"] for row in json.loads(out)["findings"]}


def test_html_stands_alone(capfd, plan, tmp_path):
    page = tmp_path / "报告.html"
    code, _, _ = run(capfd, plan, "--output", page)
    words = page.read_text("utf-8")
    assert code == 1
    assert "<mark>县发改局县财政局</mark>" in words
    assert "<script" not in words
    assert "http" not in words


def test_words_of_the_plan_stay_words_on_the_page(capfd, tmp_path):
    path = tmp_path / "方案.txt"
    path.write_text(PLAN.replace("搞活商贸", "<b>搞活</b>商贸"), "utf-8")
    _, out, _ = run(capfd, path, "--format", "html")
    assert "<b>搞活" not in out


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ('[rules.run-on-units]\nseverity = "关闭"\nreason = "另有校对"\n[rules.bound-twice]\nseverity="提示"\nreason="不改"', 0, ""),
        ('[rules.run-on-units]\nseverity = "关闭"\n', 2, "没有写理由"),
        ('[rules.no-such]\nseverity = "关闭"\nreason = "无"', 2, "不是规则代码"),
        ('[rules.run-on-units]\nseverity = "轻"\nreason = "无"', 2, "级别“轻”不认识"),
        ("[rules", 2, "写法有误"),
        ("rules = 1", 2, "分条写"),
    ],
)  # fmt: skip
def test_a_house_decides_with_a_reason(capfd, plan, text, code, words):
    (plan.parent / "luoshi.toml").write_text(text, "utf-8")
    got, _, err = run(capfd, plan)
    assert got == code
    assert words in err


def test_names_outside_the_register_are_told(capfd, plan, tmp_path):
    names = tmp_path / "名录.txt"
    names.write_text("青禾县商务局、县商务局\n青禾县发展和改革局、县发改局\n青禾县财政局\n", "utf-8")
    _, out, _ = run(capfd, plan, "--register", names)
    assert "单位名录中没有“县农业农村局”" in out
    assert "单位名录中没有“县财政局”" not in out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ([], "没有给出要查的文件"),
        (["方案.txt", "--format", "pdf"], "没有“pdf”这种格式"),
        (["方案.txt", "--least", "轻微"], "没有“轻微”这个级别"),
        (["方案.txt", "--format", "docx"], "请用 --output"),
        (["a.txt", "b.txt", "-o", "c.docx"], "一次只做一个文件"),
        (["没有这个文件.txt"], "没有找到文件"),
        (["--colour", "x"], "不认识"),
    ],
)
def test_wrong_use_is_two_with_a_sentence(capfd, args, words):
    code, _, err = run(capfd, *args)
    assert code == 2
    assert words in err


def test_help(capfd):
    code, out, _ = run(capfd, "--help")
    assert code == 0
    assert "luoshi.toml" in out


def comments_of(data):
    document = docx.Document(io.BytesIO(data))
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    return document, [c.text for c in document.comments], xml


def test_text_becomes_a_docx_with_comments(capfd, plan, tmp_path):
    answer = tmp_path / "批注.docx"
    code, _, _ = run(capfd, plan, "--output", answer)
    document, comments, xml = comments_of(answer.read_bytes())
    assert code == 1
    assert [p.text for p in document.paragraphs] == PLAN.split("\n")
    assert any("单位连写" in c and "建议改为：县发改局、县财政局" in c for c in comments)
    assert xml.count("commentRangeStart") == xml.count("commentRangeEnd") == len(comments)


def spot(data, number):
    """The words between the two ends of a comment."""
    tree = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    between = tree.split(f'commentRangeStart w:id="{number}"/>')[1].split(
        f'<w:commentRangeEnd w:id="{number}"'
    )[0]
    return "".join(piece.split("</w:t>")[0].split(">", 1)[1] for piece in between.split("<w:t")[1:])


def test_comments_stand_at_their_words_across_runs_and_keep_the_format():
    document = docx.Document()
    paragraph = document.add_paragraph()
    for words, bold in (("甲乙", True), ("丙丁", False), ("戊己甲乙", True)):
        paragraph.add_run(words).bold = bold
    out = io.BytesIO()
    document.save(out)
    remarks = [
        Remark("乙丙", 0, ("一",)),
        Remark("甲乙", 1, ("二",)),
        Remark("甲乙丙丁戊", 0, ("三",)),
        Remark("没有", 0, ("四",)),
    ]
    data, placed = commented(out.getvalue(), remarks, "落实检查", "2026-01-01T00:00:00Z")
    again, comments, _ = comments_of(data)
    assert placed == 3
    assert comments == ["一", "二", "三", "四"]
    assert [spot(data, n) for n in range(4)] == ["乙丙", "甲乙", "甲乙丙丁戊", ""]
    assert again.paragraphs[0].text == "甲乙丙丁戊己甲乙"
    bold = "".join(r.text for r in again.paragraphs[0].runs if r.bold)
    assert bold == "甲乙戊己甲乙"


def test_comments_are_added_to_those_already_there():
    first, _ = commented(bare_docx("甲乙丙"), [Remark("乙", 0, ("旧",))], "某人", "2026-01-01T00:00:00Z")
    second, _ = commented(first, [Remark("丙", 0, ("新",))], "落实检查", "2026-01-01T00:00:00Z")
    _, comments, _ = comments_of(second)
    assert comments == ["旧", "新"]
    assert spot(second, 1) == "丙"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_office_opens_the_commented_file(plan, tmp_path):
    answer = tmp_path / "批注.docx"
    main(["check", str(plan), "--output", str(answer)])
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "txt:Text",
    ]
    subprocess.run([*command, "--outdir", tmp_path, answer], check=True, capture_output=True, timeout=120)
    assert "县发改局县财政局" in (tmp_path / "批注.txt").read_text("utf-8-sig")


def test_the_demo_plan_keeps_its_paragraphs(capfd, tmp_path):
    folder = Path(__file__).parents[2] / "src/luoshi/demo_county"
    plan = next(folder.glob("青禾县实施*.docx"))
    answer = tmp_path / "批注.docx"
    assert run(capfd, plan, "-o", answer)[0] == 1
    before = [p.text for p in docx.Document(plan).paragraphs]
    assert [p.text for p in docx.Document(answer).paragraphs] == before


def test_command_line_starts_as_a_process(plan):
    done = subprocess.run(
        [sys.executable, "-m", "luoshi", "check", plan.name],
        cwd=plan.parent,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert "单位连写" in done.stdout.decode()
