"""The ledger (台账): a plan, its papers, and one row per promise. Every row keeps quote and place (start, end).

Rows are written once, by `intake` on adoption (建账). Offsets count characters of `SourceText.text`.
Names of constraints and indexes stay within 30 characters (Kingbase cuts longer ones).
"""

from django.core.files.storage import FileSystemStorage
from django.db import models

from luoshi.core.flow.actor import BUSINESS_POSTS, Actor
from luoshi.core.flow.assignment import ASSIGNMENT
from luoshi.core.flow.plan import PLAN
from luoshi.core.flow.task import TARGET, TASK
from luoshi.core.listing import KINDS, LISTS
from luoshi.core.plan.wording import KIND_LABELS, target_words
from luoshi.ledger.deadlines import printed

LIST_KINDS = [(slug, LISTS[slug].label) for slug in KINDS]


class PlanQuerySet(models.QuerySet["Plan"]):
    """Plans."""

    def visible_to(self, actor: Actor) -> "PlanQuerySet":
        """A plan is seen inside its own government."""
        return self.filter(government_id=actor.government_id) if actor.holds(*BUSINESS_POSTS) else self.none()


class Plan(models.Model):
    """One issued plan (方案). `state` changes only through `journal.moves`.

    The counts are what still stands in the way of adoption (set by intake) and of the year-end close (`contested`).
    """

    life = PLAN
    open_questions = 0
    unmatched_units = 0
    contested = 0

    government = models.ForeignKey(
        "org.Government", models.PROTECT, related_name="plans", verbose_name="政府"
    )
    title = models.CharField("标题", max_length=300)
    number = models.CharField("文号", max_length=100, blank=True)
    issuer = models.CharField("发文机关", max_length=200, blank=True)
    date = models.DateField("成文日期", null=True, blank=True)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    state = models.CharField("状态", max_length=20, choices=PLAN.choices(), default="reading")
    version = models.PositiveIntegerField("版本", default=1)
    created_by = models.CharField("录入人", max_length=50)
    created_at = models.DateTimeField("录入时间", auto_now_add=True)
    adopted_by = models.CharField("建账人", max_length=50, blank=True)
    adopted_at = models.DateTimeField("建账时间", null=True, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "方案"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["government", "state"], name="plan_gov_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether its reading may still be corrected."""
        return self.state == "review"

    @property
    def stopped(self) -> str:
        """Why nothing in it can change any more, as one sentence; "" while it runs."""
        if self.state == "adopted":
            return ""
        state = PLAN.states[self.state]
        return f"《{self.title}》现在是“{state.label}”，其中的任务不能再改动。{state.advice}"


def originals() -> FileSystemStorage:
    """Where the files as received lie: under the data folder, never under static."""
    return FileSystemStorage()


class SourceFile(models.Model):
    """A file as received, stored under its hash; `order` is its place in the joined text."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="files")
    order = models.PositiveSmallIntegerField()
    name = models.CharField("文件名", max_length=255)
    format = models.CharField("格式", max_length=10)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("字节")
    original = models.FileField(storage=originals, max_length=200)

    class Meta:
        verbose_name = "原文件"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="one_file_per_place")]

    def __str__(self) -> str:
        return self.name


class SourceText(models.Model):
    """The joined text as read; the JSON fields hold [start, end] pairs and are opaque to queries.

    furniture  [[start, end]] set aside · outline [{path, heading, level, start, end}] · pages [start]
    grids      [{start, end, header: [title], rows: [{group: [name], cells: [[start, end]]}]}]
    notes      [{code, message}] about the files
    """

    plan = models.OneToOneField(Plan, models.CASCADE, related_name="source")
    text = models.TextField("全文")
    furniture = models.JSONField(default=list)
    outline = models.JSONField(default=list)
    grids = models.JSONField(default=list)
    pages = models.JSONField(default=list)
    notes = models.JSONField(default=list)

    class Meta:
        verbose_name = "原文"

    def __str__(self) -> str:
        return f"{len(self.text)} 字"


class RowQuerySet(models.QuerySet["Row"]):
    """Rows of the ledger."""

    def visible_to(self, actor: Actor) -> "RowQuerySet":
        """Rows of the plans that are visible."""
        mine = self.filter(plan__government_id=actor.government_id)
        return mine if actor.holds(*BUSINESS_POSTS) else self.none()


class Row(models.Model):
    """What every row of the ledger has. `questions` are doubts left open at adoption, one a line (留待认领时确认).

    Its words stand in the text of `paper`; None where that is the plan itself (a row carried over keeps its old paper).
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="%(class)ss")
    paper = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="+")
    order = models.PositiveIntegerField()
    path = models.CharField("位置", max_length=200, blank=True)
    quote = models.TextField("原文")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    questions = models.TextField("待确认", blank=True)

    objects = RowQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    @property
    def text_of(self) -> int:
        """The plan in whose text `start` and `end` count."""
        return self.paper_id or self.plan_id

    @property
    def government_id(self) -> int:
        """The government of the plan."""
        return self.plan.government_id

    @property
    def lock(self) -> str:
        """Why nothing can happen to it: its plan is closed or withdrawn."""
        return self.plan.stopped


