"""Lists of units as printed, cut into names: at separators, and where a separator was lost.

A name is kept as printed (`区住建局(交通局)` is one, `自然资源和规划` is not repaired); only the list is cut.
Places never stand in here: a lost separator shows itself by an ending (局, 委, 中心 …) that is followed by a
level word (县, 区, 市 …) and another ending, or by the name of a well-known kind of office.
"""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from luoshi.core.pattern import HAN, pattern

# Printed right after another name's ending, one of these begins a new name (县发改局财政局).
_SHORT = (
    "发改局 发改委 发展改革局 发展改革委 教育局 教体局 科技局 科工局 工信局 工信委 经信局 民政局 司法局 财政局 人社局 "
    "自然资源局 自规局 住建局 城管局 交通局 交通运输局 水利局 水务局 农业农村局 商务局 文旅局 文化旅游局 卫健局 卫健委 "
    "退役军人局 应急局 应急管理局 审计局 市监局 市场监管局 市场监督管理局 统计局 医保局 林业局 信访局 金融办 国资委 国资局 "
    "行政审批局 数据局 乡村振兴局 生态环境局 体育局 外事办 人防办 机关事务局 人民法院 人民检察院 总工会 团县委 团区委 团市委 妇联 "
    "残联 科协 工商联 红十字会"
)
_SHORT_NAMES = _SHORT.split()


class UnitName(NamedTuple):
    """One name: [start, end) in the text given, wraps and blanks taken out of `name`.
    `guessed`: a separator was missing beside it and the cut is ours."""

    start: int
    end: int
    name: str
    guessed: bool = False


# How names of bodies end; a longer ending that closes with one of the single signs needs no entry.
ENDING = (
    "局|委|办|厅|院|部|会|处|室|科|股|所|站|社|中心|公司|行|街道|镇街|镇|乡|苏木|村|政府|联|协|队|校|馆|台|园|区|单位|部门|机关|企业|专班|厂|海关|税务|电网|邮政|电信|移动|联通"
    "|铁塔|大学|法庭|团|组|机构|基地|主体|责任人|领导|矿|场|县|市|州|盟|旗|党组织"
)
_ENDINGS = tuple(ENDING.split("|"))
_NO_SIGN_OF_NAMES = frozenset(",;:、。!?")

