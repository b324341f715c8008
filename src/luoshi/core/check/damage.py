"""Damage that shows in the signs themselves: numbers and dates that lost characters, marks that collide, brackets that do
not close, wrong look-alike signs, sentences cut off by a column or a page."""

import re
from collections.abc import Iterator
from itertools import pairwise

from luoshi.core.check.findings import Finding
from luoshi.core.check.proof import Proof
from luoshi.core.pattern import HAN, opening, pattern
from luoshi.core.source.text import Span

_NUMBER = pattern(rf"[〔\[](?<={HAN}.)(?P<year>20\d\d)(?:(?P<stuck>\d{{1,4}})(?:号|(?=\s|$))|(?=[^\d〕\]]))")
_UNBROKEN = pattern(r"20\d{4}")  # stands in every date that _DATE finds
_DATE = pattern(
    r"(?:^|(?<=\n))[ ]*(?P<date>(?P<year>20\d\d)(?P<rest>\d{2,4}))(?:[ ]*\n|(?P<tail>日?印发))|(?<=[^\d])(?P<glued>20\d\d[01]?\d[0-3]?\d日印发)"
)
_PAIRED = dict(zip("”)》】」", "“(《【「", strict=True))
_BRACKETS = pattern(r"[“”()《》【】「」\n]")
_COLLIDING = pattern(
    r"[、,;:。](?:[、,;。](?!\.)|(?<=[、,])(?=\))|(?<=\([、,;。])|(?<=、)(?=(?:分别|均|各)(?:达|增|新|完|不|为|提|下)|等[,。]))"
)
_LOOKALIKE = pattern(
    opening(
        ("笫", ""),
        ("一", rf"(?<={HAN}{{2}}.)(?={HAN}{{1,4}}[-—－])"),
        ("己", "(?=经|于|有|完|达|建|成)"),
        ("巳", "(?<=[^以之].)(?!时)"),
        ("末", "(?=能|来|经|按|完成)"),
    )
)
_LOOKS = {"笫": "第", "一": "—", "己": "已", "巳": "已", "末": "未"}
_ROMAN = pattern(
    opening(("OoIl", r"(?<=\d.)(?=[\d万亿%家个项户名人元公亩吨场次])"), ("Oo", r"(?<![A-Za-z].)(?=\.\d)"))
)
_ELSEWHERE = ("上接", "上转", "下接", "下转")
_GOES_ON_PAGE = pattern(r"[(（]?(?P<where>[上下][接转](?:第)?[A-Z]?\d{1,2}版)[)）]?")
_LONG = 45
_CHAPTER = pattern(
    r"[ ]*(?:[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]|\d{1,2}[.、]|附件|第.{1,3}[章条节]|——|[①-⑳•●■◆])"
)


def damaged_numbers(proof: Proof) -> Iterator[Finding]:
    """新政办发〔20242: a document number whose bracket is lost; 2024318: a date without 年, 月, 日."""
    for m in _NUMBER.finditer(proof.text, 0):
        line = proof.text.rfind("\n", 0, m.start()) + 1
        start = max(line, m.start() - 6)
        stuck = m["stuck"]
        mend = f"{proof.text[start : m.start()]}〔{m['year']}〕{stuck}号" if stuck else None
        message = "发文字号的括号不完整" + (f"，应为“{mend}”。" if mend else "，请补全。")
        yield proof.finding("damaged-number", start, m.end(), message, mend=mend)
    for m in _DATE.finditer(proof.text) if _UNBROKEN.search(proof.text) else ():
        date = m["date"] or m["glued"]
        digits = re.match(r"\d+", date)
        mend = _date(digits.group()) if digits else None
        tail = "日印发" if "印发" in m.group() else ""
        message = "日期丢了“年”“月”“日”，" + (f"应为“{mend}”，请核对。" if mend else "请补全。")
        start = m.start("date") if m["date"] else m.start("glued")
        end = m.end("tail") if m["date"] and m["tail"] else start + len(date)
        yield proof.finding(
            "damaged-date", start, end, message, mend=(mend or "") + tail.removeprefix("日") if mend else None
        )


def _date(digits: str) -> str | None:
    """2024318 -> 2024年3月18日; None where the digits can be cut in two ways or in none."""
    year, rest = digits[:4], digits[4:]
    found = [
        f"{year}年{int(rest[:k])}月{int(rest[k:])}日"
        for k in range(1, len(rest))
        if 1 <= int(rest[:k]) <= 12
        and 1 <= int(rest[k:]) <= 31
        and rest[k] != "0"
        and (rest[0] != "0" or k == 2)
    ]
    return found[0] if len(found) == 1 else None


def open_brackets(proof: Proof) -> Iterator[Finding]:
    """A bracket or quotation mark that is not closed in its paragraph, or closes what was never opened; outside tables."""
    text = proof.text + "\n"
    stack: list[tuple[str, int]] = []
    for m in _BRACKETS.finditer(text):
        sign, at = m.group(), m.start()
        if proof.in_table(at):
            continue
        if sign == "\n":
            if stack and _ends_there(text, at):
                yield from (_unclosed(proof, *opened) for opened in stack)
                stack.clear()
        elif sign not in _PAIRED:
            stack.append((sign, at))
        elif any(opened == _PAIRED[sign] for opened, _ in stack):
            while stack[-1][0] != _PAIRED[sign]:
                yield _unclosed(proof, *stack.pop())
            stack.pop()
        elif not _lists(text, at):
            start = max(text.rfind("\n", 0, at) + 1, at - 8)
            message = f"“{sign}”没有对应的前半个，请补上或删去。"
            yield proof.finding("bracket", start, at + 1, message)


