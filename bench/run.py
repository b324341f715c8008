"""Speed as ratios, measured in one run: `python bench/run.py [--quick]`.

The floor is what no reader can avoid: read the bytes, decode them, pass over them once looking for a few dozen
words. Seconds differ between machines and hours; the ratios hold. Standard library only; where the real plans
(../shared/corpus) are not on this machine, an invented plan stands in.
"""

import compileall
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import process_time

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from luoshi.core.check.checking import check_plan  # noqa: E402
from luoshi.core.plan.actions import find_actions  # noqa: E402
from luoshi.core.plan.document import find_document  # noqa: E402
from luoshi.core.plan.export import as_json  # noqa: E402
from luoshi.core.plan.indicators import find_indicators  # noqa: E402
from luoshi.core.plan.mechanisms import find_mechanisms  # noqa: E402
from luoshi.core.plan.paper import open_paper  # noqa: E402
from luoshi.core.plan.quotas import find_quotas  # noqa: E402
from luoshi.core.plan.reading import read_plan, read_source  # noqa: E402
from luoshi.core.plan.task_forces import find_task_forces  # noqa: E402
from luoshi.core.plan.tasks import find_tasks  # noqa: E402
from luoshi.core.source.clean import clean  # noqa: E402
from luoshi.core.source.loaders import load  # noqa: E402
from luoshi.core.source.outline import build_outline  # noqa: E402
from luoshi.core.source.tables import find_tables  # noqa: E402
from luoshi.core.source.text import SourceText  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus"
BAR_READ, BAR_START, BAR_CHECK = 60, 4, 3
SCAN = re.compile(
    "牵头|责任单位|配合单位|专班|领导小组|联席会议|召集人|组长|成员单位|办公室设在|调度|通报|讲评|小结|定期|每月|每季度|至少|不少于|"
    "不低于|超过|达到|增长|下降|新增|完成|建成|清零|全覆盖|占比|以上|以内|左右|年底前|序号|分管领导|附件|行动|攻坚"
)
INVENTED = """江口省青禾县{n}年实施“五大行动”总体方案
一、主要目标
力争地区生产总值增长{n}.5%以上，规模工业增加值增长7.{n}%，新增规模以上工业企业{n}家，城镇新增就业{n}00人以上，优良天数比例达到9{n}%。
二、重点任务
(一)实施产业提质行动
1.壮大主导产业。新引进产业项目{n}个以上，其中过亿元项目{n}个，技术改造投资增长{n}%左右，6月底前完成园区污水管网改造。(县科工局牵头，县发改局、县商务局、青禾经开区等按职责分工负责)
2.稳住外贸。进出口总额达到{n}.3亿元，定期组织政银企对接会。(牵头单位：县商务局；责任单位：县税务局、县市监局)
(二)实施民生可感行动
1.办好民生实事。改造老旧小区{n}个、农村公路{n}公里，发放创业担保贷款{n}00万元以上。(县人社局牵头，县住建局(人防办)、县交通运输局、各乡镇人民政府配合)
三、推进机制
成立青禾县实施“五大行动”第{n}工作专班，由县委常委、常务副县长任召集人，县发改局、县财政局主要负责人任副召集人，成员单位包括县教育局、县民政局、县人社局、县住建局等，专班办公室设在县发改局。实行“旬调度、月通报、季讲评”，每个单位确定一名联络员。
"""


def clock(*jobs: Callable[[], object], seconds: float = 1.0, least: int = 3) -> list[float]:
    """Median seconds of processor time of each job, warm. They run in turn, so that a busy moment meets all."""
    times: list[list[float]] = [[] for _ in jobs]
    for job in jobs:
        job()
    while len(times[0]) < least or (sum(map(sum, times)) < seconds and len(times[0]) < 200):
        for job, found in zip(jobs, times, strict=True):
            start = process_time()
            job()
            found.append(process_time() - start)
    return [median(found) for found in times]


def invented(characters: int) -> str:
    """An invented plan of about that many characters: one plan over and over, with other numbers."""
    pieces, length, n = [], 0, 1
    while length < characters:
        pieces.append(INVENTED.format(n=n % 89 + 1))
        length += len(pieces[-1])
        n += 1
    return "".join(pieces)


def plans(folder: Path) -> list[Path]:
    """The five real plans, or one invented plan written to `folder`."""
    found = sorted(CORPUS.glob("*.txt"))
    if found:
        return found
    stand_in = folder / "invented.txt"
    stand_in.write_text(invented(100_000), "utf-8")
    return [stand_in]


def floor(files: list[Path]) -> None:
    for file in files:
        for _ in SCAN.finditer(file.read_bytes().decode()):
            pass


def row(*cells: str) -> None:
    print(
        "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, (44, 12, 14, 10), strict=False)).rstrip()
    )


