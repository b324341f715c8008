"""What looks like a defect and is none: each was once reported on a plan that nobody had tuned for."""

import pytest

from luoshi.core.check.checking import check_plan
from luoshi.core.plan.reading import read_plan

HEAD = "青禾县一季度开门红工作方案\n青政办发〔2026〕3号\n为实现开门红，制定本方案。\n一、主要目标\n"
TASKS = "二、重点任务\n"

QUIET = [
    (
        "set-phrase",
        HEAD + "限上社会消费品零售额增长9%。\n" + TASKS + "1.抓消费。办展会3场。（县商务局负责）\n",
    ),
    (
        "unit-variant",
        HEAD
        + "新增就业3000人。\n"
        + TASKS
        + "1.稳就业。办招聘会20场。（县人社局、青禾学院负责）\n2.强技能。培训500人。（县人社局、青禾技师学院负责）\n",
    ),
    (
        "empty-item",
        HEAD
        + "新增就业3000人。\n"
        + TASKS
        + "1.稳就业。办招聘会20场。（县人社局负责）\n2.抓入库。入库项目9个。（县统计局负责）\n"
        + "3.抓消费。办展会3场。（县商务局负责）\n4.促外贸。开行班列5列。（县商务局负责）\n支持街区有序外摆，延长营业时间（责任单位：县城管局、各街道办事处）。\n",
    ),
]


@pytest.mark.parametrize(("code", "text"), QUIET, ids=[code for code, _ in QUIET])
def test_is_not_reported(code: str, text: str) -> None:
    found = check_plan(read_plan(text.encode(), "方案.txt"))
    assert code not in [finding.code for finding in found]
