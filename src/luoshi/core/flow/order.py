"""The life of an order (督办事项): 立项, 审批, 交办, 签收 or refused with a reason, 办理, 核验 by somebody else, 销号, 回头看.

Nobody judges their own work: whoever drew an order up does not approve it, the unit that carries it out neither verifies nor
closes it, and a review of a conclusion is decided by others than those who made it (政府督查工作条例 art. 16). Kinds of government
inspection are approved by a leader (art. 11); daily supervision by the office too. 做不到 is a way, not a failure: with a
cause and the help that is needed, decided by the office or a leader.
"""

from luoshi.core.flow.machine import Bar, Machine, Move, Need, State

OFFICES = ("office", "force_office")
KEEPERS = ("office", "inspector", "force_office")
EXTENDERS = (*KEEPERS, "leader")
"""Who answers a request for more time; for a leader it waits only where theirs is the word (supervision.queries.waiting)."""
DECIDERS = ("office", "leader")
JUDGES = ("inspector", "office", "force_office")
UNIT = ("head", "clerk")
FORCE = ("force_office",)
_NOT_OWN_DRAFT = Bar("drafters", "person_id", "立项和审批不能由同一人办理，请由其他人审批。")
_NOT_OWN_WORK = Bar("doers", "unit_id", "承办单位不能核验、销号自己办理的事项，请由其他单位的督查人员办理。")
_NOT_PERSONALLY = Bar("hands", "person_id", "本人参与办理了这件事项，应当回避，请由其他人办理。")
_OTHERS = (_NOT_OWN_WORK, _NOT_PERSONALLY)
_NO_UNIT = Need("no_unit", "还没有确定承办单位，请先确定一个负总责的单位。")
_NO_DEADLINE = Need("no_deadline", "还没有确定办理时限，请先选定时限或期限模板。")
_FLAGS = Need("open_flags", "还有{n}处提示没有说明，请在核验意见中逐条说明。")
OPEN = ("sent", "working", "replied", "verified", "refused", "blocked")
BEFORE = ("draft", "pending", "approved")

ORDER = Machine(
    "督办事项",
    {
        "draft": State("拟办", "请先补充完整并报审。"),
        "pending": State("待审批", "请等审批后再办。"),
        "approved": State("待交办", "请先交办。"),
        "sent": State("待签收", "请承办单位先签收。"),
        "refused": State("已拒收", "请交办方改派承办单位，或说明理由后重新交办。"),
        "working": State("办理中", "请承办单位先报结。"),
        "blocked": State("做不到待研究", "请等综合协调组（政府办）或领导研究后再办。"),
        "replied": State("待核验", "请等核验后再办。"),
        "verified": State("待销号", "请等销号，或由核验人退回重办。"),
        "closed": State("已销号", "如问题反弹，请由督查人员恢复挂号。"),
        "dropped": State("已终止", "如还要办理，请重新立项。"),
        "cancelled": State("已撤销", "如还要办理，请重新立项。"),
    },
    (
        Move("create", "立项", ("draft",), None, KEEPERS, bound=FORCE),
        Move("edit", "修改立项", BEFORE, None, KEEPERS, bound=FORCE),
        Move("submit", "报审", ("draft",), "pending", KEEPERS, needs=(_NO_UNIT, _NO_DEADLINE), bound=FORCE),
        Move("approve", "批准立项", ("pending",), "approved", ("leader",), bars=(_NOT_OWN_DRAFT,)),
        Move(
            "approve_daily",
            "批准日常督办",
            ("pending",),
            "approved",
            ("office",),
            needs=(
                Need(
                    "by_leader_only",
                    "这一类督查须经本级政府行政首长批准（政府督查工作条例第十一条），请由领导审批。",
                ),
            ),
            bars=(_NOT_OWN_DRAFT,),
        ),
        Move("turn_down", "不予立项", ("pending",), "draft", DECIDERS, wants_note=True),
        Move("send", "交办", ("approved",), "sent", KEEPERS, bound=FORCE),
        Move("sign", "签收", ("sent",), "working", UNIT, bound=UNIT),
        Move("refuse", "拒收", ("sent",), "refused", ("head",), wants_note=True, bound=("head",)),
        Move("reassign", "改派承办单位", ("refused", "sent"), "sent", KEEPERS, wants_note=True, bound=FORCE),
        Move("resend", "重新交办", ("refused",), "sent", KEEPERS, wants_note=True, bound=FORCE),
        Move("report", "反馈进展", ("working",), None, UNIT, bound=UNIT),
        Move(
            "finish",
            "报结",
            ("working",),
            "replied",
            ("head",),
            needs=(
                Need("no_reply", "还没有反馈过办理情况，请先反馈再报结。"),
                Need("shares_waiting", "还有{n}个配合单位没有报送或没有采用，请先汇总再报结。"),
                Need("extension_open", "还有延期申请没有答复，请等答复或撤回后再报结。"),
            ),
            bound=("head",),
        ),
        Move("take_back", "撤回报结", ("replied",), "working", UNIT, bound=UNIT),
        Move(
            "verify",
            "核验通过",
            ("replied",),
            "verified",
            JUDGES,
            needs=(_FLAGS,),
            wants_note=True,
            bound=FORCE,
            bars=_OTHERS,
        ),
        Move("send_back", "退回重办", ("replied", "verified"), "working", JUDGES, wants_note=True, bound=FORCE, bars=_OTHERS),
        Move("close", "销号", ("verified",), "closed", DECIDERS, bars=_OTHERS),
        Move("look_back", "回头看", ("closed",), None, JUDGES, wants_note=True, bound=FORCE, bars=_OTHERS),
        Move("reopen", "恢复挂号", ("closed",), "working", ("inspector", "office"), wants_note=True),
        Move("cannot", "报告做不到", ("working",), "blocked", ("head",), wants_note=True, bound=("head",)),
        Move("carry_on", "继续办理", ("blocked",), "working", DECIDERS, wants_note=True),
        Move("drop", "同意终止", ("blocked",), "dropped", DECIDERS, wants_note=True),
        Move("escalate", "升级督查单", ("sent", "working", "refused"), None, ("inspector", "office"), wants_note=True),
        Move("hang", "挂牌督办", ("sent", "working", "refused", "blocked"), None, DECIDERS, wants_note=True),
        Move("unhang", "摘牌", (*OPEN, "closed"), None, DECIDERS, wants_note=True),
        Move("conclude", "作出督查结论", ("verified", "closed"), None, ("inspector", "office"), bars=_OTHERS),
        Move("cancel", "撤销立项", (*BEFORE, "sent", "refused", "working"), "cancelled", DECIDERS, wants_note=True),
    ),
)  # fmt: skip

