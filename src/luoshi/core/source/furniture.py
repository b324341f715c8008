"""Page furniture in the text of a page: what the web site or the newspaper put around the paper.

Rules of the language of Chinese government sites, in three steps: lines that are furniture wherever they stand, the
menu before the paper, and the footer after it. A line that may belong to the paper (title, 文号, 主送机关, 成文日期,
抄送, 印发) is never taken.
"""

from collections.abc import Sequence

from luoshi.core.pattern import HAN, pattern, places
from luoshi.core.source.text import Span, Table

LONGEST = 110  # characters: furniture is short
BLANK = " \t\r\u3000\u00a0\u2002\u2003\ufeff"
PROSE = 45  # a line of this length with a comma or full stop is prose: the paper has begun

_DATE = r"\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?"
_TIME = rf"{_DATE}(?:\s*\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?"
_COUNT = r"(?:阅读|浏览|访问|点击|点阅)(?:次数|人次|量|数|率)?"
_BUTTON = (
    r"打\s*印(?:本页|此页|页面|文本)?|关\s*闭(?:本页|窗口|页面)?|分享(?:到|至)?|收\s*藏(?:本页)?|下\s*载|全屏"
    rf"|返回(?:顶部|首页|上一页|列表|{HAN}{{2,8}}列表)?|保存(?:本页)?|复制链接|(?:网页|我要)?纠错|朗读|语音播报|听全文"
    r"|加大|还原|减小|大|中|小|默认|(?:新浪|腾讯)?微博|微信|QQ空间|扫一扫"
)

