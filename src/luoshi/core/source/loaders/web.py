"""Saved pages of government sites (html, jsp, mht): the paper inside, the site around it set aside.

Nothing is thrown away: menus, breadcrumbs and footers stay in the text, marked as furniture.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes, policy

from lxml import etree, html

from luoshi.core.source.furniture import is_card_label, is_part_of_paper
from luoshi.core.source.loaders.archive import MAX_TAGS
from luoshi.core.source.loaders.plain import decode
from luoshi.core.source.loaders.refusals import Refusal
from luoshi.core.source.loaders.scribe import CellText, Draft, Scribe, flat_rows
from luoshi.core.source.text import Note

SKIP = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "object",
        "embed",
        "canvas",
        "video",
        "audio",
        "map",
        "title",
    ]
)
BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "center",
        "form",
        "fieldset",
        "blockquote",
        "pre",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "hr",
        "figure",
        "figcaption",
        "address",
        "body",
        "html",
    ]
)
ASIDE = {"nav", "footer", "aside"}
NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|bread\w*|crumbs?|foot(?!note)\w*|share\w*|bdshare\w*|side\w*|search\w*|login\w*|position|location|weizhi|dqwz|fenxiang|"
    r"related\w*|relation\w*|xgwj|prev|next|pag(?:er|ing|ination)|qr\w*|erweima|ewm|print|font-?size|copyright|topbar|top-bar|toolbar|links?|friend\w*)(?=$|[\s_-])",
    re.I,
)
SPACES = re.compile(r"[ \t\r\n\f]+")
WRAP = re.compile(
    r"(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”’‘]) (?=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’])"
)
SERVER = re.compile(r"<%.*?%>|\A\ufeff?---\n.*?\n---\n", re.S)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
MAX_SPAN = 1000  # columns or rows of one cell, as browsers limit them
MAX_WORK = 2_000_000  # steps over columns: a table of a thousand rows by a hundred columns takes 100,000
PROSE = 25  # characters from which a line counts when the paper's place on the page is sought


@dataclass(slots=True)
class Line:
    """A line or a table of the page with the elements around it, outermost first."""

    chain: tuple[etree._Element, ...]
    text: str = ""
    cells: list[CellText] = field(default_factory=list)
    linked: int = 0
    aside: bool = False
    card: bool = False

    @property
    def prose(self) -> int:
        """Characters, when the line is prose or a table; 0 for links and labels."""
        size = len(self.text) + sum(len(cell.text) for cell in self.cells)
        return size if self.cells or (size >= PROSE and self.linked * 2 < size) else 0

    @property
    def weight(self) -> int:
        return 0 if self.aside or self.card else self.prose


def read(data: bytes) -> Draft:
    """Read a page; a web archive (mht) is opened to its main page."""
    text, encoding = decode(_main_page(data))
    if text.count("<") > MAX_TAGS:
        raise Refusal("too-long")
    text = SERVER.sub("", text).replace("\0", "")
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refusal("empty") from error
    page = _Page()
    page.walk(root, (root,), aside=False, linked=False)
    page.end_line((root,), aside=False)
    if encoding is None:
        note = Note("damaged-text", "网页中有个别字符已经损坏，读成了“\ufffd”，请对照原件核对。")
        page.scribe.note(note.code, note.message)
    return page.draft(_titles(root))


def _main_page(data: bytes) -> bytes:
    if data[:1] in b"<\xef\xff\xfe" or b"multipart/related" not in data[:4096]:
        return data
    message = message_from_bytes(data, policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload
    raise Refusal("no-text")


def _titles(root: html.HtmlElement) -> set[str]:
    """What the page says its title is, with blanks packed."""
    titles = {_pack(t.text_content()) for t in root.iter("title", "h1")}
    for meta in root.iter("meta"):
        if re.search(r"title", str(meta.get("name") or meta.get("property") or ""), re.I):
            titles.add(_pack(str(meta.get("content") or "")))
    return {title for title in titles if len(title) > 4}


def _pack(text: str) -> str:
    return re.sub(r"[\s\u3000\u00a0]+", "", text)


class _Page:
    """Collects the lines and tables of a page in reading order."""

    def __init__(self) -> None:
        self.scribe = Scribe()
        self.lines: list[Line] = []
        self.buffer: list[str] = []
        self.linked = 0

    def end_line(self, chain: tuple[etree._Element, ...], *, aside: bool) -> None:
        raw = "".join(self.buffer)
        self.buffer.clear()
        for text in raw.split("\v"):
            text = WRAP.sub("", SPACES.sub(" ", text)).strip(" ")
            if text.strip("\u3000\u00a0 "):
                self.lines.append(Line(chain, text, linked=self.linked, aside=aside))
        self.linked = 0

    def say(self, text: str | None, *, linked: bool, kept: bool) -> None:
        if text:
            self.buffer.append(text.replace("\n", "\v") if kept else text)
            if linked:
                self.linked += len(text.strip())

    def walk(
        self, element: etree._Element, chain: tuple[etree._Element, ...], *, aside: bool, linked: bool
    ) -> None:
        """Read an element and all under it; `chain` are the block elements around, itself included."""
        kept = element.tag == "pre"
        self.say(element.text, linked=linked, kept=kept)
        for inner in element:
            tag = inner.tag if isinstance(inner.tag, str) else ""
            if tag == "br":
                self.buffer.append("\v")
            elif tag and tag not in SKIP and not _hidden(inner):
                set_aside = (
                    aside
                    or tag in ASIDE
                    or bool(NAMES.search(f"{inner.get('class', '')} {inner.get('id', '')}"))
                )
                if tag not in BLOCKS:
                    self.walk(inner, chain, aside=set_aside, linked=linked or tag == "a")
                else:
                    self.end_line(chain, aside=aside)
                    if tag == "table" and (cells := _grid(inner)):
                        self.table(inner, cells, (*chain, inner), aside=set_aside)
                    else:
                        self.walk(inner, (*chain, inner), aside=set_aside, linked=linked)
                        self.end_line((*chain, inner), aside=set_aside)
            self.say(inner.tail, linked=linked, kept=kept)

    def table(
        self,
        element: etree._Element,
        cells: list[CellText],
        chain: tuple[etree._Element, ...],
        *,
        aside: bool,
    ) -> None:
        for caption in element.iterchildren("caption"):
            self.walk(caption, (*chain, caption), aside=aside, linked=False)
            self.end_line((*chain, caption), aside=aside)
        self.lines.append(Line(chain, cells=cells, aside=aside))

    def draft(self, titles: set[str]) -> Draft:
        """Write all lines; those outside the element that holds the paper are furniture, but for its title and number."""
        if sum(line.prose for line in self.lines if line.aside) > sum(
            line.prose for line in self.lines if not line.aside
        ):
            for line in self.lines:  # a site that calls its paper "print-area" or "sidebar"
                line.aside = False
        for line in self.lines:
            line.card = _is_card(line.cells)
        home = _home(self.lines)
        at_home = [i for i, line in enumerate(self.lines) if home is None or home in line.chain]
        first = at_home[0] if at_home else 0
        last = max((i for i, line in enumerate(self.lines) if line.weight), default=0)
        heads = {
            _pack(line.text): i for i, line in enumerate(self.lines[:first]) if _is_title(line.text, titles)
        }
        paper = {*at_home, *heads.values(), *(i for i, line in enumerate(self.lines) if line.weight)}
        for i, line in enumerate(self.lines):
            between = first < i < last and line.linked * 2 < len(line.text)
            belongs = i in paper or between
            if line.cells and belongs and not (line.aside or line.card):
                self.scribe.table(line.cells)
                continue
            for text in flat_rows(line.cells) if line.cells else [line.text]:
                own = (
                    is_part_of_paper(text)
                    and (belongs or i < first)
                    and (line.card or not line.aside or i in paper)
                )
                self.scribe.line(text, furniture=not own and (line.aside or line.card or not belongs))
        return self.scribe.draft("html")


def _is_title(text: str, titles: set[str]) -> bool:
    """Whether a line is what the page says its title is; <title> often adds the site's name."""
    packed = _pack(text)
    return packed in titles or (len(packed) > 8 and any(title.startswith(packed) for title in titles))


