"""A 旬简报 of 265 tasks: drafted, written, printed; beside python-docx filling the same words and table: `python bench/papers.py`.

Both write the same paragraphs and the same table of 265 rows; python-docx knows nothing of the layout, and fills cells by
`row.cells`, as its documentation shows. Seconds differ between machines; the ratio holds.
"""

import io
import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import docx  # noqa: E402
from bench.run import clock  # noqa: E402
from tests.core.writing.facts import facts  # noqa: E402

from luoshi.core.writing.docx.write import to_docx  # noqa: E402
from luoshi.core.writing.drafting import Particulars, draft, paper  # noqa: E402
from luoshi.core.writing.paper import Group, OfficialPaper, Table, block_text  # noqa: E402
from luoshi.core.writing.pdf import NoPdf, to_pdf  # noqa: E402

TASKS = 265
BARS = {"draft": 2.0, "docx": 2.0, "pdf": 10.0}


def plainly(it: OfficialPaper) -> bytes:
    """The same words through python-docx."""
    made = docx.Document()
    made.add_heading(it.title)
    for block in (*it.body, *(block for annex in it.annexes for block in annex.blocks)):
        if isinstance(block, Table):
            table = made.add_table(1, len(block.head))
            for cell, text in zip(table.rows[0].cells, block.head, strict=True):
                cell.text = text
            for line in block.rows:
                cells = table.add_row().cells
                for cell, text in zip(cells, (line.text,) if isinstance(line, Group) else line, strict=False):
                    cell.text = text
        else:
            made.add_paragraph(block_text(block))
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def printed(content: bytes) -> tuple[float, float]:
    """Seconds of processor time and on the wall to print once; LibreOffice is another process, on a machine that may be busy."""
    before, start = getrusage(RUSAGE_CHILDREN), perf_counter()
    try:
        to_pdf(content)
    except NoPdf as missing:
        print(missing.sentence)
        return 0.0, 0.0
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, perf_counter() - start


def main() -> None:
    known = facts(TASKS)
    given = Particulars("青禾县人民政府办公室文件", "青政办发〔2026〕12号")
    print(
        f"{'265 tasks':<12}{'draft':>10}{'docx':>10}{'python-docx':>14}{'ratio':>8}{'pdf':>10}{'on the wall':>14}"
    )
    for kind in ("ten_days", "month"):
        it = paper(draft(kind, known), known, given)
        drafting, ours, theirs = clock(
            lambda kind=kind: draft(kind, known),
            lambda it=it: to_docx(it),
            lambda it=it: plainly(it),
            seconds=3,
        )
        printing, wall = printed(to_docx(it))
        print(
            f"{kind:<12}{drafting:>8.3f} s{ours:>8.3f} s{theirs:>12.3f} s{theirs / ours:>7.0f}x{printing:>8.2f} s{wall:>12.2f} s"
        )
        assert drafting <= BARS["draft"]
        assert ours <= BARS["docx"]
        assert printing <= BARS["pdf"]


if __name__ == "__main__":
    main()
