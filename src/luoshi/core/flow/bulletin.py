"""The life of a paper the offices issue: drafted, reviewed by somebody else, signed, numbered, issued and frozen; later withdrawn, or
corrected by a later number. Drafts are the offices'; a number is given, and the paper issued, by the county office alone, through which
the papers of task forces leave (公文处理条例; 减负规定: 议事协调机构不发指令性公文).
"""

from luoshi.core.flow.actor import BUSINESS_POSTS
from luoshi.core.flow.machine import Bar, Machine, Move, Need, State

OFFICES = ("office", "force_office")
DRAFTERS = (*OFFICES, "inspector", "assessor")
SIGNERS = ("leader", "office")
ISSUED = ("issued", "withdrawn", "corrected")
OPEN = ("draft", "reviewed", "signed", "numbered")
_FLAWS = Need("stops", "文稿还有{n}处问题没有改正，请先按“签发前要改”逐条处理。")
_REFUSED = Need("refusals", "行文规则上还有{n}处不符，请先按“行文规则”逐条处理。")
_LACKING = Need("gaps", "公文还缺{n}项内容，请先按“还缺什么”逐条补齐。")
_NOT_OWN = Bar("drafters", "person_id", "起草和审核不能由同一人办理，请由其他人审核。")

BULLETIN = Machine(
    "公文",
    {
        "draft": State("起草中", "请先完成起草并送审核。"),
        "reviewed": State("待签发", "如需修改，请先退回起草。"),
        "signed": State("待编号", "如需修改，请先退回起草。"),
        "numbered": State("待印发", "如需修改，请先退回起草。"),
        "issued": State("已印发", "已印发的公文不能改动，如有错误，请另发一件更正，或撤回。"),
        "corrected": State("已更正", "请看更正它的那一件。"),
        "withdrawn": State("已撤回", "如还要发，请重新起草。"),
    },
    (
        Move("see", "查看公文", ISSUED[:1] + ISSUED[2:], None, BUSINESS_POSTS),
        Move("draft", "起草公文", ("draft",), None, DRAFTERS),
        Move("edit", "修改文稿", ("draft",), None, DRAFTERS),
        Move("refresh", "按最新台账重新起草", ("draft",), None, DRAFTERS, wants_note=True),
        Move(
            "review", "审核通过", ("draft",), "reviewed", OFFICES, needs=(_FLAWS, _REFUSED), bars=(_NOT_OWN,)
        ),
        Move("send_back", "退回起草", ("reviewed", "signed", "numbered"), "draft", SIGNERS, wants_note=True),
        Move("sign", "签发", ("reviewed",), "signed", SIGNERS, needs=(_FLAWS, _REFUSED)),
        Move("number", "编号", ("signed",), "numbered", ("office",)),
        Move("issue", "印发", ("numbered",), "issued", ("office",), needs=(_LACKING,)),
        Move("withdraw", "撤回", (*OPEN, "issued"), "withdrawn", ("office",), wants_note=True),
        Move("correct", "由后一件更正", ("issued",), "corrected", ("office",), wants_note=True),
    ),
)

WORDING = Machine(
    "公文模板",
    {"current": State("使用中", "")},
    (
        Move("see", "查看公文模板", ("current",), None, DRAFTERS),
        Move("edit", "修改公文模板", ("current",), None, ("office",)),
    ),
)
"""The county's own wording of its papers."""