# Furniture wherever it stands, beginning with a word of its own.
_LINE = pattern(
    r"(?:[•·●▪■◆»-]\s*)?(?:"
    rf"{_COUNT}\s*[:：].{{0,30}}"
    r"|[【\[]?\s*(?:字号|字体(?:大小|显示)?|视力保护色|背景色)\s*[:：].{0,24}"
    rf"|(?:信息|文章|稿件|文件)?来源\s*[:：](?:(?![。；]).){{0,60}}"
    rf"|(?:作者|责任编辑|责编|编辑|审核|校对|初审|复审|终审|信息员|录入|发布人|发布者|供稿|撰稿)\s*[:：][^。；，,]{{0,20}}"
    rf"|(?:发布|更新|发稿|上传|归档|公开)(?:时间|日期)\s*[:：]?\s*(?:{_TIME})?(?:\s*(?:{_COUNT}|来源)\s*[:：].*)?"
    rf"|时间\s*[:：]\s*{_TIME}(?:\s*(?:{_COUNT}|来源|作者)\s*[:：].*)?"
    r"|归档状态.{0,10}|已归档"
    r"|(?:您|你)?(?:的|现在|当前|所在|现在所在)*位置\s*(?:是|为)?\s*[:：].{0,80}"
    r"|(?:网站)?首\s*页\s*[>»＞/→\\].{0,80}"
    rf"|[\s|｜丨、/·【】\[\]]*(?:(?:{_BUTTON})[\s|｜丨、/·【】\[\]]*)+"
    r"|分享到?\s*[:：].{0,20}|扫一扫[^，。；]{0,20}|(?:微信|手机)?扫(?:描|码).{0,12}(?:打开|分享|阅读|查看|访问|二维码).{0,10}"
    r"|(?:[←<«‹【\[]\s*)?(?:上|下)一[篇条页](?:\s*[→>»›】\]])?(?:\s*[:：].{0,60})?|(?:没有|无)(?:上|下)一?[篇条]了?"
    r"|[（(]\s*(?:上接|下转)(?:第)?\s*[0-9０-９一二三四五六七八九十A-Z]{1,4}\s*版?\s*[)）]"
    r"|第\s*\d{1,4}\s*页\s*[,，/]?\s*共\s*\d{1,4}\s*页|[—–-]+\s*\d{1,4}\s*[—–-]+"
    r")"
)
# The signs that these lines open with, but for a bracket (上接…). Most lines of a paper open with others.
_LINE_OPENS = frozenset(
    "•·●▪■◆»-阅浏访点【[字视背信文稿来作责编审校初复终录发供撰更上归公时已您你的现当所位网首|｜丨、/】]打关分收下全返保我纠朗语听加还减大中小默新腾微Q扫手"
    "←<«‹没无第—–"
)
_JUMP = pattern(
    r"[（(]\s*(?:上接|下转)(?:第)?\s*[0-9０-９一二三四五六七八九十A-Z]{1,4}\s*版?\s*[)）]"
)  # also within a line
# Furniture wherever it stands, known by a word inside.
_SITE = pattern(
    r"网站标识码?\s*[:：]|ICP备|公网安备|公安(?:机关|联网)?备案|联网备案|Copyright|COPYRIGHT|©|版权所有|建议使用.{0,12}分辨率"
)
_SITE_WORDS = ("网站标识", "ICP", "安备", "备案", "opyright", "OPYRIGHT", "©", "版权所有", "分辨率")
# A line of a table of contents: a heading, dots or a tab, the page.
_CONTENTS = pattern(r"[^\t]{2,70}?\s*(?:[.．·…]{3,}|(?P<tab>\t+))\s*[-—]?\d{1,4}[-—]?")
# Words of menus: alone on a line before the paper they tell that a site's menu was saved along.
_MENU = frozenset(
    [
        "首页",
        "网站首页",
        "登录",
        "注册",
        "注销",
        "个人中心",
        "用户中心",
        "搜索",
        "热搜词",
        "高级搜索",
        "智能问答",
        "智能机器人",
        "无障碍",
        "无障碍浏览",
        "长者版",
        "长者助手",
        "关怀版",
        "适老版",
        "手机版",
        "繁體版",
        "繁体版",
        "繁体",
        "简体",
        "中文",
        "English",
        "ENGLISH",
        "政务公开",
        "信息公开",
        "政府信息公开",
        "政府信息公开指南",
        "政府信息公开制度",
        "法定主动公开内容",
        "法定主动公开",
        "依申请公开",
        "政务服务",
        "办事服务",
        "互动交流",
        "政民互动",
        "公众参与",
        "政策文件",
        "政策文件库",
        "政策解读",
        "政策原文",
        "政策法规",
        "政策问答",
        "数据开放",
        "政府数据",
        "机构职能",
        "机构概况",
        "领导之窗",
        "新闻中心",
        "新闻动态",
        "新闻发布会",
        "专题专栏",
        "公开专题",
        "特色专栏",
        "网上信访",
        "我要留言",
        "征集调查",
        "意见征集",
        "在线访谈",
        "领导信箱",
        "通知公告",
        "公示公告",
        "部门动态",
        "其他文件",
        "规范性文件",
        "政府文件",
        "政府公报",
        "公开目录",
        "公开年报",
        "微博",
        "微信",
        "客户端",
        "移动客户端",
        "网站支持IPv6",
        "下载",
        "打印",
        "收藏",
        "全屏",
    ]
)
_FIRST_HEADINGS = ("一、", "二、", "三、")
_ANY_HAN = pattern(HAN)
_LABEL = pattern(
    r"(索引号|信息索引|主题分类|体裁分类|组配分类|信息分类|服务对象|主题词|关键词|发布机构|发布单位|公开方式|公开范围|公开类别|公开时限|公开责任部门|公开日期|发布日期|发布时间|生成日期"
    r"|发文机关|有效性|文件状态|信息名称|统一登记号|文号|发文字号|成文日期|发文日期|发文机构|标题|名称)[:：]?"
)
_KEPT_VALUE = frozenset(("文号", "发文字号", "成文日期", "发文日期", "标题", "信息名称", "名称"))
# Words with which a site's footer begins.
_FOOT = pattern(
    r"(?:网站地图|版权(?:所有|声明)|.{0,20}网站标识码|.{0,10}ICP备|.{0,40}安备|友情链接|相关链接|联系我们|关于我们|隐私声明|网站声明|扫一扫|.{0,16}人民政府主办"
    rf"|[←<«‹]?\s*上一[篇条]|返回{HAN}{{0,8}}列表|相关(?:报道|阅读|解读|文档|新闻|推荐)|延伸阅读|推荐阅读|(?:国务院)?(?:部门|省级?|区县|市州|地方|公共服务){HAN}{{0,6}}网站|【\s*(?:打印|扫一扫|关闭)\s*】?)"
)
_HOST = pattern(r"(?:主办|承办|主管|协办)(?:单位)?\s*[:：]")  # of a site, or of an event in the plan
_ANNEX = pattern(r"附\s*件\s*\d{0,2}|序\s*号")  # the paper begins again
_TAIL_OF_PAPER = pattern(r"^(?:抄\s*送|附\s*件)|印\s*发$|[〔\[]20\d\d[〕\]]\s*\d{1,4}\s*号$")
_PAPER = pattern(
    r"[〔\[［【(（]\s*(?:19|20)\d{2}\s*[〕\]］】)）]\s*第?\s*\d{1,4}\s*号"
    r"|关于.{2,80}(?:通知|意见|方案|决定|通报|批复|函|公告|报告|办法|规定|措施|请示)\s*(?:[（(].{1,12}[）)])?$"
    r"|(?:方案|计划|规划|意见|措施|办法|细则|通知|报告|清单|要点|规定|分解表|任务表|一览表|台账|纲要|决定|条例|公报)\s*(?:[（(《〈].{1,14}[）)》〉])*$"
    r"|^(?:各|市直|县直|区直|省直|驻).{2,120}[:：]$"
    r"|^[\d〇○Ｏ一二三四五六七八九十零]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$"
    r"|^(?:抄\s*送|主\s*送|报\s*送|分\s*送)|印\s*发$|^附\s*件|^[（(](?:此件|此文|联系人).{2,16}[）)]$"
)