def _ends_there(text: str, at: int) -> bool:
    """Whether the line that ends at `at` is whole: it has its stop, or a blank line or a new item follows."""
    before = text[:at].rstrip(" ")[-1:]
    return (
        before in "。;!?:" or text[at + 1 : at + 2] in ("\n", "") or _CHAPTER.match(text, at + 1) is not None
    )


def _lists(text: str, at: int) -> bool:
    """1) and 四) are marks of items; what lacks there is said by the numbering."""
    line = text.rfind("\n", 0, at) + 1
    return text[at] in ")）" and len(text[line:at].strip(" (（")) <= 3


def _unclosed(proof: Proof, sign: str, at: int) -> Finding:
    stop = proof.text.find("\n", at)
    message = f"“{sign}”后面没有对应的后半个，请补上或删去。"
    return proof.finding("bracket", at, min(stop if stop >= 0 else len(proof.text), at + 12), message)


def colliding_marks(proof: Proof) -> Iterator[Finding]:
    """、。 or ,, side by side; a mark before 分别 or 等, or before a closing bracket."""
    for m in _COLLIDING.finditer(proof.text):
        start = max(proof.text.rfind("\n", 0, m.start()) + 1, m.start() - 6)
        end = min(m.end() + 4, len(proof.text))
        line_end = proof.text.find("\n", m.start())
        end = min(end, line_end) if line_end >= 0 else end
        said = proof.paper.clean.printed[m.start() : m.end()]
        message = f"标点“{said}”多余或用错了，请改正。"
        yield proof.finding("punctuation", start, end, message)


def lookalikes(proof: Proof) -> Iterator[Finding]:
    """笫 for 第, 己 for 已, 一 for a dash, O for 0."""
    for m in _LOOKALIKE.finditer(proof.text):
        right = _LOOKS[m.group()]
        start, end = max(0, m.start() - 2), min(len(proof.text), m.end() + 3)
        words = proof.printed(start, end)
        mend = words[: m.start() - start] + right + words[m.end() - start :]
        yield proof.finding("lookalike", start, end, f"“{m.group()}”像是“{right}”之误，请核对。", mend=mend)
    for m in _ROMAN.finditer(proof.text):
        message = f"数字里混有字母“{m.group()}”，请改成数字。"
        yield proof.finding("lookalike", max(0, m.start() - 3), m.end() + 2, message)


def cut_off(proof: Proof) -> Iterator[Finding]:
    """上接1版, 下转3版: a part of the paper is elsewhere. A paragraph that stops in mid sentence. A cell that ends with a comma."""
    printed = proof.paper.source.text
    for m in _GOES_ON_PAGE.finditer(printed) if any(word in printed for word in _ELSEWHERE) else ():
        message = f"“{m['where']}”：这里的文字不全，另一部分在别的版面，请补齐全文后再读。"
        yield proof.placed("incomplete", Span(*m.span()), m.group(), message)
    yield from _broken_paragraphs(proof)
    for table in proof.paper.tables:
        for row in table.rows:
            for cell in row.cells:
                words = proof.text[cell.start : cell.end].rstrip()
                if len(words) > 12 and words[-1] in ",、":
                    end = cell.start + len(words)
                    message = "这一格以逗号或顿号结尾，内容像是没有写完，请补全。"
                    yield proof.finding("unfinished", max(cell.start, end - 16), end, message)


def _broken_paragraphs(proof: Proof) -> Iterator[Finding]:
    """Sentences that a line end cuts in two, in a paper whose lines are paragraphs."""
    for at, below in _joints(proof):
        message = "这一段在句子中间断开了，请与下一段接上，或补全句子。"
        start = max(proof.text.rfind("\n", 0, at) + 1, at - 12)
        yield proof.finding(
            "broken-line",
            start,
            at,
            message,
            (proof.other(below, min(below + 12, len(proof.text)), "下一段"),),
        )


def _joints(proof: Proof) -> Iterator[tuple[int, int]]:
    """(clean offset where a paragraph stops in mid sentence, where the next goes on)."""
    joined = _joined(proof)
    lines = [line for line in proof.paper.source.text.split("\n") if line.strip()]
    if len(joined) * 3 <= len(lines):  # else the lines were wrapped to a width
        yield from ((at, at) for at in joined)
    printed = [m for m in re.finditer(r"[^\n]+", proof.text) if m.group().strip()]
    for line, after in pairwise(printed):
        words = line.group().rstrip()
        if len(words) < _LONG or "。" not in words or proof.in_table(line.start()):
            continue
        below = after.group().strip()
        runs_on = re.match(HAN, words[-1]) and len(below) > 20 and "。" in below and not _CHAPTER.match(below)
        if words[-1] in ",、" or runs_on:
            yield line.start() + len(words), after.start()


def _joined(proof: Proof) -> list[int]:
    """Clean offsets at which cleaning took a line end out of the middle of a paragraph."""
    clean, source = proof.paper.clean, proof.paper.source.text
    found = []
    for piece in range(1, len(clean.starts)):
        at = clean.starts[piece]
        before = clean.origins[piece - 1] + at - clean.starts[piece - 1]
        if (
            "\n" in source[before : clean.origins[piece]]
            and clean.text[at - 1] != "\n"
            and clean.text[at] != "\n"
        ):
            found.append(at)
    return found
