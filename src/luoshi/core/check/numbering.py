"""Numbers of headings, articles and rows: repeated, left out, running on where others begin anew, without a bracket."""

from collections.abc import Iterator

from luoshi.core.check.findings import Finding
from luoshi.core.check.proof import Proof
from luoshi.core.numerals import parse_numeral
from luoshi.core.pattern import pattern
from luoshi.core.source.grid import GridCell
from luoshi.core.source.markers import ARTICLE, CHAPTER, FIRST, FOURTH, PART, SECOND, SECTION, THIRD
from luoshi.core.source.outline import Node
from luoshi.core.source.table_columns import roles_of

_NUMBERED = frozenset((PART, CHAPTER, SECTION, ARTICLE, FIRST, SECOND, THIRD, FOURTH))
_DIGITS = pattern(r"[0-9]+|[一二三四五六七八九十百]+")
_ANNEX_MARK = pattern(r"^[ ]*:[ ]*(?=\S{6,60}(?:表|清单|名单|方案|台账)[ ]*$)", 8)
_HAN_DIGITS = "零一二三四五六七八九十"


def numbers(proof: Proof) -> Iterator[Finding]:
    """Repeats and gaps among the headings under one heading, and counts that run on from the heading before."""
    families: dict[tuple[int, int], list[Node]] = {}
    for node in proof.paper.outline.nodes:
        if node.rank in _NUMBERED and node.marker:
            families.setdefault((node.parent, node.rank), []).append(node)
    restarting = _restarting(proof, families)
    for (parent, rank), family in families.items():
        yield from _walk(proof, family)
        first = _number(family[0])
        if (
            first
            and first > 1
            and (proof.paper.outline.nodes[parent].parent if parent >= 0 else -1, rank) in restarting
        ):
            message = f"“{_place(proof, parent)}”下从“{family[0].marker}”开始编号，而同级的其他部分都从1编起，请统一编号。"
            yield proof.finding(
                "number-continues",
                *_head(family[0]),
                message,
                mend=_mended(proof, family[0], _renumbered(family[0], 1)),
            )


def _restarting(proof: Proof, families: dict[tuple[int, int], list[Node]]) -> set[tuple[int, int]]:
    """(grandparent, rank) under which at least two groups begin with 1: there every group should."""
    begins: dict[tuple[int, int], int] = {}
    for (parent, rank), family in families.items():
        if parent >= 0 and _number(family[0]) == 1:
            above = proof.paper.outline.nodes[parent].parent, rank
            begins[above] = begins.get(above, 0) + 1
    return {above for above, count in begins.items() if count > 1}


def _walk(proof: Proof, family: list[Node]) -> Iterator[Finding]:
    """Where the count of one family slips. A count that begins anew in a run of nodes is another list, not a slip."""
    last: int | None = None
    for at, node in enumerate(family):
        number = _number(node)
        if number is None:
            continue
        if last is not None and number not in (last + 1, 1):
            after = _number(family[at + 1]) if at + 1 < len(family) else None
            if number == last:
                message = f"编号“{node.marker}”与前一项重复，按顺序应为“{_renumbered(node, last + 1)}”。"
                yield proof.finding(
                    "number-repeat",
                    *_head(node),
                    message,
                    mend=_mended(proof, node, _renumbered(node, last + 1)),
                )
                number = last if after == last + 1 else last + 1
            elif number > last + 1:
                right = _renumbered(node, last + 1)
                follows = after is not None and after in (number, last + 2)
                message = f"编号从“{_renumbered(node, last)}”跳到“{node.marker}”，" + (
                    f"按顺序应为“{right}”。" if follows else "请核对是否漏了一项，或把编号改连续。"
                )
                yield proof.finding(
                    "number-gap", *_head(node), message, mend=_mended(proof, node, right) if follows else None
                )
                number = last + 1 if after == number else number
            else:
                message = f"编号“{node.marker}”比前一项还小，请核对编号顺序。"
                yield proof.finding("number-gap", *_head(node), message)
        last = number


def _number(node: Node) -> int | None:
    m = _DIGITS.search(node.marker)
    value = parse_numeral(m.group()) if m else None
    return int(value) if value is not None else None


def _head(node: Node) -> tuple[int, int]:
    """The marker with the words of the heading, at most 20."""
    return node.start, max(
        node.start + len(node.marker), min(node.start + len(node.marker) + len(node.heading), node.start + 20)
    )


def _mended(proof: Proof, node: Node, marker: str) -> str:
    """The words at `_head` with another marker."""
    start, end = _head(node)
    return marker + proof.printed(start + len(node.marker), end)


def _place(proof: Proof, parent: int) -> str:
    return proof.paper.outline.nodes[parent].path if parent >= 0 else "全文"


def _renumbered(node: Node, number: int) -> str:
    m = _DIGITS.search(node.marker)
    if m is None:
        return node.marker
    digits = str(number) if m.group().isdigit() else _in_han(number)
    return node.marker[: m.start()] + digits + node.marker[m.end() :]


def _in_han(number: int) -> str:
    """Up to 99.

    >>> _in_han(3), _in_han(12), _in_han(20)
    ('三', '十二', '二十')
    """
    tens, ones = divmod(number, 10)
    if not tens:
        return _HAN_DIGITS[ones]
    return ("" if tens == 1 else _HAN_DIGITS[tens]) + "十" + (_HAN_DIGITS[ones] if ones else "")


def broken_marks(proof: Proof) -> Iterator[Finding]:
    """四) without its left bracket; a line that begins with the colon of a lost 附件."""
    nodes = proof.paper.outline.nodes
    whole = {(n.parent, n.rank) for n in nodes if "(" in n.marker and ")" in n.marker}
    for node in nodes:
        if ("(" in node.marker) != (")" in node.marker) and node.rank in (SECOND, FOURTH):
            mend = f"({node.marker.strip('()、.')})"
            if (node.parent, node.rank) in whole:
                message = f"编号“{node.marker}”少了半个括号，应为“{mend}”。"
                yield proof.finding("number-mark", *_head(node), message, mend=_mended(proof, node, mend))
    for m in _ANNEX_MARK.finditer(proof.text):
        stop = proof.text.find("\n", m.end())
        message = "这一行以冒号开头，前面像是丢了“附件”二字，请补上附件序号。"
        yield proof.finding("annex-mark", m.start(), stop if stop > 0 else len(proof.text), message)


def repeated_rows(proof: Proof) -> Iterator[Finding]:
    """A row's number and title printed again, because the page ended in the middle of the row."""
    for table in proof.paper.tables:
        column = next((c for c, role in enumerate(roles_of(table.header)) if role == "number"), None)
        if column is None:
            continue
        above: tuple[tuple[str, ...], str, GridCell] | None = None
        for row in table.rows:
            cell = row.cells[column]
            said = proof.text[cell.start : cell.end].strip() if cell else ""
            if not said:
                continue
            if above and above[:2] == (row.group, said) and above[2] != cell:
                title = next((c for c in row.cells if c and c.start >= cell.end), cell)
                message = f"序号“{said}”与上一行相同，像是因换页把序号和标题又印了一遍，请并入上一行。"
                yield proof.finding(
                    "row-repeat", cell.start, title.end, message, (proof.other(*above[2], "上一行"),)
                )
            above = row.group, said, cell
