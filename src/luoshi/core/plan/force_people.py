"""Who holds a seat: persons and posts in the words before 任组长, 任副召集人 ….

A person when one is named ("县发改局局长周武" -> 周武), else the post as printed ("分管副县长"); a party post
and the post beside it are one seat ("县委常委、常务副县长"), and one ending said once is said for all
("县财政局、县审计局主要负责人" -> both with 主要负责人).
"""

from functools import lru_cache

from luoshi.core.pattern import HAN, pattern

_POSTS = (
    "书记|主任委员|主任科员|科员|主任|组长|县长|市长|区长|州长|盟长|旗长|镇长|乡长|省长|局长|部长|厅长|处长|科长|股长|所长|站长|院长|校长|"
    "行长|会长|队长|社长|台长|馆长|园长|司长|秘书长|检察长|理事长|董事长|总经理|经理|总监|主席|政委|常委|委员|参谋长|总工程师|工程师|"
    "专员|巡视员|调研员|督学|顾问|负责人|负责同志|领导|领导同志|主官|成员|党组|秘书"
)
_POST_ENDS = (*_POSTS.split("|"), "班子", "同志")
_POST = pattern(rf"(?:{_POSTS})(?:\([^()]*\))?")
_GENERIC = pattern(
    r"(?:(?:党政|行政|单位|部门)?(?:主要|分管|有关|相关|具体|常务)(?:负责人|负责同志|领导同志|领导|副职)|负责人|负责同志)$"
)
_PARTY = (
    "常委",
    "副书记",
    "党组成员",
    "党组书记",
    "党组副书记",
    "党委委员",
    "党委书记",
    "党委成员",
    "班子成员",
)
# Two people: the party post of one office and the post of another; a 副书记 and one who is only 常委.
_BRANCH = pattern(
    r"(?:[局部办院会镇乡]|纪委|监委|法委|工委|街道|中心|公司|集团)(?:党[组委])?(?:副书记|书记|成员|委员)$"
)
_ELSEWHERE = pattern(rf"[省市州盟县区旗]{HAN}+[局部办院会镇乡委道心司团](?:副|常务)*(?:{_POSTS})")
_COMPOUND = frozenset(
    [
        "欧阳",
        "上官",
        "司马",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "令狐",
        "慕容",
        "司徒",
        "夏侯",
        "端木",
        "百里",
        "呼延",
        "万俟",
        "闻人",
        "澹台",
        "濮阳",
        "淳于",
        "单于",
        "太叔",
        "申屠",
        "轩辕",
        "钟离",
        "宇文",
        "长孙",
        "鲜于",
        "闾丘",
        "南宫",
        "西门",
        "东郭",
        "赫连",
        "独孤",
        "拓跋",
        "司寇",
    ]
)
# A set rather than a class of signs in a pattern: the patterns compile in a tenth of the time.
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐"
    "费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁"
    "杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程"
    "邢裴陆荣翁荀羊惠甄曲封芮储靳焦牧车侯宓蓬仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶黎蒲邰从鄂索咸籍赖卓蔺屠蒙池乔"
    "阳胥苍双闻莘党翟谭贡劳逄姬申扶冉宰郦雍桑桂牛寿边扈燕冀浦尚农温别庄晏柴瞿阎连习艾容向古易慎戈廖终居衡步都耿满弘匡文寇广"
    "禄东殳蔚越师巩聂晁勾敖融冷辛那简饶空曾沙丰关查后荆游竺桓肖闫覃佘付代谌危帅佟岳楚涂兰仝揭原鄢占丛麦粟"
    "白谷楼沐段阚鞠嵇昝糜巫乌井隗郗郜宦茹庾暨阙欧逯盖缑仉苟敬邸栗冼亓芦冶郄郏璩濮訾隆钭汲邴羿匡卿晋薄巴山尧佴"
)
_SPACED_NAME = pattern(rf"({HAN}) +({HAN})(?= |$)")
_AND_SIGNS = frozenset("和及与")
_AND = pattern(rf"(?<=[长人任志记导员委席])(?:和|及|与|以及)(?={HAN}{{2}})")
_BY = pattern(r"(?:^|[,;。\n])(?:领导小组|联席会议|工作专班|专班|指挥部)?(?:(?:并|同时|拟)?由|以)")
_STOPS = str.maketrans(",;。", "\n\n\n")
_NO_NAMES = frozenset(
    [
        "单位",
        "项目",
        "农业",
        "林业",
        "水利",
        "金融",
        "安全",
        "方案",
        "程序",
        "时间",
        "全面",
        "党委",
        "党组",
        "成员",
        "文化",
        "高级",
        "和谐",
    ]
)
_COURTESY = pattern(r"(?:等)?(?:同志|先生|女士)(?=$|[、,;(])")


_UNIT_SIGNS = tuple("局委办厅部院会镇乡区县市心队站所社司行组班")


def _is_named(text: str) -> bool:
    """Whether the whole text has the form of a name and opens with a surname (or has its dot: 买买提·艾力)."""
    if "·" in text:
        first, *more = text.split("·")
        return len(more) <= 2 and _is_han(first, 6) and all(_is_han(part, 10) for part in more)
    if not _is_han(text, 4) or len(text) < 2:
        return False
    compound = len(text) > 2 and text[:2] in _COMPOUND
    return compound or (len(text) < 4 and text[0] in _SURNAMES)


