"""Where a sentence measures something: numbers with a unit, and the words that measure without a number.

Anchored on digits and cue words; nothing optional stands at the head of a pattern. Offsets are into the
sentence with its blanks squeezed out (OCR puts them between any two characters); `Sentence.at` leads back.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple

from luoshi.core.numerals import parse_numeral
from luoshi.core.pattern import behind, pattern
from luoshi.core.plan.patterns import words
from luoshi.core.quantity import AFTER, DIGITS_AFTER_FIRST, MEASURES, NUMBER, UNIT
from luoshi.core.records import maker
from luoshi.core.source.clean import CleanText

LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
HUNDRED = Decimal(100)  # 百分之百
NUMERALS = "一二两三四五六七八九十百千"
NUMERAL_SIGNS = frozenset(NUMERALS)
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
COMPARED = "|".join(AFTER)
INDEX = pattern(r"(?:指数|系数|容积率|死亡率|(?<![同环占])比|PUE)[^,、0-9]{0,8}$")
SENTENCE = pattern(r"[^\n\t。;；!！?？]+")
QUANTITY = pattern(
    rf"(?P<number>[0-9](?<![0-9.×/+〔∶:第-].){DIGITS_AFTER_FIRST})(?P<more>[余多])?"
    rf"(?:%?[-—–~～至](?P<high>{NUMBER}))?(?P<unit>{UNIT}|(?={COMPARED})|(?=[,、)∶]|:1(?![0-9])|$))(?![A-Za-z])(?P<after>(?:\(含\))?(?:{COMPARED}|内(?![部外容地生陆需资科镜])))?"
)
NIL = sorted(words("nouns.nil"))
# Pairs of signs that cues begin with: the first, and what may follow it.
PAIRS = (
    ("清破", "零"), ("零", f"[的突{''.join(sorted({word[1] for word in NIL}))}]"), ("覆", "盖"), ("杜", "绝"),
    ("不", "[发出新低少高超]"), ("高快低慢优", "于"), ("同", "[步比]"), ("持", "平"), ("较比", "上年"), ("第", "一[方梯]"),
    ("实", "现[县乡镇村户组校]"), ("“", "[县乡镇村户组校]"), ("前", "[一二三四五六七八九十]"),
)  # fmt: skip
FIRST_OF_PAIR = "".join(first for first, _ in PAIRS)
SECOND_OF_PAIR = "".join(second[1:-1] if second[0] == "[" else second[0] for _, second in PAIRS)
FEW, MANY = (
    "个家名项座条所处万倍成",
    "户人部张套间辆亩株台场只栋吨床次件村公",
)  # what is counted by ones, by tens
# A sign in a hundred opens an anchor; asked what follows it, before it is asked which it is, most go at once.
ANCHORS = (
    f"[0-9番{NUMERALS}{FIRST_OF_PAIR}](?:(?<=[0-9番])|(?=[{SECOND_OF_PAIR}{NUMERALS}{FEW}{MANY}分])(?:"
    + behind(
        (NUMERALS, f"[{FEW}]|(?<=百)分"),
        ("十百千", f"[{NUMERALS}]?[{MANY}]"),
        (FIRST_OF_PAIR, f"(?=[{SECOND_OF_PAIR}])(?:{behind(*PAIRS)})"),
    )
    + "))"
)
LONE = pattern(r"[lI](?=[O万家个])")
ANCHOR, SCANNED = pattern(ANCHORS), pattern(f"[lI](?=[O万家个])|{ANCHORS}")
SPELLED = pattern(
    rf"(?P<number>[{NUMERALS}](?:(?<=百)分之[{NUMERALS}零点]{{1,12}}+|[{NUMERALS}零点]{{0,12}}+))(?P<more>[余多])?"
)
# What may follow such a number, the signs it can begin with, and how many signs a unit has at most.
BEHIND_SPELLED = pattern(rf"(?P<unit>{UNIT})?(?P<after>{COMPARED})?")
BEHIND_OPENS = frozenset("十百千万亿/").union([word[0] for word in (*MEASURES, *AFTER)])
UNIT_REACH = 30
SCALES = "十百千万亿"
LEVEL = r"[^,、0-9]{0,14}(?:水平|平均|增速|增幅|上年|去年|同期)"
THAN_BEFORE = "(?:同期)?(?:实现)?(?:下降|减少|降低|增长|提高|上升)"
CUE = pattern(
    rf"清零|破零|零的?突破|零(?<!社.)(?:{'|'.join(word[1:] for word in NIL)})"
    r"|全(?:面|员|域|程|口径|流程|量|[县市区省州镇乡村]域?)?覆盖(?!率|面)|覆盖(?:所有|全部|全体)"
    r"|实现(?:县县|乡乡|镇镇|村村|户户|组组|校校)[通有达见建][^,、。]{0,8}|“(?:县县|乡乡|镇镇|村村|户户|组组|校校)[通达]”"
    rf"|不(?:发生|出现|新增|再新增)|杜绝|不(?:低于|少于|慢于|高于|多于|超过)(?={LEVEL})"
    r"|高于(?<!不..)|高出(?<!不..)|快于(?<!不..)|优于(?<!不..)|低于(?<!不..)|慢于(?<!不..)|同步|持平"
    rf"|同比{THAN_BEFORE}|较[上去]年{THAN_BEFORE}|比[上去]年{THAN_BEFORE}"
    rf"|前(?<![底年月日之以目期]前)(?:[0-9]{{1,3}}+|[{NUMERALS}]{{1,4}}+)(?:[名位强]|%)?|第一(?:方阵|梯队)|第[一二三1-3](?:位|名)"
    r"|翻(?:了)?(?:一|两|1|2)?番"
)
# The kind of a cue by its first sign, or by its first two.
KINDS = {
    "清": "zero", "破": "break", "零": "nil", "零突": "break", "零的": "break", "全": "all", "覆": "all", "实": "every", "“": "every", "杜": "none",
    "不发": "none", "不出": "none", "不新": "none", "不再": "none", "不低": "floor", "不少": "floor", "不慢": "floor", "不": "ceiling",
    "高": "higher", "快": "higher", "优": "higher", "低": "lower", "慢": "lower", "同步": "level", "持": "level", "同": "than", "较": "than",
    "比": "than", "前": "rank", "第": "rank", "翻": "double",
}  # fmt: skip
# The bracket that only adds a word is the one alternative with a group.
BOUNDARY = pattern(rf",|:|】|\([^()0-9,:]{{0,12}}(\))|\(|\)|——|\||  |{'|'.join(CIRCLED)}")
# Letters a scan makes of figures: l5个, 3OO套, lO万平方米, 8l公里.
LOOKALIKE = pattern(r"[lI][0-9OI万家个座处条项所]|[0-9][lIOo]")
MEASURED = "万亿千百家个项%户人名公亩吨套辆元所座处条间米次台件年平"
ONE = pattern(
    f"(?<![A-Za-z0-9])[lI](?=[0-9]|O[0-9{MEASURED}]|[万家个座处条项所])|(?<=[0-9])[lI](?=[0-9{MEASURED}])"
)
NOUGHT = pattern(f"(?<=[0-9lI])(?<![A-Za-z][0-9])[Oo]+(?=[0-9{MEASURED}])")
MARK = pattern(
    r"\s*(?:[-•●■]|[①-⑳]|\(?(?:[0-9]{1,3}(?:\.[0-9]{1,2})*|[一二三四五六七八九十]{1,3})[).、](?![0-9])|[一二三四五六七八九十]+是|第[一二三四五六七八九十],)+\s*"
)
OPENS_MARK = frozenset(f"-•●■(0123456789一二三四五六七八九十第{CIRCLED}")
QUOTES = (("“", "”"), ("《", "》"), ("〔", "〕"), ("「", "」"), ("【", "】"))
LEAST = ("至少", "不少于", "不低于")  # before a number that is else no more than an article: 至少一个
LONGEST = 20_000  # characters; a longer run without any stop is data, not speech
QUOTABLE = ("zero", "break", "all", "nil")
BLANK = pattern(r"[ \r\t]+")


class Sentence:
    """One sentence of one line. `text` is folded, `printed` keeps the file's glyphs, `at[i]` is the clean offset of i."""

    def __init__(self, text: str, printed: str, at: range | list[int]) -> None:
        self.text = text
        self.printed = printed
        self.at = at
        self._bounds: list[int] = []  # found when first asked for: most sentences measure nothing

    def clause(self, at: int) -> tuple[int, int]:
        """The stretch between two boundaries that holds `at`."""
        bounds = self._bounds = self._bounds or _bounds(self.text)
        i = bisect_right(bounds, at)
        return bounds[i - 1], bounds[i]

    def extent(self, start: int, end: int) -> tuple[int, int]:
        """The clean range that holds the characters [start, end)."""
        places = self.at[start:end]
        if isinstance(places, range):
            return places.start, places.stop
        return min(places), max(places) + 1