def speed(files: list[Path]) -> None:
    """Reading against the floor."""
    plans = [read_plan(file) for file in files]
    lowest, whole, printed, checked = clock(
        partial(floor, files),
        lambda: [read_plan(file) for file in files],
        lambda: [as_json(read_plan(file)) for file in files],
        lambda: [check_plan(plan) for plan in plans],
        seconds=3,
        least=5,
    )
    size = sum(len(file.read_text("utf-8")) for file in files)
    row("floor: read, decode, scan for 39 words", f"{lowest * 1e3:.2f} ms", "1")
    row(
        "read_plan, warm, one core",
        f"{whole * 1e3:.1f} ms",
        f"{whole / lowest:.1f} x floor",
        f"bar {BAR_READ}",
    )
    row("read_plan + as_json", f"{printed * 1e3:.1f} ms", f"{printed / lowest:.1f} x floor")
    row("check_plan", f"{checked * 1e3:.1f} ms", f"{checked / whole:.1f} x read", f"bar {BAR_CHECK}")
    row("characters a second", f"{size / whole / 1e6:.2f} M")


def steps(files: list[Path]) -> None:
    """Which step takes how much, each timed by itself on the same papers."""
    data = [(file.read_bytes(), file.name) for file in files]
    sources = [load(*d) for d in data]
    papers = [open_paper(s) for s in sources]
    documents = [find_document(p) for p in papers]
    actions = [find_actions(p, d) for p, d in zip(papers, documents, strict=True)]
    jobs: list[tuple[str, Callable[[], object]]] = [
        ("load", lambda: [load(*d) for d in data]),
        ("clean", lambda: [clean(s) for s in sources]),
        ("outline", lambda: [build_outline(p.clean) for p in papers]),
        ("tables", lambda: [find_tables(p.source, p.clean) for p in papers]),
        ("document", lambda: [find_document(p) for p in papers]),
        ("actions", lambda: list(map(find_actions, papers, documents))),
        ("tasks and owners", lambda: list(map(find_tasks, papers, actions, documents))),
        ("indicators", lambda: [find_indicators(p) for p in papers]),
        ("task forces", lambda: [find_task_forces(p) for p in papers]),
        ("mechanisms", lambda: [find_mechanisms(p) for p in papers]),
        ("quotas", lambda: [find_quotas(p) for p in papers]),
    ]
    times = clock(*(job for _, job in jobs), seconds=2)
    total = sum(times)
    for (name, _), seconds in zip(jobs, times, strict=True):
        row(name, f"{seconds * 1e3:.2f} ms", f"{100 * seconds / total:.0f} %")


def linearity(sizes: tuple[int, ...]) -> None:
    """Cost of a character as the text grows; 1 means linear."""
    base: list[float] = []
    for size in sizes:
        text = invented(size)
        source = SourceText("invented.txt", "txt", text)
        plan = read_source(source)
        jobs = partial(read_source, source), partial(check_plan, plan)
        each = [seconds / len(text) for seconds in clock(*jobs, seconds=0.5, least=1)]
        base = base or each
        for name, mine, first in zip(("read", "check"), each, base, strict=True):
            row(f"{len(text):>9,} characters, {name}", f"{mine * 1e9:.0f} ns/char", f"{mine / first:.2f}")


def start(folder: Path) -> None:
    """The command against an interpreter that imports re and json; compiled beforehand, as an installed package is."""
    compileall.compile_dir(ROOT / "src" / "luoshi", quiet=2)
    small = folder / "small.txt"
    small.write_text(INVENTED.format(n=8), "utf-8")
    command = [str(Path(sys.executable).with_name("luoshi"))]
    if not Path(command[0]).exists():
        command = [sys.executable, "-m", "luoshi"]
    runs = {
        'python -c "import re, json"': [sys.executable, "-c", "import re, json"],
        "luoshi --version": [*command, "--version"],
        "luoshi read small.txt": [*command, "read", str(small)],
    }
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(15):  # in turn, so that a busy moment of the machine meets all three
        for name, line in runs.items():
            before = getrusage(RUSAGE_CHILDREN)
            subprocess.run(line, stdout=subprocess.DEVNULL, check=True)
            after = getrusage(RUSAGE_CHILDREN)
            times[name].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    base = median(next(iter(times.values())))
    for name, found in times.items():
        row(name, f"{median(found) * 1e3:.0f} ms", f"{median(found) / base:.1f} x", f"bar {BAR_START}")


def main() -> None:
    quick = "--quick" in sys.argv[1:]
    with tempfile.TemporaryDirectory() as name:
        files = plans(Path(name))
        print(f"{len(files)} plan(s): {', '.join(f.name for f in files)}\n\n== reading")
        speed(files)
        print("\n== steps")
        steps(files)
        print("\n== length")
        linearity((50_000, 500_000) if quick else (50_000, 500_000, 5_000_000))
        print("\n== start")
        start(Path(name))


if __name__ == "__main__":
    main()