def _is_han(text: str, most: int) -> bool:
    """Whether the text is one to `most` Chinese characters."""
    return len(text) <= most and text.isalnum() and min(text) > "\x7f"


def _ends_with_post(text: str) -> bool:
    """Whether a post ends the text, before a bracket or without one: 副县长, 县长(兼)."""
    bare = text.removesuffix("\n")
    if bare.endswith(")"):
        bare, _, inside = bare[:-1].rpartition("(")
        if ")" in inside:
            return False
    return bare.endswith(_POST_ENDS)


def is_person(text: str) -> bool:
    """Whether the whole text is a personal name: 王强, 欧阳某某, 买买提·艾力.

    >>> [is_person(t) for t in ("李启云", "欧阳明", "县长", "财政局", "张某")]
    [True, True, False, False, True]
    """
    return (
        text not in _NO_NAMES
        and _is_named(text)
        and not _ends_with_post(text)
        and not text.endswith(_UNIT_SIGNS)
    )


@lru_cache(maxsize=1024)  # a line of a name list is asked four times over what it names
def name_in(text: str) -> str | None:
    """The person named at the end of a title ("县长王强同志"), before its brackets, or before a blank and a title.

    >>> name_in("县政府办副主任李某"), name_in("王强(县委副书记、县长)"), name_in("王 强  县长"), name_in("分管副县长")
    ('李某', '王强', '王强', None)
    """
    if text.endswith(_UNIT_SIGNS) and " " not in text:
        return None
    text = text.strip()
    if " " in text:
        text = _SPACED_NAME.sub(lambda m: m[1] + m[2] if m[1] in _SURNAMES else m[0], text)
    if "同志" in text or "先生" in text or "女士" in text:
        text = _COURTESY.sub("", text).strip()
    head = "".join(text.partition("(")[0].split(maxsplit=1)[:1])
    if is_person(head):
        return head
    last = None
    for last in _POST.finditer(text):  # noqa: B007
        pass
    rest = text[last.end() :] if last else ""
    rest = rest.strip(" :")
    return (
        rest if 2 <= len(rest) <= 4 and _is_named(rest) else rest if "·" in rest and _is_named(rest) else None
    )


def looks_like_seat(text: str) -> bool:
    """Whether a piece names a person or a post (a clause such as 负责统筹协调 does not)."""
    return _ends_with_post(text) or name_in(text) is not None


def _pieces(text: str) -> list[str]:
    """Split at 、 and at 和/及 after a post, outside brackets; a party post stays with the post after it."""
    if not _AND_SIGNS.isdisjoint(text):
        text = _AND.sub("、", text)
    out, depth, begin = [], 0, 0
    for i, sign in enumerate(text):
        depth += (sign in "(〔“") - (sign in ")〕”")
        if sign == "、" and depth <= 0:
            out.append(text[begin:i])
            begin = i + 1
    out.append(text[begin:])
    joined: list[str] = []
    for piece in (p.strip() for p in out):
        if joined and piece and _same_person(joined[-1], piece):
            joined[-1] += "、" + piece
        elif piece:
            joined.append(piece)
    return joined


def _same_person(party: str, piece: str) -> bool:
    """Whether a party post and the post after it are held by one person (县委常委 and 常务副县长)."""
    if not party.endswith(_PARTY) or not _ends_with_post(piece):
        return False
    other_office = not party.endswith("常委") and _BRANCH.search(party) and _ELSEWHERE.match(piece)
    if other_office or piece.startswith(("各", "分管", "其他", "有关")):
        return False
    return not (party.endswith("副书记") and piece.endswith("委常委"))


def spread(names: list[str]) -> list[str]:
    """An ending said once is said for every name before it that is no post itself.

    >>> spread(["县长", "县财政局", "县审计局主要负责人", "县总工会"])
    ['县长', '县财政局主要负责人', '县审计局主要负责人', '县总工会']
    """
    ending, out = "", []
    for name in reversed(names):
        own = _GENERIC.search(name)
        if own and own.start():
            ending = own.group()
        out.append(name if own or looks_like_seat(name) else name + ending)
    return out[::-1]


def clauses_of(text: str) -> list[str]:
    """Cut at , ; 。 and line ends."""
    return text.translate(_STOPS).split("\n")


def holders(text: str) -> tuple[str, ...]:
    """The holders of one role, from the words before it ("由县长张某、县委副书记李某").

    >>> holders("由县委常委、常务副县长王强")
    ('王强',)
    >>> holders("县财政局、县住建局(交通局)主要负责人")
    ('县财政局主要负责人', '县住建局(交通局)主要负责人')
    >>> holders("由县委常委、常务副县长")
    ('县委常委、常务副县长',)
    """
    openings = list(_BY.finditer(text))
    text = text[openings[-1].end() :] if openings else text
    while text and (text[0].isspace() or text[0] in "、,;:。"):
        text = text[1:]
    found: list[str] = []
    for clause in clauses_of(text.removeprefix("请")):
        pieces = spread(_pieces(clause))
        if pieces and all(looks_like_seat(p) for p in pieces):
            found.extend(pieces)
        else:
            found.extend(p for p in pieces if len(p) > 4 and name_in(p))
    persons = [n for p in found if (n := name_in(p))]
    return tuple(dict.fromkeys(persons or found))