def _is_card(cells: list[CellText]) -> bool:
    """The information card of a site: 索引号 发文机关 成文日期 …"""
    return sum(1 for cell in cells if is_card_label(cell.text)) > 2


def _hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or bool(HIDDEN.search(element.get("style") or ""))


def _home(lines: list[Line]) -> etree._Element | None:
    """The innermost element that holds at least nine tenths of the prose; None when there is no prose."""
    weights: Counter[etree._Element] = Counter()
    depth: dict[etree._Element, int] = {}
    for line in lines:
        for level, element in enumerate(line.chain):
            weights[element] += line.weight
            depth[element] = level
    total = max(weights.values(), default=0)
    heavy = [element for element, weight in weights.items() if weight and weight * 10 >= total * 9]
    heavy = [element for element in heavy if element.tag not in ("p", "table") or len(lines) < 3]
    return max(heavy, key=lambda element: depth[element], default=None)


def _grid(table: etree._Element) -> list[CellText]:
    """The cells of a real table; [] for one that only lays out the page."""
    nested = next(table.iterdescendants("table"), None) is not None
    if nested and _is_layout(table):
        return []
    cells: list[CellText] = []
    taken: dict[int, int] = {}  # column → first row in which it is free again
    rows = [tr for tr in table.iterdescendants("tr") if next(tr.iterancestors("table")) is table]
    work = 0
    for row, tr in enumerate(rows):
        col = 0
        for td in tr.iterchildren("td", "th"):
            while taken.get(col, 0) > row:
                col += 1
                work += 1
            width, height = _span(td, "colspan"), min(_span(td, "rowspan"), len(rows) - row)
            cells.append(CellText(row, col, _cell_lines(td), height, width))
            for covered in range(col, col + width):
                taken[covered] = row + height
            col += width
            work += width
            if work > MAX_WORK:
                raise Refusal("too-long")
    prose = sum(1 for cell in cells if cell.text)
    return cells if prose > 1 and (nested or not _is_page(cells)) else []


def _is_layout(table: etree._Element) -> bool:
    """Whether a table with tables in it is there for the sake of the page: one cell holds nearly everything."""
    own = [td for td in table.iterdescendants("td", "th") if next(td.iterancestors("table")) is table]
    sizes = [len("".join(td.itertext())) for td in own]
    return len(own) < 4 or max(sizes) * 5 >= sum(sizes) * 3


def _is_page(cells: list[CellText]) -> bool:
    """A cell of many paragraphs is a page set in a table, as old sites did."""
    longest = max(cells, key=lambda cell: len(cell.text))
    return len(longest.lines) > 8 and len(longest.text) * 5 >= sum(len(cell.text) for cell in cells) * 4


def _span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), MAX_SPAN) if value.isascii() and value.isdigit() and len(value) < 7 else 1


def _cell_lines(td: etree._Element) -> list[str]:
    inner = _Page()
    inner.walk(td, (td,), aside=False, linked=False)
    inner.end_line((td,), aside=False)
    lines: list[str] = []
    for line in inner.lines:
        lines += flat_rows(line.cells) if line.cells else [line.text]
    return lines
