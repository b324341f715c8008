"""What kinds of questions there are, in the words of the desk: a clerk settles one kind at a time."""

OPEN_ENDED = "open-ended"
"""Code of the question that nearly every task of some plans asks: who else stands behind 等."""
KINDS: dict[str, str] = {
    "split-guessed": "漏了顿号，已拆开",
    OPEN_ENDED: "名单以“等”结尾",
    "collective": "统称",
    "lead-guessed": "牵头由猜测得出",
    "no-owner": "没有写明单位",
    "inherited-owner": "单位从上级带下",
    "owner-differs": "两处责任单位不同",
    "name-guessed": "名称由猜测得出",
    "no-actor": "没有写明由谁办",
    "range": "目标是区间",
    "damaged-name": "文字有缺损",
    "damaged-number": "文字有缺损",
    "damaged-date": "文字有缺损",
}
"""Code of a doubt (core/plan) → what it is about; a code not listed here is shown as 其他."""
OTHER = "其他"


def kind_of(code: str) -> str:
    """The words for a code."""
    return KINDS.get(code, OTHER)