class Mention(NamedTuple):
    """A number with its unit (`cue` is "") or a measuring word (`cue` names its kind); [start, end) in the sentence."""

    start: int
    end: int
    cue: str = ""
    value: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    after: str = ""
    more: bool = False
    spelled: bool = False


_mention = maker(Mention)


def sentences(clean: CleanText) -> Iterator[Sentence]:
    """The sentences that hold a digit or a cue word, in order; a cell of a table is a sentence."""
    text, printed = clean.text, clean.printed
    stops = [(text, stop) for stop in "\n。;!?" if stop in text]
    if "\t" in printed:  # which folds to a blank
        stops.append((printed, "\t"))
    anchors = _anchors(text)
    at = 0
    while anchor := anchors.search(text, at):
        start, place = at, anchor.start()
        for glyphs, stop in stops:
            found = glyphs.rfind(stop, start, place)
            if found >= 0:
                start = found + 1
        sentence_end = SENTENCE.match(printed, place)
        at = sentence_end.end() if sentence_end else place + 1
        if at - start <= LONGEST:
            sentence = _sentence(clean, start, at)
            if sentence.text:  # a mark alone (一是) says nothing
                yield sentence


def _anchors(text: str) -> re.Pattern[str]:
    """What opens a mention; in a scan also a letter that stands for a figure by itself (l个, lO万平方米)."""
    misread = ("l" in text or "I" in text) and LONE.search(text)
    return SCANNED if misread else ANCHOR


