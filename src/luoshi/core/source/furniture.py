"""Page furniture in the text of a page: what the web site or the newspaper put around the paper.

Rules of the language of Chinese government sites and papers, in three steps: lines that are furniture wherever they
stand, the menu before the paper, and the footer after it. A line that may belong to the paper (title, 文号,
主送机关, 成文日期, 抄送, 印发) is never taken.
"""

import re
from collections.abc import Sequence

from luoshi.core.source.text import Span, Table

DATE = r"\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?"
TIME = rf"{DATE}(?:\s*\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?"
COUNTS = r"(?:阅读|浏览|访问|点击|点阅)(?:次数|人次|量|数|率)?"
BUTTONS = (
    r"打印(?:本页|此页|页面|文本)?|关闭(?:本页|窗口|页面)?|分享(?:到|至)?|收藏(?:本页)?|下载(?:文件|附件|全文)?|全屏|返回(?:顶部|首页|上一页|列表|[\u4e00-\u9fff]{2,8}列表)?"
    r"|保存(?:本页)?|复制链接|纠错|网页纠错|我要纠错|朗读|语音播报|听全文|加大|还原|减小|大|中|小|默认|微信|微博|新浪微博|QQ空间|腾讯微博"
)
LINE = re.compile(
    r"^[ \t\u3000\u00a0\u2002\u2003\ufeff\r]*(?:[•·●▪■◆|丨>»-][ \t\u3000\u00a0]*)?(?:"
    rf"{COUNTS}\s*[:：].{{0,30}}"
    r"|【?\s*(?:字号|字体|字体大小|字体显示|视力保护色|背景色)\s*[:：]?.{0,24}"
    rf"|(?:信息|文章|稿件|文件)?来源\s*[:：].{{0,40}}?(?:(?:发布|更新|发稿|上传)?(?:时间|日期)\s*[:：]?\s*)?(?:{TIME})?.{{0,30}}"
    rf"|(?:作者|责任编辑|责编|编辑|审核|校对|初审|复审|终审|信息员|录入|发布人|发布者|供稿|撰稿)\s*[:：].{{0,20}}"
    rf"|(?:发布|更新|发稿|上传|归档|公开)(?:时间|日期)\s*[:：]?\s*(?:{TIME})?(?:\s*{COUNTS}\s*[:：].*)?"
    rf"|时间\s*[:：]\s*{TIME}.{{0,20}}"
    r"|归档状态.{0,10}|已归档"
    r"|(?:您)?(?:当前|现在|所在)?(?:的)?位置\s*[:：].{0,80}|您(?:现在)?(?:的位置|所在的位置)是?\s*[:：].{0,80}"
    r"|(?:网站)?首页\s*[>»＞/→\\-].{0,80}"
    rf"|(?:[\s|｜丨、/·]*(?:{BUTTONS})[\s|｜丨、/·]*)+"
    r"|分享到?\s*[:：].{0,20}|扫一扫.{0,20}|(?:微信|手机)?扫(?:描|码).{0,16}(?:打开|分享|阅读|查看|访问|下载)?.{0,6}(?:当前页|本页|页面|二维码)"
    r"|(?:主办|承办|协办|运维|技术支持|维护)(?:单位)?\s*[:：].{2,60}(?:人民政府|办公室|局|中心|公司|委员会|办公厅|政府)?.{0,40}(?:网站标识码|备案|ICP|电话|联系).*"
    r"|.{0,40}(?:网站标识码?|政府网站标识码)\s*[:：].*|.{0,60}(?:ICP备|公网安备|公安(?:机关|联网)?备案|ICP备案|联网备案).*"
    r"|版权所有.{0,60}|.{0,30}(?:Copyright|COPYRIGHT|©).{0,80}"
    r"|(?:[←<«‹\s]*上一[篇条页]|[→>»›\s]*下一[篇条页])\s*[→>»›:：]?.{0,60}|(?:没有|无)(?:上|下)一?[篇条]了?"
    r"|[（(]\s*(?:上接|下转)(?:第)?\s*[0-9０-９一二三四五六七八九十A-Z]{1,4}\s*版?\s*[)）]"
    r"|(?:相关(?:链接|阅读|报道|文档|文件|文章|新闻|附件下载)|延伸阅读|推荐阅读|友情链接|网站地图|联系我们|关于我们|隐私声明|版权声明|网站声明|免责声明|使用帮助|无障碍(?:浏览|阅读)?|长者(?:版|模式|助手)|关怀版|手机版|繁體版?|繁体版?|简体|RSS订阅)[:：]?"
    r"|(?:ENGLISH|English|EN)"
    r"|(?:第\s*\d{1,4}\s*页\s*[,，/]?\s*共\s*\d{1,4}\s*页|[—–-]+\s*\d{1,4}\s*[—–-]+)"
    r"|(?:责任编辑|编辑)\s*[:：].{0,12}|\[?(?:关闭|打印)\]?"
    r")[ \t\u3000\u00a0\u2002\u2003\r]*$",
    re.M,
)


def find_furniture(text: str, tables: Sequence[Table] = ()) -> tuple[Span, ...]:
    """Spans of furniture in reading order, each with its line end; tables are never touched."""
    fenced = [table.span for table in tables]
    spans = []
    for match in LINE.finditer(text):
        if match.end() > match.start() and not any(f.start < match.end() and match.start() < f.end for f in fenced):
            spans.append(Span(match.start(), min(match.end() + 1, len(text))))
    return tuple(spans)
