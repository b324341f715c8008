"""Full-text search at 1×, 10× and 100× of a plan of 265 tasks: `LUOSHI_HOME=/tmp/bench python bench/search.py`.

Prints milliseconds of the slowest of several questions, and their ratio to 1×. Writes into the database that the environment
names (LUOSHI_DATABASE_URL, else SQLite under LUOSHI_HOME): give it one of its own.
"""

import os
import random
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.site.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from luoshi.core.flow.actor import Actor  # noqa: E402
from luoshi.ledger.found import index_plan  # noqa: E402
from luoshi.ledger.models import Assignment, Plan, SourceText, Task  # noqa: E402
from luoshi.ledger.searching import find, hits  # noqa: E402
from luoshi.org.models import Government, Unit  # noqa: E402
from luoshi.site.home import data_dir, ensure_home  # noqa: E402

TASKS = 265
WORDS = [
    "推进",
    "冷链",
    "物流",
    "园区",
    "建设",
    "新增",
    "规模",
    "企业",
    "农村",
    "公路",
    "改造",
    "老旧",
    "小区",
    "招商",
    "引资",
    "项目",
    "开工",
    "投产",
    "争取",
    "专项",
    "债券",
    "污水",
    "管网",
    "学校",
    "医院",
    "床位",
    "就业",
    "培训",
    "创业",
    "担保",
    "贷款",
    "消费",
    "促进",
    "文旅",
    "融合",
    "景区",
    "提质",
    "粮食",
    "安全",
    "高标准",
    "农田",
    "林业",
    "生态",
    "修复",
    "隐患",
    "排查",
    "整治",
    "数字",
    "政务",
    "服务",
]
QUESTIONS = [
    "冷链",
    "冷链 物流",
    "高标准农田",
    "县水利局",
    "第17号文件",
    "冷链物流园区建设项目",
    "没有这样的词语",
    "ＡＢ 园区",
]


def text(rng: random.Random, n: int) -> str:
    """A task of about 150 characters."""
    return (
        f"第{n}号任务。"
        + "，".join("".join(rng.choices(WORDS, k=4)) + str(rng.randint(1, 99)) for _ in range(15))
        + "。"
    )


@transaction.atomic
def plan(place: Government, units: list[Unit], n: int) -> None:
    """One adopted plan with its tasks, indexed."""
    rng = random.Random(n)
    texts = [text(rng, i) for i in range(TASKS)]
    row = Plan.objects.create(
        government=place, title=f"青禾县第{n}号方案", state="adopted", created_by="bench"
    )
    SourceText.objects.create(plan=row, text="\n".join(texts))
    tasks = Task.objects.bulk_create(
        Task(
            plan=row, order=i, heading=words[7:15], quote=words[:30], text=words, start=0, end=9, form="prose"
        )
        for i, words in enumerate(texts, 1)
    )
    Assignment.objects.bulk_create(
        Assignment(task=task, unit=unit, role="lead", printed=unit.full_name, order=k, accountable=k == 0)
        for task in tasks
        for k, unit in enumerate(rng.sample(units, 3))
    )
    index_plan(row)


def clock(actor: Actor) -> dict[str, float]:
    """Milliseconds of each question, the first page of hits included: the median of five."""
    taken = {}
    for question in QUESTIONS:
        runs = []
        for _ in range(5):
            start = perf_counter()
            found = find(actor, question)
            hits(actor, found, found.keys[:20])
            runs.append(1000 * (perf_counter() - start))
        taken[question] = median(runs)
    return taken


def main() -> None:
    ensure_home(data_dir())
    call_command("migrate", verbosity=0)
    place, _ = Government.objects.get_or_create(name="青禾县", defaults={"level": "county"})
    names = [f"县{word}局" for word in WORDS[:40]] + ["县水利局"]
    units = [Unit.objects.get_or_create(government=place, full_name=name)[0] for name in names]
    actor = Actor(1, "测", ("office",), units[0].pk, "", place.pk, "government")
    first: dict[str, float] = {}
    for times in (1, 10, 100):
        for n in range(Plan.objects.count(), times):
            plan(place, units, n)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        taken = clock(actor)
        first = first or taken
        slowest = max(taken, key=taken.__getitem__)
        print(
            f"{connection.vendor} {times:>3}×{TASKS}: slowest {taken[slowest]:.0f} ms ({slowest}), {taken[slowest] / first[slowest]:.1f} × of 1×"
        )
        print("  " + "  ".join(f"{question} {ms:.0f}" for question, ms in taken.items()))


if __name__ == "__main__":
    main()