def _sentence(clean: CleanText, start: int, end: int) -> Sentence:
    first = clean.text[start]
    if (first in OPENS_MARK or first.isspace()) and (mark := MARK.match(clean.text, start, end)):
        start = mark.end()
    text = _undo_ocr(clean.text[start:end])
    if " " in text:
        return make_sentence(clean, [start + i for i in _kept(text)])
    return Sentence(text, clean.printed[start:end], range(start, end))


def _undo_ocr(text: str) -> str:
    """l0万千瓦 is 10, 2O26 is 2026, 3OO套 300; one to one, so that offsets stay."""
    if ("l" in text or "I" in text or "O" in text or "o" in text) and LOOKALIKE.search(text):
        text = ONE.sub("1", NOUGHT.sub(lambda nought: "0" * len(nought.group()), text))
    return text


def make_sentence(clean: CleanText, places: list[int]) -> Sentence:
    """A sentence of the characters at these clean offsets, in this order."""
    text = _undo_ocr("".join(clean.text[i] for i in places))
    return Sentence(text, "".join(clean.printed[i] for i in places), places)


def _bounds(text: str) -> list[int]:
    """Where clauses begin, and the end; brackets that only add a word are no pause."""
    return [0, *[m.end() for m in BOUNDARY.finditer(text) if m.lastindex is None], len(text)]


def _kept(text: str) -> list[int]:
    """Indices that stay when blanks go: one blank of a wide gap between two cells stays as a boundary pair."""
    kept: list[int] = []
    last = 0
    for m in BLANK.finditer(text):
        kept.extend(range(last, m.start()))
        if m.end() - m.start() >= 3 and m.start() > 0 and m.end() < len(text):
            kept.extend((m.start(), m.start() + 1))
        last = m.end()
    kept.extend(range(last, len(text)))
    return kept