# A level word that opens a name; 市场…, 市政…, 区域… and the like open no unit of a lower level.
_LEVEL = r"(?:[县旗盟州]|区(?!域|块|间|划|内|段)|市(?!场|政|容|民|价)|省(?!级)|团(?=[省市县区州旗]委)|各(?!类|项|种))"
_TAIL = (
    r"(?:局|委|办|厅|院|部|会|处|室|站|社|中心|公司|集团|街道|镇|乡|政府|联|协|队|校|园区|区|单位|部门|行)"
)
_ENDS = "局委办院会处心站司区镇队厅部联协社团室府"
_NAME_ENDS = frozenset(_ENDS + "道乡行队校关电")
_NEXT = rf"{_LEVEL}[^、,;:。]{{0,12}}?{_TAIL}"
_BRANCH = "分局|支局|支行|分行|大队|支队|中队|总队|管理部|分公司|支公司|服务站|办事处|派出所|法庭"
# 县人社局|青禾经开区, 经开区|某某集团公司: no level word, but another kind of body begins.
_PLACED = rf"{HAN}{{2,6}}?(?:经开区|高新区|开发区|工业园区?|产业园区?|管委会|集团公司|集团)(?!{_BRANCH}|区)"
_PLACED_OFFICE = rf"(?:(?![{_ENDS}]){HAN}){{1,4}}[县市区旗](?!委){HAN}{{1,8}}?[局委办厅会](?!{_BRANCH})"
_LOST = pattern(
    rf"(?<=[{_ENDS}])(?:(?={_NEXT})|(?<=[局委办会心区联协司])(?={_PLACED})"
    rf"|(?<=[局委办厅心])(?:(?={_PLACED_OFFICE})|(?=(?:{'|'.join(_SHORT_NAMES)}))))"
)
# 水利林业分工负责: endings dropped and run together.
_STEMS = tuple(sorted({n[:-1] for n in _SHORT_NAMES if n[-1] in "局委"}, key=len, reverse=True))
_AND = pattern(r"以及|及其|和|及|与")
_OPENING = pattern(
    rf"{_LEVEL}|(?:{'|'.join(_SHORT_NAMES)})|{HAN}{{2,8}}?(?:镇|乡|街道|公司|集团|银行|管委会|海关)"
)
_OPEN, _CLOSE = frozenset("(〔[《“〈"), frozenset(")〕]》”〉")
# 经开区⏎管委会, 县委⏎宣传部: a line break inside a name, though either half could be one.
_WRAPPED = pattern(
    r"(?:区|园|城)\n(?:管委会|管理委员会|党工委)|街道\n办事处|政府\n办公室|委办\n公室"
    r"|[省市县区旗州]委\n(?:办公室|宣传部|组织部|统战部|政法委|社会工作部|编办)"
)
# A bracket, or a run of separators; with all of them in one class at the head, which a search runs along (0056).
_SIGNS = pattern(r"[、,;。/|\s(〔《“〈)〕》”〉[\]](?:(?<=[、,;。/|\s])[、,;。/|\s]+)?")
_OTHERS = (
    "各",
    "有关",
    "相关",
    "县属",
    "市属",
    "区属",
    "县直",
    "市直",
    "区直",
    "县级",
    "市级",
    "区级",
    "街道",
)  # what goes on with none of 各乡镇
_REGIONS = "各有关相省市县区旗州盟镇乡()、级直属"
_GO_ON = frozenset(_REGIONS + "委")  # the signs behind which 、 may stand inside a name
_INNER_ENDINGS = frozenset(_ENDS)
_GOES_ON_WITH = frozenset(
    "县市区旗盟州省团各园管集"
)  # one of these stands in all that a lost separator may have parted
_INSIDE = pattern(
    r"(?<=[县市区])(?:\([县市区、]+\)|〔[县市区、]+〕|〈[县市区、]+〉)"
)  # 各县〈市、区〉人民政府
_BRACKETS = pattern(r"\([^()]*\)|〔[^〔〕]*〕")
# 各区人民政府〈含开发区管委会,下同〉: the bracket explains the name and is no part of it.
_EXPLAINS = ("含", "包括", "以下", "下同")
_NOTE = pattern(r"[(〈〔\[](?:含|不含|包括|以下|下同)[^()〈〉〔〕\[\]]*[)〉〕\]]$")
_MORE = pattern(
    r"等(?:有关|相关|各|县直|市直|区直|责任|成员|职能|参与)*(?:\d{1,3}[个家])?(?:单位|部门|地区|地方|镇街|企业|机构)?$"
)
_COLLECTIVE_HEADS = ("各", "有关", "相关", "全体", "所有")
_COLLECTIVE_TAILS = ("单位", "部门", "企业", "地区", "机构", "镇街")
COLLECTIVE = pattern(
    r"^(?:各|有关|相关|全体|所有)|(?:有关|相关|成员|责任|职能|主管|参与|牵头|配合|其他|其它|直属|驻[县区市])(?:行业)?(?:单位|部门|企业|地区|机构)$"
    r"|[县市区]直(?:各|有关|相关)?(?:单位|部门)$|镇街$|县市区|县\(市、?区\)|市\(县、?区\)|区\(县、?市\)|区县\(市\)"
)


class UnitList(NamedTuple):
    """The names of a list in printed order; `open_ended` when it closes with 等."""

    units: tuple[UnitName, ...]
    open_ended: bool


