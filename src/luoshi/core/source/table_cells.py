"""What one line of a flattened table looks like by itself: an integer, a list of units, names of people, a date, text."""

from functools import lru_cache
from typing import NamedTuple

from luoshi.core.pattern import HAN, pattern
from luoshi.core.records import maker


class Line(NamedTuple):
    """A line that holds something: the `length` characters [start, end) without its outer blanks; `kind` is one of KINDS.

    `ends`: closes with 。；！？：. `listed`: opens as an item of a list (1. (1) ① 一是). `open`: stops in the middle of a
    name or a list, or was wrapped at the edge of its column.
    """

    start: int
    end: int
    length: int
    kind: str
    number: int | None
    ends: bool
    listed: bool
    open: bool


_line = maker(Line)
KINDS = ("int", "bad", "blank", "units", "unitish", "person", "date", "mark", "short", "text")
_INT = pattern(r"\(?(\d{1,3})\)?[.、]?$")
_HAN_INT = pattern(r"([一二三四五六七八九十]{1,3})$")
_BAD_INT = pattern(r"[\dlIiOo|!ZzSsBbqgT]{1,3}[.,、:·]?$")
_LOOKS = str.maketrans("lIi|!OoZzSsBbqgT", "1111100225588997")  # what a scan makes of a figure
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MISREAD = pattern(r"[lI|](?=\d?[月日])|(?<=[\d年])[lI|](?=[\d月日])|(?<=\d)[Oo](?=[年月日])")
_BLANK = pattern(r"[\s—\-/\\―–_*]*$|无$|略$")
_DATE = pattern(
    r"(?!(?:前|内|完成|推进|坚持|实施)+$)(?:20\d\d年?[-./至到]*)?(?:20\d\d年)?(?:全年|年内|(?:每?年)?[底末]|\d{1,2}[-./月](?:\d{1,2}日?|[底末初]|[上中下]旬)?"
    r"(?:[-—~至到](?:\d{1,2}月)?(?:\d{1,2}日|[底末])?)?|[上下]半年|第?[一二三四1-4]季度[末]?|长期|持续|常年|持续推进|长期坚持|常态化)?"
    r"(?:[底末])?(?:之前|以前|前|内|完成|推进|坚持|实施)*$"
)
_DOUBLE = (
    "(?:欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|南宫|长孙|宇文|司空|钟离|申屠|澹台)"
)
_NAME = rf"(?:{_DOUBLE}{HAN}{{2}}|{HAN}{{2,3}}|{HAN} +{HAN}(?: {HAN})?)"
_PEOPLE = pattern(rf"{_NAME}(?:[、,/; ]+{_NAME})*$")
_TITLE = r"(?:[县市区州旗镇乡]长|书记|主任|局长|常委|领导|主席|秘书长|部长|同志|委员|专员|负责人)"
_POST = pattern(
    rf"(?:{HAN}|[、()· ]){{0,16}}{_TITLE}(?:[(: ]*{_NAME}\)?)?$|{_NAME}[( ]{{1,2}}(?:{HAN}|、){{0,12}}{_TITLE}\)?$"
)
_ENDING = (
    "局委办厅院部会处室所站社行镇乡联协队校馆区县市州旗园组厂村|中心|公司|集团|街道|政府|单位|部门|机关|企业|机构|指挥部|"
    "专班|大学|学院|医院|海关|税务|银行|各地|办事处|人民团体|牵头|县委|等"
)
_SINGLE, _, _WORDS = _ENDING.partition("|")
_VERB = (
    "推[进动]|打造|培育|建[设立成强]|完[善成]|实施|开展|加[强快大]|提[升高]|健全|创建|申报|指导|深[化入]|优化|做[好强优]|"
    "落实|组织实施|支持|积极|新[建增]|构建|发展|争[取创]|引[进导]|强化|扩大|改[造善革]|制定|出台|举办|确保|力争|全面|坚[持决]"
)
_UNIT = pattern(
    rf"(?!{_VERB})(?:(?:{HAN}|[A-Za-z“”()·:]){{2,26}}?(?:(?<=\w{{3}})[{_SINGLE}]|{_WORDS})|[县市区省州旗镇乡团各]{HAN}?[{_SINGLE}]"
    rf"|{HAN}{{2}}[局委办厅部院联协队镇乡所站]|[妇残侨]联|科协|经开区|高新区)(?:\([^()]*\))?等?$"
)
_PIECES = pattern(r"[、,;:/ ][、,;:/ ]*")  # not […]+, in which a search knows no first sign
_DUTY = pattern(r"牵头|配合|负责|按职责|分工")
_MARK = pattern(
    r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、](?!\d)|第[一二三四五六七八九十]{1,3}[章节部分]|[①-⑳]"
)
_ITEM = pattern(r"\d{1,2}[.、)](?!\d)|\(\d{1,2}\)|[①-⑳]|[一二三四五六七八九]是")
_LIST_NAME = pattern(rf"(?:{HAN}|[“”]){{2,8}}(?:清单|类)$")
_STOPS = ("。", ";", "!", "?", ":")
_WHOLE = frozenset(
    ("int", "blank", "date", "units")
)  # kinds of lines that cannot begin with the rest of a name
LONG = 24