def mentions(sentence: Sentence) -> list[Mention]:
    """All mentions in order, none overlapping; the number wins over a cue at the same place."""
    text = sentence.text
    quotes = [pair for pair in QUOTES if pair[0] in text]
    found = [_number(m) for m in QUANTITY.finditer(text) if _measures(text, m, quotes)]
    found += _spelled(text, quotes)
    found += [_cue(text, m.start(), m.end()) for m in CUE.finditer(text)]
    if len(found) < 2:
        return found
    found.sort(key=itemgetter(0))  # by place; numbers stand before cues already
    apart: list[Mention] = []
    for mention in found:
        if not apart or mention.start >= apart[-1].end:
            apart.append(mention)
    return apart


def _cue(text: str, start: int, end: int) -> Mention:
    """A cue with the quotation marks right around it: “清零”."""
    kind = KINDS.get(text[start : start + 2]) or KINDS[text[start]]
    if kind in QUOTABLE and text[start - 1 : start] in ("“", '"') and text[end : end + 1] in ("”", '"'):
        return Mention(start - 1, end + 1, kind)
    return Mention(start, end, kind)


def _number(m: re.Match[str]) -> Mention:
    number, more, high, unit, after = m.groups("")
    start, end = m.span()
    if after:
        after = "以内" if after == "内" else after.removeprefix("(含)")
    if "余" in unit or "多" in unit:
        more, unit = "余", unit.replace("余", "").replace("多", "")
    high_value = parse_numeral(high) if high else None
    return _mention((start, end, "", parse_numeral(number), high_value, unit, after, more != "", False))


def _spelled(text: str, quotes: Sequence[tuple[str, str]]) -> list[Mention]:
    """百分之六, 两成, 三家, 半…; a bare 一个, a numeral without a unit or in `quotes` measures nothing."""
    found: list[Mention] = []
    at = 0
    while m := SPELLED.search(text, at):
        start, at = m.span()
        printed, more = m.groups()
        number, unit, after = printed.removeprefix("百分之"), "", ""
        percent = len(number) < len(printed)
        if not percent and text[at : at + 1] not in BEHIND_OPENS:
            continue
        value = HUNDRED if percent and number == "百" else parse_numeral(number)
        one = not percent and value is not None and value < 2 and not text.endswith(LEAST, 0, start)
        following = text[at : at + UNIT_REACH]
        # Of 一个 the unit matters only where another numeral may be part of it (一个百分点).
        if following[:1] in BEHIND_OPENS and not (
            one and following[0] != "%" and NUMERAL_SIGNS.isdisjoint(following)
        ):
            behind = BEHIND_SPELLED.match(text, at)
            if behind:
                unit, after = behind.groups("")
                at = behind.end()
        unit = "%" if percent else unit
        if value is None or not unit or number == "二" or (one and unit != "%"):
            continue
        if text[start - 1 : start] not in ("第", "十") and not (quotes and _inside(text, start, quotes)):
            found.append(Mention(start, at, "", value, None, unit, after, more is not None, True))
    return found


def _measures(text: str, m: re.Match[str], quotes: Sequence[tuple[str, str]]) -> bool:
    """Whether a number measures: not as part of a name in `quotes` or of a label (PM2.5, G107, CCTV13; but OPC100家以上
    does), and without a unit only what has none (容积率不低于1.5, 收入比缩小至2.2以内)."""
    at = m.start()
    if quotes and _inside(text, at, quotes):
        return False
    if at and text[at - 1] in LATIN and not m["after"]:
        return False
    return m["unit"] != "" or INDEX.search(text, max(0, at - 16), at) is not None


def _inside(text: str, at: int, quotes: Sequence[tuple[str, str]]) -> bool:
    """Inside “ ” 《 》 〔 〕 a number is part of a name."""
    since = max(0, at - 60)
    return any(text.rfind(left, since, at) > text.rfind(right, since, at) for left, right in quotes)


def full_units(values: list[Mention]) -> list[Mention]:
    """1.28万亿、8200亿元: a scale alone takes the measure of the last number."""
    measure = values[-1].unit.lstrip(SCALES) if len(values) > 1 else ""
    if not measure or all(v.unit.strip(SCALES) for v in values):
        return values
    return [v if v.unit.strip(SCALES) else v._replace(unit=v.unit + measure) for v in values]