class Action(Row):
    """A programme line: one of the 八大行动 / 七大攻坚."""

    name = models.CharField("行动", max_length=200)

    class Meta(Row.Meta):
        verbose_name = "行动"

    def __str__(self) -> str:
        return self.name


class Task(Row):
    """A leaf item somebody must deliver on. `text` is the whole item as printed; `deadline_day` the last day of `deadline`.

    `state` changes only through `journal.moves`. A task carried over from the year before is a row of its own, linked to it.
    `list_kind` is the list it stands on, by rule (core/listing.py) or `list_by_hand`; `details` what that list asks beyond
    the row: {key of a column: text}.
    """

    life = TASK

    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="tasks")
    form = models.CharField("形式", max_length=10)
    heading = models.CharField("标题", max_length=500, blank=True)
    text = models.TextField("内容")
    deadline = models.CharField("时限", max_length=20, blank=True)
    deadline_day = models.DateField("最晚日期", null=True, blank=True)
    open_ended = models.BooleanField("单位列举未尽", default=False)
    state = models.CharField("状态", max_length=10, choices=TASK.choices(), default="running")
    carried_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_to", verbose_name="结转自"
    )
    list_kind = models.CharField("清单", max_length=10, choices=LIST_KINDS, default="task")
    list_by_hand = models.BooleanField("人工列入", default=False)
    details = models.JSONField("清单信息", default=dict, blank=True)
    units = models.ManyToManyField("org.Unit", through="Assignment", related_name="tasks")

    class Meta(Row.Meta):
        verbose_name = "任务"
        indexes = [
            models.Index(fields=["plan", "order"], name="task_plan_order"),
            models.Index(fields=["plan", "list_kind"], name="task_plan_list"),
        ]

    def __str__(self) -> str:
        return self.heading or self.quote

    @property
    def due(self) -> str:
        """The deadline as it reads on a page."""
        return printed(self.deadline)

    @property
    def accountable(self) -> "Assignment | None":
        """The one unit that answers for the task (read from the prefetched assignments)."""
        return next((a for a in self.assignments.all() if a.accountable), None)

    @property
    def lead_unit_id(self) -> int | None:
        """The unit that answers for the task, for the rules."""
        first = self.accountable
        return first.unit_id if first else None

    @property
    def stopped(self) -> str:
        """Why nothing can happen to what hangs on it: `lock`, or the task itself is over."""
        if self.state == "running":
            return self.lock
        state = TASK.states[self.state]
        return f"这项任务现在是“{state.label}”，它的节点和分工不能再改动。{state.advice}"

    @property
    def open_milestones(self) -> int:
        """How many milestones still stand in the way of finishing."""
        return sum(milestone.state == "open" for milestone in self.milestones.all())


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Shares of units."""

    def visible_to(self, actor: Actor) -> "AssignmentQuerySet":
        """Shares in the tasks that are visible."""
        mine = self.filter(task__plan__government_id=actor.government_id)
        return mine if actor.holds(*BUSINESS_POSTS) else self.none()


class OfTask:
    """What hangs on a task has its government, its action and its end from there."""

    task: models.ForeignKey[Task, Task]

    @property
    def government_id(self) -> int:
        """The government of the plan."""
        return self.task.government_id

    @property
    def action(self) -> Action | None:
        """The action of the task."""
        return self.task.action

    @property
    def lock(self) -> str:
        """Why nothing can happen to it: the task is over, or its plan closed."""
        return self.task.stopped


class Assignment(OfTask, models.Model):
    """A unit's share in a task. At most one per task is accountable: the first-named lead unit unless a person says otherwise.

    `state` changes only through `journal.moves`; `note` is the last reason given: the objection, or the answer to it.
    """

    life = ASSIGNMENT

    class Role(models.TextChoices):
        LEAD = "lead", "牵头"
        SUPPORT = "support", "责任"

    task = models.ForeignKey(Task, models.CASCADE, related_name="assignments")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="assignments")
    role = models.CharField("角色", max_length=10, choices=Role.choices)
    accountable = models.BooleanField("负总责", default=False)
    printed = models.CharField("原文写法", max_length=200)
    order = models.PositiveSmallIntegerField()
    state = models.CharField("状态", max_length=10, choices=ASSIGNMENT.choices(), default="waiting")
    note = models.CharField("理由", max_length=500, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "责任分工"
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["unit", "state"], name="assignment_unit_state")]
        constraints = [
            models.UniqueConstraint(fields=["task", "unit"], name="one_share_per_unit"),
            models.UniqueConstraint(
                fields=["task"], condition=models.Q(accountable=True), name="one_accountable_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.printed}"

    @property
    def single(self) -> int:
        """1 when the unit is one body and no collective name (core/flow/assignment.py)."""
        return int(not self.unit.is_collective)

    @property
    def memberless(self) -> int:
        """1 when nobody has said yet whom the collective name stands for."""
        return int(not self.unit.members.all())


class TaskLeader(models.Model):
    """A leader in charge (分管领导) by printed name; tied to people when they have accounts."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="leaders")
    name = models.CharField("分管领导", max_length=50, db_index=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "分管领导"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Indicator(Row):
    """A measurable commitment. `value` is in `unit` as printed (5.5万人 → 5.5, 万人)."""

    life = TARGET

    class Kind(models.TextChoices):
        GROWTH = "growth", KIND_LABELS["growth"]
        LEVEL = "level", KIND_LABELS["level"]
        NEW = "new", KIND_LABELS["new"]
        SHARE = "share", KIND_LABELS["share"]
        DECREASE = "decrease", KIND_LABELS["decrease"]
        RANK = "rank", KIND_LABELS["rank"]
        ZERO = "zero", KIND_LABELS["zero"]
        RELATIVE = "relative", KIND_LABELS["relative"]

    class Op(models.TextChoices):
        EQUAL = "=", "等于"
        AT_LEAST = ">=", "不低于"
        ABOVE = ">", "高于"
        AT_MOST = "<=", "不超过"
        BELOW = "<", "低于"
        ABOUT = "~", "左右"

    class Target(models.TextChoices):
        SET = "set", "已定"
        PENDING = "pending", "待下达"

    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="indicators")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="indicators")
    name = models.CharField("指标", max_length=300)
    kind = models.CharField("类型", max_length=10, choices=Kind.choices)
    op = models.CharField("关系", max_length=2, choices=Op.choices)
    value = models.DecimalField("目标值", max_digits=20, decimal_places=6, null=True, blank=True)
    unit = models.CharField("单位", max_length=50, blank=True)
    value_high = models.DecimalField("目标上限", max_digits=20, decimal_places=6, null=True, blank=True)
    base = models.DecimalField("基数", max_digits=20, decimal_places=6, null=True, blank=True)
    reference = models.CharField("参照", max_length=200, blank=True)
    target = models.CharField("目标状态", max_length=10, choices=Target.choices, default=Target.SET)

    class Meta(Row.Meta):
        verbose_name = "指标"
        indexes = [models.Index(fields=["plan", "order"], name="indicator_plan_order")]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """Where the target is in its life (core/flow/task.py): pending or set."""
        return self.target

    @property
    def words(self) -> str:
        """The target as it reads on a page."""
        return target_words(
            self.kind, self.op, self.value, self.unit, self.value_high, self.base, self.reference, self.name
        )