def is_part_of_paper(line: str) -> bool:
    """Whether a short line may be the paper's own: title, 文号, 主送机关, 成文日期, 抄送, 印发, 附件."""
    return bool(_PAPER.search(line.strip(BLANK)))


def is_card_label(text: str) -> bool:
    """Whether a cell or line only names a field of a site's information card: 索引号, 发文机关：…"""
    return bool(_label(text.strip(BLANK).replace("：", ":").partition(":")[0]))


def find_furniture(text: str, tables: Sequence[Table] = ()) -> tuple[Span, ...]:
    """Spans of furniture in reading order, each with its line end; tables are never touched."""
    lines = _short_lines(text, tables)
    sited = {text.rfind("\n", 0, at) + 1 for word in _SITE_WORDS for at in places(text, word)}
    jumps = "上接" in text or "下转" in text
    opens = _LINE_OPENS.union("（(") if jumps else _LINE_OPENS
    found = {
        start: end
        for start, line, end in lines
        if ((line[:1] in opens or line[:1].isspace()) and _LINE.fullmatch(line))
        or (start in sited and "。" not in line and _SITE.search(line))
    }
    for start, end in (*_contents(lines), *_menu(lines, found), *_footer(lines, bool(sited))):
        found.setdefault(start, end)
    spans = sorted(map(Span, found.keys(), found.values()))
    if jumps:
        inline = (Span(*match.span()) for match in _JUMP.finditer(text))
        spans += [jump for jump in inline if not any(s.start <= jump.start < s.end for s in spans)]
    return tuple(sorted(spans))


