"""The small language in which a county words its papers. It can look up, choose and repeat, and nothing else.

    {任务总数}                        what is known by that name; a number stays tied to its row
    {若有 滞后任务}…{否则}…{止}        one or the other, by whether there is any
    {逐个 滞后任务，以；相隔，至多5个}…{止}   once for each, with a sign between
    {表 主要指标}                     a table, on a line of its own
    # ## ### ####                     headings 一、（一）1.（1）; after ｜ the text runs on in the same line
    附件：标题                         what follows is an annex

Mistakes are sentences in Chinese with the number of the line.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from luoshi.core.writing.draft import Attachment, Listing, Passage, Piece, Ref


class TemplateError(Exception):
    """A template that cannot be used; `sentence` says which line and what to write instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Number:
    """A number as the text shows it, and where it came from."""

    text: str
    ref: Ref


Value = str | Number | Sequence["Names"]
Names = Mapping[str, Value]
LONGEST, DEEPEST = 20_000, 5


@dataclass(frozen=True, slots=True)
class _Words:
    text: str


@dataclass(frozen=True, slots=True)
class _Name:
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class _If:
    name: str
    line: int
    then: tuple["_Node", ...]
    other: tuple["_Node", ...]


@dataclass(frozen=True, slots=True)
class _Each:
    name: str
    line: int
    between: str
    most: int
    inside: tuple["_Node", ...]


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    line: int


_Node = _Words | _Name | _If | _Each | _Table
_BRACE = re.compile(r"\{([^{}\n]*)\}")
_EACH = re.compile(r"([^，]+)(?:，以(.+?)相隔)?(?:，至多(\d{1,3})个)?")


class Template:
    """A template that was read without a mistake of form. Raises TemplateError."""

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise TemplateError(f"模板有{len(text)}字，超过{LONGEST}字，请缩短。")
        text = text.replace("\r\n", "\n")
        for at, line in enumerate(text.split("\n"), 1):
            if stray := re.search(r"[{}]", _BRACE.sub("", line)):
                raise TemplateError(f"模板第{at}行的“{stray[0]}”没有成对，请补上另一半，或删去。")
        self._marks = list(_marks(text))
        self._at = 0
        self._nodes = self._read(0, None)

    def _read(self, depth: int, opener: tuple[str, int] | None) -> tuple[_Node, ...]:
        """Nodes up to the end, {止} or {否则}; the closing mark is left for the caller."""
        if depth > DEEPEST:
            raise TemplateError(f"模板第{opener[1] if opener else 1}行套得太深，最多{DEEPEST}层，请拆开。")
        nodes: list[_Node] = []
        while self._at < len(self._marks):
            words, mark, line = self._marks[self._at]
            if words:
                nodes.append(_Words(words))
            if mark in ("止", "否则"):
                if opener is None:
                    raise TemplateError(
                        f"模板第{line}行的“{{{mark}}}”前面没有“{{若有 …}}”或“{{逐个 …}}”，请删去。"
                    )
                return tuple(nodes)
            self._at += 1
            if mark:
                nodes.append(self._node(mark, line, depth))
        if opener:
            raise TemplateError(f"模板第{opener[1]}行的“{{{opener[0]}}}”没有收尾，请在后面加“{{止}}”。")
        return tuple(nodes)

    def _node(self, mark: str, line: int, depth: int) -> _Node:
        word, _, rest = mark.partition(" ")
        rest = rest.strip()
        if word in ("若有", "逐个", "表") and not rest:
            raise TemplateError(f"模板第{line}行的“{{{mark}}}”没有写名称，请写成“{{{word} 名称}}”。")
        if word == "表":
            return _Table(rest, line)
        if word == "若有":
            then = self._read(depth + 1, (mark, line))
            other: tuple[_Node, ...] = ()
            if self._marks[self._at][1] == "否则":
                self._drop_words()
                other = self._read(depth + 1, (mark, line))
            self._close(line, mark)
            return _If(rest, line, then, other)
        if word == "逐个":
            found = _EACH.fullmatch(rest)
            if not found:
                raise TemplateError(
                    f"模板第{line}行的“{{{mark}}}”写法不对，应如“{{逐个 滞后任务，以；相隔，至多5个}}”。"
                )
            inside = self._read(depth + 1, (mark, line))
            self._close(line, mark)
            return _Each(found[1].strip(), line, found[2] or "", int(found[3] or 0), inside)
        return _Name(mark, line)

    def _drop_words(self) -> None:
        """Past a closing mark; its words were taken already."""
        self._at += 1

    def _close(self, line: int, mark: str) -> None:
        if self._marks[self._at][1] != "止":
            raise TemplateError(f"模板第{line}行的“{{{mark}}}”里多了一个“{{否则}}”，请删去。")
        self._at += 1

    def check(self, names: Names, tables: Sequence[str]) -> None:
        """Raise TemplateError for a name that nothing answers to; `names` hold one sample of each list."""
        _check(self._nodes, [names], tables)

    def write(
        self, names: Names, tables: Mapping[str, Listing]
    ) -> tuple[tuple[Passage | Listing, ...], tuple[Attachment, ...]]:
        """The paragraphs and annexes of a draft. Raises TemplateError for unknown names."""
        return _paragraphs(_lines(_spill(self._nodes, [names], tables)))


def _marks(text: str) -> Iterator[tuple[str, str, int]]:
    """(words before, what stands in the braces, line), the last with an empty mark."""
    end = 0
    for found in _BRACE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        if not found[1].strip():
            raise TemplateError(f"模板第{line}行有一对空的花括号，请写上名称，或删去。")
        yield text[end : found.start()], found[1].strip(), line
        end = found.end()
    yield text[end:], "", text.count("\n") + 1