class TaskForce(Row):
    """工作专班 / 领导小组."""

    name = models.CharField("专班", max_length=200)
    office = models.CharField("办公室", max_length=200, blank=True)

    class Meta(Row.Meta):
        verbose_name = "专班"

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """Who sits in a task force, as printed: a person, a post, or a unit (then `unit` is set)."""

    class Role(models.TextChoices):
        CONVENER = "convener", "召集人(组长)"
        FIRST_DEPUTY = "first_deputy", "第一副召集人(常务副组长)"
        DEPUTY = "deputy", "副召集人(副组长)"
        MEMBER = "member", "成员"
        OFFICE = "office", "办公室"

    task_force = models.ForeignKey(TaskForce, models.CASCADE, related_name="seats")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    name = models.CharField("名称", max_length=200)
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, blank=True, related_name="seats")
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "专班席位"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.name}"


class Mechanism(Row):
    """Who must do what how often (市长至少半年调度一次)."""

    actor = models.CharField("谁", max_length=200, blank=True)
    activity = models.CharField("做什么", max_length=200)
    every = models.CharField("多久一次", max_length=50, blank=True)
    at_least = models.BooleanField("至少", default=False)

    class Meta(Row.Meta):
        verbose_name = "机制"

    def __str__(self) -> str:
        return self.activity


class Quota(Row):
    """A duty in numbers per group (每个单位确定一名联络员)."""

    who = models.CharField("谁", max_length=200, blank=True)
    what = models.CharField("什么", max_length=200)
    at_least = models.DecimalField("至少", max_digits=12, decimal_places=2)
    per = models.CharField("每", max_length=50, blank=True)

    class Meta(Row.Meta):
        verbose_name = "名额"

    def __str__(self) -> str:
        return self.what