def _short_lines(text: str, tables: Sequence[Table]) -> list[tuple[int, str, int]]:
    """(offset, stripped line, end with its line end) of every line with writing, outside tables; "" for a table."""
    fences = iter([*(table.span for table in tables), Span(len(text) + 1, len(text) + 1)])
    fence_start, fence_end = next(fences)
    lines: list[tuple[int, str, int]] = []
    at = 0
    for raw in text.split("\n"):
        following = at + len(raw) + 1
        while fence_end <= at:
            fence_start, fence_end = next(fences)
        if fence_start < following:
            lines.append((at, "", at))
        elif raw and (line := raw.strip(BLANK)):
            lines.append((at, line, following))
        at = following
    if lines and lines[-1][2] > len(text):  # the last line of the text has no line end
        lines[-1] = (*lines[-1][:2], len(text))
    return lines


def _is_prose(line: str) -> bool:
    return (
        not line
        or (len(line) >= PROSE and ("，" in line or "," in line or "。" in line))
        or line.endswith("。")
    )


def _menu(lines: list[tuple[int, str, int]], known: dict[int, int]) -> list[tuple[int, int]]:
    """Short lines before the paper up to the last word of the menu, when three such words tell that there is one."""
    head: list[tuple[int, str, int]] = []
    for entry in lines:
        if _is_prose(entry[1]) or entry[1].startswith(_FIRST_HEADINGS) or len(head) > 400:
            break
        head.append(entry)
    signs = [i for i, (start, line, _) in enumerate(head) if line in _MENU or start in known or _label(line)]
    if sum(1 for i in signs if head[i][1] in _MENU or _label(head[i][1])) < 2:
        return []
    eaten: list[tuple[int, int]] = []
    label = ""
    for start, line, end in head[: signs[-1] + 3]:
        named = _label(line)
        value_of, label = label, named or (label if line in ":：" else "")
        past = bool(eaten) and start > head[signs[-1]][0]
        if value_of in _KEPT_VALUE and not named and line not in ":：":
            continue
        if (
            named
            or line in ":："
            or (value_of and line not in _MENU)
            or (
                not past
                and not is_part_of_paper(line)
                and (line in _MENU or len(line) <= 12 or not _ANY_HAN.search(line))
            )
        ):
            eaten.append((start, end))
    return eaten


def _contents(lines: list[tuple[int, str, int]]) -> list[tuple[int, int]]:
    """Lines of a table of contents: with dots anywhere, with a tab only in a row under 目录."""
    eaten: list[tuple[int, int]] = []
    titled = False
    for start, line, end in lines:
        if line[:1] == "目" and "".join(line.split()) == "目录":
            titled = True
            eaten.append((start, end))
        elif line[-1:].isdigit() and ("\t" in line or ".." in line or "…" in line or "··" in line):
            match = _CONTENTS.fullmatch(line)
            if match and (titled or not match["tab"]):
                eaten.append((start, end))
        elif len(line) > 40:
            titled = False
    return eaten if len(eaten) > 2 else []


def _label(line: str) -> str:
    """The name of a field of the site's information card, "" when the line is none."""
    match = _LABEL.fullmatch("".join(line.split())) if len(line) < 14 else None
    return match[1] if match else ""


def _footer(lines: list[tuple[int, str, int]], site: bool) -> list[tuple[int, int]]:
    """Everything after the first word of a footer that follows the last line of prose, but for the paper's own lines.
    `site`: the text holds words of a site."""
    first = len(lines)
    while first and (line := lines[first - 1][1]) and not (len(line) >= PROSE and _is_prose(line)):
        first -= 1
    tail = lines[first:]
    last = max((i for i, (_, line, _) in enumerate(tail) if _SITE.search(line)), default=-1) if site else -1
    eaten: list[tuple[int, int]] = []
    eating = False
    for i, (start, line, end) in enumerate(tail):
        if _ANNEX.fullmatch(line):
            eating = False
        elif (_FOOT.match(line) or (i < last and _HOST.match(line))) and not line.endswith("。"):
            eating = True
        if eating and not _TAIL_OF_PAPER.search(line):
            eaten.append((start, end))
    return eaten