def is_unit_like(name: str) -> bool:
    """Whether a name ends the way names of bodies end, before a bracket or without one."""
    bare = name.removesuffix("\n")
    if bare.endswith(")"):
        bare, _, inside = bare[:-1].rpartition("(")
        if ")" in inside:
            return False
    if len(name) < 2 or not bare.endswith(_ENDINGS) or bare.split() != [bare]:
        return False
    return _NO_SIGN_OF_NAMES.isdisjoint(bare) or _NO_SIGN_OF_NAMES.isdisjoint(_INSIDE.sub("", bare))


@lru_cache(maxsize=2048)
def is_collective(name: str) -> bool:
    """各乡镇人民政府, 有关部门: a name that stands for members somebody has to list."""
    may_be = name.startswith(_COLLECTIVE_HEADS) or name.endswith(_COLLECTIVE_TAILS) or "市" in name
    return may_be and COLLECTIVE.search(name) is not None


def split_units(text: str) -> list[UnitName]:
    """The names in a list of units, e.g. "县发改局县科工局、县住建局(交通局)等" -> three; offsets are into `text`."""
    return list(read_list(text).units)


def read_list(text: str, start: int = 0, end: int | None = None) -> UnitList:
    """Read text[start:end] (folded text) as a list of units."""
    found, open_ended = find_names(text, start, len(text) if end is None else end)
    return UnitList(tuple([UnitName(*name) for name in found]), open_ended)


Place = tuple[
    int, int, str, bool
]  # the fields of UnitName, for those who put the names into values of their own


def find_names(text: str, start: int, stop: int) -> tuple[list[Place], bool]:
    """The names in text[start:stop] (folded text) in printed order, and whether the list closes with 等."""
    found: list[Place] = []
    open_ended = False
    for a, b in _pieces(text, start, stop):
        named, more = _read_piece(text[a:b])
        open_ended = open_ended or more
        for s, e, name, guessed in named:
            found.append((a + s, a + e, name, guessed))
    return found, open_ended


@lru_cache(maxsize=4096)  # a plan names the same units over and over: six of seven pieces are known already
def _read_piece(piece: str) -> tuple[tuple[Place, ...], bool]:
    """The names of what stands between two separators, and whether it closes with 等; offsets are into the piece."""
    found: list[Place] = []
    open_ended = False
    for a, b in _conjoined(piece, *_trim(piece, 0, len(piece))):
        a, b = _trim(piece, a, b)
        more = _MORE.search(piece, a, b) if piece.find("等", a, b) >= 0 else None
        if more:
            open_ended = True
            a, b = _trim(piece, a, more.start())
        if a < b:
            found += _cut(piece, a, b)
    return tuple(found), open_ended


