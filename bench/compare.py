"""The cost of comparing two plans as a ratio to reading the same two files: `python bench/compare.py`.

Reading is not counted in the comparison. Seconds differ between machines and hours; the ratios hold. Where the real
plans (../shared/corpus) are not on this machine, two invented plans stand in.
"""

import sys
import tempfile
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from bench.run import clock, invented, plans, row  # noqa: E402

from luoshi.core.compare.comparing import compare  # noqa: E402
from luoshi.core.plan.reading import read_plan  # noqa: E402

BAR_SECONDS, BAR_RATIO = 2.0, 10


def pairs(folder: Path) -> list[tuple[Path, Path]]:
    """Two counties, two programmes, city over county, and two invented plans of 50,000 characters."""
    real = plans(folder)
    found = [(real[a], real[b]) for a, b in ((0, 3), (1, 3), (2, 3)) if len(real) > 3]
    long = folder / "invented_1.txt", folder / "invented_2.txt"
    text = invented(50_000)
    long[0].write_text(text, "utf-8")
    long[1].write_text(text.replace("增长7", "增长8").replace("县商务局", "县税务局"), "utf-8")
    return [*found, long]


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        row("plans", "reading both", "comparing", "ratio")
        for a, b in pairs(Path(name)):
            one, other = read_plan(a), read_plan(b)
            reading, comparing = clock(
                lambda a=a, b=b: (read_plan(a), read_plan(b)), partial(compare, one, other), seconds=2
            )
            row(
                f"{a.stem} | {b.stem} ({(len(one.source.text) + len(other.source.text)) // 1000} k characters)",
                f"{reading * 1e3:.0f} ms",
                f"{comparing * 1e3:.0f} ms",
                f"{comparing / reading:.1f} x",
            )
        print(f"bars: {BAR_SECONDS:.0f} s for two plans of 50,000 characters, {BAR_RATIO} x reading")


if __name__ == "__main__":
    main()