def _known(name: str, scopes: Sequence[Names], line: int) -> Value:
    for scope in reversed(scopes):
        if name in scope:
            return scope[name]
    every = [known for scope in scopes for known in scope]
    near = difflib.get_close_matches(name, every, 1, 0.5)
    advice = f"是否想写“{near[0]}”？" if near else "可用的名称列在模板页右侧。"
    raise TemplateError(f"模板第{line}行的“{{{name}}}”没有这个名称，{advice}")


def _rows(node: _Each, scopes: Sequence[Names]) -> Sequence[Names]:
    value = _known(node.name, scopes, node.line)
    if isinstance(value, str | Number):
        raise TemplateError(
            f"模板第{node.line}行的“{node.name}”只有一项，不能“逐个”写，请直接写“{{{node.name}}}”。"
        )
    return value


def _plain(node: _Name, scopes: Sequence[Names]) -> str | Number:
    value = _known(node.name, scopes, node.line)
    if not isinstance(value, str | Number):
        raise TemplateError(
            f"模板第{node.line}行的“{node.name}”有许多项，请写成“{{逐个 {node.name}}}…{{止}}”。"
        )
    return value


def _check(nodes: Sequence[_Node], scopes: list[Names], tables: Sequence[str]) -> None:
    for node in nodes:
        if isinstance(node, _Name):
            _plain(node, scopes)
        elif isinstance(node, _If):
            _known(node.name, scopes, node.line)
            _check(node.then, scopes, tables)
            _check(node.other, scopes, tables)
        elif isinstance(node, _Each):
            for row in _rows(node, scopes)[:1]:
                _check(node.inside, [*scopes, row], tables)
        elif isinstance(node, _Table) and node.name not in tables:
            raise TemplateError(
                f"模板第{node.line}行的表“{node.name}”不存在，可用的表有：{'、'.join(tables)}。"
            )


def _spill(
    nodes: Sequence[_Node], scopes: list[Names], tables: Mapping[str, Listing]
) -> Iterator[str | Piece | Listing]:
    """Words of the template as str (they may turn the line), data as pieces (they never do), tables as they are."""
    for node in nodes:
        if isinstance(node, _Words):
            yield node.text
        elif isinstance(node, _Name):
            yield _piece(_plain(node, scopes))
        elif isinstance(node, _If):
            value = _known(node.name, scopes, node.line)
            there = value.text not in ("0", "", "0.0") if isinstance(value, Number) else bool(value)
            yield from _spill(node.then if there else node.other, scopes, tables)
        elif isinstance(node, _Each):
            rows = _rows(node, scopes)
            for at, row in enumerate(rows[: node.most] if node.most else rows):
                if at and node.between:
                    yield node.between
                yield from _spill(node.inside, [*scopes, {"序号": str(at + 1), **row}], tables)
        else:
            if node.name not in tables:
                raise TemplateError(
                    f"模板第{node.line}行的表“{node.name}”不存在，可用的表有：{'、'.join(tables)}。"
                )
            yield tables[node.name]


def _piece(value: str | Number) -> Piece:
    if isinstance(value, Number):
        return Piece(value.text, value.ref, value.text)
    return Piece(re.sub(r"\s+", " ", value).strip())


def _lines(spilled: Iterator[str | Piece | Listing]) -> Iterator[list[str | Piece] | Listing]:
    line: list[str | Piece] = []
    for part in spilled:
        if isinstance(part, Listing):
            yield line
            yield part
            line = []
        elif isinstance(part, Piece):
            line.append(part)
        else:
            first, *others = part.split("\n")
            line.append(first)
            for other in others:
                yield line
                line = [other]
    yield line


def _paragraphs(
    lines: Iterator[list[str | Piece] | Listing],
) -> tuple[tuple[Passage | Listing, ...], tuple[Attachment, ...]]:
    body: list[Passage | Listing] = []
    annexes: list[tuple[str, list[Passage | Listing]]] = []
    for line in lines:
        into = annexes[-1][1] if annexes else body
        if isinstance(line, Listing):
            if line.table.rows:
                into.append(line)
            continue
        words = "".join(part if isinstance(part, str) else part.text for part in line).strip()
        if not words or not re.search(r"\w", words):
            continue
        first = next((part for part in line if part), "")
        if isinstance(first, str) and first.lstrip().startswith("附件："):
            annexes.append((words.removeprefix("附件：").strip(), []))
        else:
            into.append(_passage(line))
    made = tuple(Attachment(title, tuple(parts)) for title, parts in annexes if parts)
    return tuple(body), made


def _passage(line: list[str | Piece]) -> Passage:
    level = 0
    head = line[0] if isinstance(line[0], str) else ""
    if found := re.match(r"\s*(#{1,4})\s*", head):
        level, line = len(found[1]), [head[found.end() :], *line[1:]]
    pieces: list[Piece] = []
    run_on = -1
    for part in line:
        if isinstance(part, Piece):
            pieces.append(part)
            continue
        before, bar, after = part.partition("｜")
        if bar and level and run_on < 0:
            pieces += [Piece(before)] * bool(before)
            run_on = len(pieces)
            part = after
        if part:
            pieces.append(Piece(part))
    if pieces and not pieces[0].ref:
        pieces[0] = replace(pieces[0], text=pieces[0].text.lstrip())
    return Passage(level, tuple(pieces), run_on)
