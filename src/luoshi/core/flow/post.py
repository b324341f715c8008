"""Posts: who gives and takes them, which exclude each other, how far each reaches.

Business posts are kept by the office. The three posts of the system (三员) are granted and revoked by the security
administrator alone, so that whoever opens accounts gives no rights, and whoever gives rights opens no accounts
(GB/T 22239-2019 安全管理中心: 系统管理、审计管理、安全管理).
"""

from collections.abc import Iterable

from luoshi.core.flow.actor import POSTS, SYSTEM_POSTS, Scope
from luoshi.core.flow.machine import Machine, Move, State

KEEPERS = ("office",)
SECURITY = ("security_admin",)
LASTING = ("planned", "current")

POST = Machine(
    "岗位",
    {
        "planned": State("待任", ""),
        "current": State("在任", ""),
        "ended": State("已离任", "请为其登记新的岗位。"),
    },
    (
        Move("appoint", "登记岗位", LASTING, None, KEEPERS),
        Move("change", "调整岗位", LASTING, None, KEEPERS),
        Move("end", "结束岗位", LASTING, None, KEEPERS),
        Move("transfer", "调任", LASTING, None, KEEPERS),
        Move("hand_over", "移交岗位", LASTING, None, KEEPERS),
        Move("hand_over_clerk", "移交联络员", LASTING, None, (*KEEPERS, "head"), bound=("head",)),
        Move("grant", "授予系统岗位", LASTING, None, SECURITY),
        Move("revoke", "收回系统岗位", LASTING, None, SECURITY),
        Move("follow", "随机构调整转到新单位", LASTING, None, ("office", "force_office")),
    ),
)
DEFAULT_SCOPE: dict[str, Scope] = {
    slug: "system" if slug in SYSTEM_POSTS else "unit" if slug in ("head", "clerk") else "government"
    for slug in POSTS
}


def clash(one: str, other: str) -> bool:
    """Whether one person may not hold both posts at the same time.

    三员 exclude every business post; the auditor excludes the two others (系统管理员与审计员、安全管理员与审计员不得由同一人担任).
    """
    if one in SYSTEM_POSTS and other in SYSTEM_POSTS:
        return one != other and "auditor" in (one, other)
    return (one in SYSTEM_POSTS) != (other in SYSTEM_POSTS)


def clashing(slug: str, held: Iterable[str]) -> str:
    """Why the post cannot be added to those held, in one sentence; "" when it can."""
    against = [POSTS[other] for other in dict.fromkeys(held) if clash(slug, other)]
    if not against:
        return ""
    return (
        f"{POSTS[slug]}不能与{'、'.join(against)}由同一人担任（系统、安全、审计三员与其他岗位要分开）。"
        "请另选他人，或先结束原来的岗位。"
    )


def verb_for(slug: str, what: str) -> str:
    """The row of POST that judges `what` (give, change, end, hand_over) for this post."""
    if slug in SYSTEM_POSTS:
        return {"give": "grant", "change": "grant", "end": "revoke"}.get(what, what)
    if slug == "clerk" and what == "hand_over":
        return "hand_over_clerk"
    return "appoint" if what == "give" else what


def fits(slug: str, scope: str) -> bool:
    """Whether a post may have this scope: 三员 only the system, all others anything but it."""
    return (scope == "system") == (slug in SYSTEM_POSTS)
