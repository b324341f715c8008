"""Accounts: the system administrator opens and closes them, the security administrator suspends them; a person's password
is their own. Nobody here gives a post (core/flow/post.py)."""

from luoshi.core.flow.machine import Machine, Move, Need, State

SYSTEM = ("system_admin",)
SECURITY = ("security_admin",)
IN_USE = ("first", "active")
NOT_LOCKED = Need("unlocked", "这个账号没有因输错密码被锁定，不需要解除。")
LEFT = Need("left", "此人已登记离开，不能发放密码，请先由政府办恢复在册。")

ACCOUNT = Machine(
    "账号",
    {
        "first": State("待改密码", "请本人登录并更改密码。"),
        "active": State("在用", ""),
        "suspended": State("已暂停", "请先由安全管理员恢复。"),
        "closed": State("已停用", "如需再用，请由系统管理员重新发放一次性密码。"),
    },
    (
        Move("see", "查看账号", ("first", "active", "suspended", "closed"), None, (*SYSTEM, *SECURITY)),
        Move("open", "开通账号", ("first",), None, SYSTEM, needs=(LEFT,)),
        Move("issue", "发放一次性密码", ("first", "active", "closed"), "first", SYSTEM, needs=(LEFT,)),
        Move("unlock", "解除登录锁定", IN_USE, None, SYSTEM, needs=(NOT_LOCKED,)),
        Move("close", "停用账号", ("first", "active", "suspended"), "closed", SYSTEM),
        Move("suspend", "暂停账号", IN_USE, "suspended", SECURITY, wants_note=True),
        Move("resume", "恢复账号", ("suspended",), "first", SECURITY, needs=(LEFT,)),
        Move("retire", "随人员离开停用账号", ("first", "active", "suspended"), "closed", ("office",)),
        Move("choose_password", "首次更改密码", ("first",), "active", (), own=True),
        Move("change_password", "更改密码", ("active",), None, (), own=True),
    ),
)