def _pieces(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Ranges between printed separators outside brackets; a blank or line break inside a name is a wrap."""
    pieces: list[tuple[int, int]] = []
    depth, begin = 0, start
    for sign in _SIGNS.finditer(text, start, stop):
        at, end = sign.span()
        first = text[at]
        if first in _OPEN:
            depth += 1
        elif first in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and (
            (first == "、" and begin < at and text[at - 1] not in _GO_ON)  # nearly always
            or _separates(text, begin, at, end)
        ):
            pieces.append((begin, at))
            begin = end
    pieces.append((begin, stop))
    return pieces


def _separates(text: str, begin: int, start: int, end: int) -> bool:
    """Whether the signs at [start, end) end what begins at `begin`: printed signs do (but not in 各区、县(市)政府,
    各乡镇党委、政府), blanks only between the end of one name and the beginning of another."""
    separator = text[start:end]
    if not separator.isspace():
        if separator != "、" or (begin < start and text[start - 1] not in _GO_ON):
            return True
        before = text[begin:start]
        if text.startswith(_OTHERS, end):
            return True
        return not (_region_only(before) or (before.endswith("党委") and text.startswith("政府", end)))
    before = "".join(text[begin:start].split())
    if "\n" in separator and _WRAPPED.search(f"{before[-6:]}\n{text[end : end + 6]}"):
        return False
    if not is_unit_like(before) or _region_only(before):
        return False
    if "\n" in separator and text.startswith("各", end):
        return True
    return before.partition("(")[0][-1:] in _NAME_ENDS if before[-1] == ")" else before[-1] in _NAME_ENDS


def _region_only(name: str) -> bool:
    """Whether a name only says which kinds of places are meant: 各区, 有关县(市)."""
    return not name.strip(_REGIONS)


def _trim(text: str, a: int, b: int) -> tuple[int, int]:
    while a < b and text[a] in " \n\r,、;:。由":
        a += 1
    while a < b and text[b - 1] in " \n\r,、;:。":
        b -= 1
    return a, b


def _cut(text: str, a: int, b: int) -> list[Place]:
    """The names in text[a:b], cut at lost separators."""
    body, places = text[a:b], [0]
    if len(body) > 5:
        masked = _mask(body)
        for m in _LOST.finditer(masked) if _may_be_several(masked) else ():
            if _stands(body, places[-1], m.start()) and len(body) - m.start() >= 3:
                places.append(m.start())
    else:
        places.extend(_stems(body))
    places.append(len(body))
    out: list[Place] = []
    for s, e in pairwise(places):
        first, last = _trim(body, s, e)
        if (
            last > first
            and body[last - 1] in _CLOSE
            and any(word in body for word in _EXPLAINS)
            and (note := _NOTE.search(body, first, last))
        ):
            last = note.start()
        if first < last:
            out.append((a + first, a + last, "".join(body[first:last].split()), len(places) > 2))
    return out


def _may_be_several(body: str) -> bool:
    """Whether an ending stands inside and something that can begin another name behind it."""
    for i in range(2, len(body) - 3):
        if body[i] in _INNER_ENDINGS:
            rest = body[i + 1 :]
            if not _GOES_ON_WITH.isdisjoint(rest) or any(name in rest for name in _SHORT_NAMES):
                return True
    return False


def _stems(body: str) -> list[int]:
    """Where the second and later stems begin when the whole of `body` is stems run together, else nothing."""
    starts, at = [], 0
    while body.startswith(_STEMS, at):
        starts.append(at)
        at += len(next(stem for stem in _STEMS if body.startswith(stem, at)))
    return starts[1:] if at == len(body) else []


def _mask(body: str) -> str:
    """Brackets and what they hold as middle dots, so that no cut falls inside them."""
    if "(" not in body and "〔" not in body:
        return body
    return _BRACKETS.sub(lambda m: "·" * len(m.group()), body)


def _stands(text: str, start: int, cut: int) -> bool:
    """Whether text[start:cut] can be a name of its own: more than a level word, no 市委 before 市政府, no 市政府各部门."""
    left = text[start:cut].strip()
    if left.endswith("政府") and text.startswith(("各部门", "各工作部门", "各组成部门"), cut):
        return False
    if len(left) < 3 or _region_only(left) or left.endswith(("总局", "总会", "总队")):
        return (
            len(left) >= 3
            and left[-1] == "委"
            and not text.startswith(left[0] + "政府", cut)
            and left[:1] == "团"
        )
    return True


def _conjoined(text: str, a: int, b: int) -> list[tuple[int, int]]:
    """Cut at 和, 及, 与 behind 等, or where a name ends before and another begins after (not in 文化和旅游局)."""
    if "和" not in text and "及" not in text and "与" not in text:
        return [(a, b)]
    pieces, begin = [], a
    for m in _AND.finditer(text, a, b):
        left = text[begin : m.start()]
        ended = left[-1:] in _NAME_ENDS and len(left) >= 3 and _OPENING.match(text, m.end(), b)
        if ended or left.endswith("等"):
            pieces.append((begin, m.start()))
            begin = m.end()
    pieces.append((begin, b))
    return pieces