SHARE = Machine(
    "配合情况",
    {
        "waiting": State("待报送", "请配合单位先报送。"),
        "given": State("已报送", "如需修改，请先撤回。"),
        "taken": State("已汇总", "如需修改，请联系牵头单位退回。"),
        "returned": State("已退回", "请按退回的理由补充后重新报送。"),
    },
    (
        Move("give", "报送配合情况", ("waiting", "returned"), "given", UNIT, wants_note=True, bound=UNIT),
        Move("recall", "撤回配合情况", ("given",), "waiting", UNIT, bound=UNIT),
        Move("take", "汇总配合情况", ("given",), "taken", UNIT, bound=UNIT, of="lead_unit_id"),
        Move("give_back", "退回配合情况", ("given", "taken"), "returned", UNIT, wants_note=True, bound=UNIT, of="lead_unit_id"),
    ),
)  # fmt: skip
"""What a supporting unit adds to an order: the lead unit gathers it, and answers for the whole."""

EXTENSION = Machine(
    "延期申请",
    {
        "asked": State("待答复", "请等答复。"),
        "granted": State("已同意", "时限已经改为新的日期。"),
        "refused": State("未同意", "请按原时限办理。"),
        "withdrawn": State("已撤回", "如还需要延期，请重新申请。"),
    },
    (
        Move(
            "ask",
            "申请延期",
            ("asked",),
            None,
            ("head",),
            needs=(Need("past_due", "已过办理时限{n}天，延期须在到期前申请，请直接反馈进展或报告做不到。"),),
            wants_note=True,
            bound=("head",),
        ),
        Move("grant", "同意延期", ("asked",), "granted", EXTENDERS, bound=FORCE, bars=_OTHERS),
        Move(
            "deny", "不同意延期", ("asked",), "refused", EXTENDERS, wants_note=True, bound=FORCE, bars=_OTHERS
        ),
        Move("withdraw", "撤回延期申请", ("asked",), "withdrawn", ("head",), bound=("head",)),
    ),
)

REVIEW = Machine(
    "结论复核",
    {
        "asked": State("待复核", "请等复核决定。"),
        "upheld": State("维持结论", "复核决定已经作出。"),
        "changed": State("变更结论", "复核决定已经作出。"),
    },
    (
        Move(
            "apply",
            "申请复核",
            ("asked",),
            None,
            ("head",),
            needs=(Need("too_late", "收到结论已超过30日（政府督查工作条例第十七条），不能再申请复核。"),),
            wants_note=True,
            bound=("head",),
        ),
        Move(
            "uphold",
            "维持结论",
            ("asked",),
            "upheld",
            DECIDERS,
            wants_note=True,
            bars=(Bar("judges", "person_id", "作出原结论的人员应当回避，请由其他人复核。"),),
        ),
        Move(
            "change",
            "变更结论",
            ("asked",),
            "changed",
            DECIDERS,
            wants_note=True,
            bars=(Bar("judges", "person_id", "作出原结论的人员应当回避，请由其他人复核。"),),
        ),
    ),
)
"""A unit may ask for review within 30 days of a conclusion, the government decides within 30 days (条例 art. 17)."""
