"""The markers of headings: 附件1, 第一章, 一、, (一), 1., 1.1, (1), ①, ——, ★; a form for each, found by the sign it opens with."""

import re

from luoshi.core.pattern import pattern

# Rank of a marker: the smaller stands above.
(
    ANNEX,
    TITLED_TABLE,
    PART,
    CHAPTER,
    SECTION,
    ARTICLE,
    FIRST,
    SECOND,
    THIRD,
    DECIMAL,  # 1.1, and right below it 1.1.1 and 1.1.1.1
    _,
    _,
    FOURTH,
    CIRCLED,
    DASH,
    STAR,
    TABLE,
    ROW,
) = range(18)

_HAN = "一二三四五六七八九十百"
_DIGITS = "0123456789"
_CIRCLED, _SECONDS, _THIRDS, _FOURTHS = (
    "".join(map(chr, range(ord(first), ord(last) + 1))) for first, last in ("①⑳", "㈠㈩", "⒈⒛", "⑴⒇")
)
# Kind, rank, the signs it can open with, the form; its first group is the number (or sign) itself.
_FORMS = (
    ("annex", ANNEX, "附", rf"(附[ ]?[件录表](?:[ ]?[0-9{_HAN}]{{1,3}})?)[ ]*(?=[:\n]|$|[ ][^\n]{{0,60}}$)"),
    ("part", PART, "第", rf"第[ ]?([{_HAN}0-9]{{1,3}})[编篇](?=[ \n:]|$)"),
    ("chapter", CHAPTER, "第", rf"第[ ]?([{_HAN}0-9]{{1,3}})(?:章|部分)(?=[ \n:]|$)"),
    ("section", SECTION, "第", rf"第[ ]?([{_HAN}0-9]{{1,3}})节(?=[ \n:]|$)"),
    ("article", ARTICLE, "第", rf"第[ ]?([{_HAN}0-9]{{1,4}})条(?=[ \n:]|$)"),
    ("first", FIRST, _HAN, rf"([{_HAN}]{{1,3}})[ ]?(?:、|\.(?!\d))"),
    ("second", SECOND, "(" + _HAN, rf"\(?[ ]?([{_HAN}]{{1,4}})[ ]?\)[、.]?"),
    (
        "named", THIRD, "项任工事行举专",
        rf"((?:项目|任务|工程|事项|行动|举措|专题)[ ]?(?:\d{{1,3}}|[{_HAN}]{{1,3}}))[ ]*[:、.](?=[ ]*[^\W\d_“])",
    ),
    ("third", THIRD, _DIGITS, r"(\d{1,3})(?:[ ]?[.、](?!\d)|[.、](?=20\d\d年|\d{1,2}月))"),
    ("bare", THIRD, _DIGITS, r"(\d{1,2})[ ]+(?=[^\W\d_][^。;,\n]{1,28}$)"),
    ("misread", THIRD, "lI" + _DIGITS, r"([lI][\dOolI]?|\d[lIOo])[ ]?[.、](?=[^\W\d_])"),  # l.推进, 1O.加快 of a scan
    ("fourth_open", FOURTH, _DIGITS, r"(\d{1,2})\)"),
    (
        "decimal", DECIMAL, _DIGITS,
        r"(\d{1,2}(?:\.\d{1,2}){1,3})[.、]?(?=[ ]*[^\W\d_])"
        r"(?![千百元个人家吨亩公倍条项年月日米克度升户场期次]|[ ]?(?:[万亿]|个百分))",
    ),
    ("fourth", FOURTH, "(", r"\([ ]?(\d{1,3})[ ]?\)[、.]?"),
    ("circled", CIRCLED, _CIRCLED, r"([①-⑳])"),
    ("second_sign", SECOND, _SECONDS, r"([㈠-㈩])"),
    ("third_sign", THIRD, _THIRDS, r"([⒈-⒛])"),
    ("fourth_sign", FOURTH, _FOURTHS, r"([⑴-⒇])"),
    ("dash", DASH, "—-", r"(——|--)(?=[^\W\d_“])"),
    (
        "star", STAR, "★▲●■◆◇※",
        r"([★▲●■◆◇※])(?![ ]?(?:牵头|责任|配合|主办|协办|承办|参与|完成时|时限|分管|联系))",
    ),
)  # fmt: skip
RANKS = {kind: rank for kind, rank, *_ in _FORMS}
_BY_SIGN: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
for _kind, _rank, _signs, _form in _FORMS:
    _pattern = pattern(_form, re.MULTILINE)
    for _sign in _signs:
        _BY_SIGN.setdefault(_sign, []).append((_kind, _pattern))
HEAD_SIGNS = frozenset((" ", *_BY_SIGN))  # what a line with a marker can open with


def read_marker(text: str, at: int, stop: int) -> tuple[str, re.Match[str]] | None:
    """The kind of the marker that text[at:stop] opens with, behind blanks, and its match; group 1 is the number itself.

    >>> kind, match = read_marker(" (一)工作目标", 0, 8)
    >>> kind, match.start(), match[0], match[1]
    ('second', 1, '(一)', '一')
    """
    while at < stop and text[at] == " ":
        at += 1
    if at >= stop:
        return None
    for kind, form in _BY_SIGN.get("0" if text[at].isdecimal() else text[at], ()):
        match = form.match(text, at, stop)
        if match:
            return kind, match
    return None