def read_number(text: str) -> int | None:
    """The integer a cell consists of, printed in figures or as 一 … 九十九 or ①."""
    if m := _INT.match(text):
        return int(m.group(1))
    if m := _HAN_INT.match(text):
        tens, ten, ones = m.group(1).rpartition("十")
        digits = "零一二三四五六七八九"
        if ten:
            return (digits.find(tens) if tens else 1) * 10 + (digits.find(ones) if ones else 0)
        return digits.find(ones) if len(ones) == 1 else None
    return _CIRCLED.index(text) + 1 if len(text) == 1 and text in _CIRCLED else None


def with_figures(text: str) -> str:
    """Text of the same length with l, I and O among figures read as 1 and 0 (2025年l2月)."""
    return _MISREAD.sub(lambda m: "0" if m.group() in "Oo" else "1", text)


def guessed_number(text: str) -> int | None:
    """The integer of a cell whose figures a scan may have taken for letters (l2 -> 12, Z -> 2)."""
    plain = read_number(text)
    return read_number(text.rstrip(".,、:·").translate(_LOOKS)) if plain is None else plain


def is_mark(text: str) -> bool:
    """Whether text opens with a list mark (一、 (一) 1.)."""
    return _MARK.match(text) is not None


def is_heading(text: str) -> bool:
    """Whether text can head a group of rows: it has a list mark or names a list (任务清单, 项目清单)."""
    return is_mark(text) or _LIST_NAME.match(text) is not None


_DEPTHS = (
    pattern(r"第[一二三四五六七八九十]{1,3}[章节部分]"),
    pattern(r"[一二三四五六七八九十]{1,3}、"),
    pattern(r"\([一二三四五六七八九十]{1,3}\)"),
    pattern(r"\d{1,2}[.、]"),
    pattern(r"\(\d{1,2}\)|[①-⑳]"),
)


def _depth(heading: str) -> int:
    return next((k for k, mark in enumerate(_DEPTHS, 1) if mark.match(heading)), 0)


def nested(groups: tuple[str, ...], heading: str) -> tuple[str, ...]:
    """The group headings in force once `heading` is met: those of a higher level stay (任务清单 > 一、 > (一) > 1.)."""
    depth = _depth(heading)
    return (*(g for g in groups if _depth(g) < depth), heading)


def kind_of(text: str) -> str:
    """The kind of a stripped line."""
    return _look(text)[0]


@lru_cache(maxsize=1 << 14)  # units, leaders and dates come again in row after row
def _look(text: str) -> tuple[str, int | None, bool, bool, bool]:
    """Everything a line is but its place: `kind` to `open` of Line."""
    kind = _kind(text.rstrip("、,") or text)
    number = guessed_number(text) if kind in ("int", "bad") else None
    return kind, number, text.endswith(_STOPS), _ITEM.match(text) is not None, text.endswith(("、", ","))


def _kind(text: str) -> str:
    if _BLANK.match(text):
        return "blank"
    size = len(text)
    if size <= 5 and (_INT.match(text) or _HAN_INT.match(text) or (size == 1 and text in _CIRCLED)):
        return "int"
    if size <= 4 and _BAD_INT.match(text):
        return "bad"
    closed = text[-1] in "。;!?:"
    units = "" if closed else _units(text)
    if size <= LONG and not closed:
        if _DATE.match(with_figures(text)):
            return "date"
        if _MARK.match(text) or _LIST_NAME.match(text):
            return "mark"
        if not units and (size == 1 or _PEOPLE.match(text) or _POST.match(text)):
            return "person"
    if units:
        return units
    if size <= LONG and not closed:
        return "short"
    return "mark" if size <= 2 * LONG and not closed and _MARK.match(text) else "text"


def _units(text: str) -> str:
    pieces = [p for p in _PIECES.split(text) if p]
    if not pieces or max(map(len, pieces)) > 28 or "%" in text:
        return ""
    right = sum(1 for p in pieces if _UNIT.match(p))
    if right == len(pieces):
        return "units"
    if right * 2 >= len(pieces) and (len(pieces) > 1 or _DUTY.search(text)):
        return "unitish"
    return ""


def read_line(text: str, start: int, end: int) -> Line | None:
    """The line text[start:end] (which holds no line break); None when there is nothing at all in it."""
    body = text[start:end]
    if not body:
        return None
    bare = body.strip()
    if not bare:
        return Line(start, start, 0, "blank", None, False, False, False)
    begin, length = start + body.index(bare[0]), len(bare)
    return _line((begin, begin + length, length, *_look(bare)))


def goes_over(text: str, line: Line, following: Line) -> bool:
    """Whether a name is cut between two lines: neither 县卫 nor 健局, but 县卫健局 is one."""
    if line.ends or line.open or following.kind in _WHOLE:
        return False
    tail = _PIECES.split(text[line.start : line.end])[-1]
    head = _PIECES.split(text[following.start : following.end], maxsplit=1)[0]
    return _is_cut(tail, head)


@lru_cache(maxsize=1 << 14)
def _is_cut(tail: str, head: str) -> bool:
    if tail == "各":
        return _UNIT.match(head) is not None
    return not (_UNIT.match(tail) or _UNIT.match(head)) and _UNIT.match(tail + head) is not None
