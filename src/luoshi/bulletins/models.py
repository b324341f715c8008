"""Papers of the offices. Until issued a paper is facts and draft; from then on also the very file, with the hash of all three.

Names of constraints and indexes stay within 30 characters (Kingbase cuts longer ones).
"""

import hashlib
import json
from functools import cached_property
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q

from luoshi.core.flow.actor import BUSINESS_POSTS, Actor
from luoshi.core.flow.bulletin import BULLETIN, DRAFTERS, ISSUED, SIGNERS, WORDING
from luoshi.core.writing.checking import Flaw, flaws
from luoshi.core.writing.draft import Draft
from luoshi.core.writing.drafting import Particulars, paper
from luoshi.core.writing.facts import Facts
from luoshi.core.writing.kinds import ISSUERS, KINDS, PaperKind, counts_as_paper, refusals
from luoshi.core.writing.paper import OfficialPaper, lacking


def issued_files() -> FileSystemStorage:
    """Where issued papers and the score sheets they were drafted from lie: under the data folder, never under static."""
    return FileSystemStorage()


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    """Papers."""

    def visible_to(self, actor: Actor) -> "BulletinQuerySet":
        """Issued ones are everybody's inside the government; drafts are of those who draft and sign."""
        mine = self.filter(government_id=actor.government_id)
        if actor.holds(*DRAFTERS, *SIGNERS):
            return mine
        return mine.filter(state__in=ISSUED) if actor.holds(*BUSINESS_POSTS) else self.none()

    def counted(self) -> "BulletinQuerySet":
        """Those that count among the year's papers (发文数): issued, and of a 文种."""
        return self.filter(
            state__in=ISSUED, kind__in=[slug for slug in KINDS if counts_as_paper(slug)]
        ).exclude(issued_at=None)


class Bulletin(models.Model):
    """One paper. `state` changes only through `journal.moves`; once issued nothing else changes either.

    facts, draft, particulars: `as_json` of core.writing, opaque to queries. `digest` is over these three and the file.
    `editors` are the ids of those who worked on the draft, `version` counts saves.
    """

    life = BULLETIN

    government = models.ForeignKey("org.Government", models.PROTECT, related_name="bulletins")
    plan = models.ForeignKey("ledger.Plan", models.PROTECT, related_name="bulletins", verbose_name="方案")
    meeting = models.ForeignKey(
        "meetings.Meeting", models.PROTECT, null=True, blank=True, related_name="papers", verbose_name="会议"
    )
    kind = models.CharField(
        "种类", max_length=20, choices=[(kind.slug, kind.name) for kind in KINDS.values()]
    )
    title = models.CharField("标题", max_length=300)
    period = models.CharField("时期", max_length=50)
    as_of = models.DateField("截至")
    issuer = models.CharField("发文主体", max_length=12, choices=list(ISSUERS.items()), default="office")
    to_governments = models.BooleanField("发给乡镇政府", default=True)
    approval = models.CharField("批准依据", max_length=200, blank=True)
    authority = models.CharField("督查授权", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=BULLETIN.choices(), default="draft")
    version = models.PositiveIntegerField("版本", default=1)
    facts = models.JSONField("事实", default=dict)
    draft = models.JSONField("文稿", default=dict)
    particulars = models.JSONField("要素", default=dict)
    editors = models.JSONField(default=list)
    year = models.PositiveSmallIntegerField("编号年度", null=True, blank=True)
    sequence = models.PositiveIntegerField("序号", null=True, blank=True)
    series = models.CharField("字号系列", max_length=60, blank=True)
    number = models.CharField("发文字号或期号", max_length=100, blank=True)
    created_by = models.CharField("起草人", max_length=50)
    created_at = models.DateTimeField("起草时间", auto_now_add=True)
    reviewed_by = models.CharField("审核人", max_length=50, blank=True)
    signed_by = models.CharField("签发人", max_length=50, blank=True)
    signed_on = models.DateField("签发日期", null=True, blank=True)
    issued_at = models.DateTimeField("印发时间", null=True, blank=True)
    file = models.FileField(storage=issued_files, max_length=200, blank=True)
    file_hash = models.CharField(max_length=64, blank=True)
    score_file = models.FileField("得分表", storage=issued_files, max_length=200, blank=True)
    digest = models.CharField("校验值", max_length=64, blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="更正"
    )

    objects = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = "公文"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["government", "state"], name="bulletin_gov_state"),
            models.Index(fields=["government", "year", "kind"], name="bulletin_gov_year_kind"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["government", "series", "year", "sequence"],
                condition=Q(sequence__isnull=False),
                name="one_paper_per_number",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> PaperKind:
        """Its kind, with name, layout and limits."""
        return KINDS[self.kind]

    @cached_property
    def known(self) -> Facts:
        """The facts it was drafted from."""
        return Facts.from_json(self.facts)

    @cached_property
    def words(self) -> Draft:
        """The draft as it stands."""
        return Draft.from_json(self.draft)

    @property
    def given(self) -> Particulars:
        """Head, receivers, signature, imprint; the number once it has one."""
        return Particulars.from_json({**self.particulars, "number": self.number})

    @property
    def paper(self) -> OfficialPaper:
        """As it will be laid out."""
        return paper(self.words, self.known, self.given)

    @cached_property
    def flaws(self) -> tuple[Flaw, ...]:
        """What is to be put right or known before it is signed."""
        return flaws(self.words, self.known)

    @property
    def stops(self) -> int:
        """How many of them stop it."""
        return sum(flaw.weight == "stop" for flaw in self.flaws)

    @property
    def rules(self) -> tuple[str, ...]:
        """What the rules of 行文 have against it."""
        return refusals(
            self.kind,
            self.issuer,  # type: ignore[arg-type]
            self.to_governments,
            bool(self.approval),
            self.authority,
        )

    @property
    def refusals(self) -> int:
        """How many rules."""
        return len(self.rules)

    @property
    def missing(self) -> tuple[str, ...]:
        """What the paper lacks; its number and date come by themselves while it has not got so far."""
        early = self.state in ("draft", "reviewed", "signed")
        return tuple(
            line
            for line in lacking(self.paper)
            if not (early and ("字号" in line or "期号" in line or "日期" in line))
        )

    @property
    def gaps(self) -> int:
        """How many things."""
        return len(self.missing)

    @property
    def drafters(self) -> tuple[int, ...]:
        """Who worked on the draft, for the rule that nobody reviews their own."""
        return tuple(self.editors)

    @property
    def is_open(self) -> bool:
        """Whether its words may still be changed."""
        return self.state == "draft"

    def sealed(self, file_hash: str) -> str:
        """The hash over facts, draft, particulars, number and file."""
        held: list[Any] = [self.facts, self.draft, self.particulars, self.number, self.kind, file_hash]
        return hashlib.sha256(json.dumps(held, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class Wording(models.Model):
    """The county's own template of one kind of paper; without one the wording that comes with luoshi is used."""

    life = WORDING
    state = "current"

    government = models.ForeignKey("org.Government", models.CASCADE, related_name="wordings")
    kind = models.CharField(
        "种类", max_length=20, choices=[(kind.slug, kind.name) for kind in KINDS.values()]
    )
    text = models.TextField("模板")
    version = models.PositiveIntegerField("版本", default=1)
    edited_by = models.CharField("修改人", max_length=50)
    edited_at = models.DateTimeField("修改时间", auto_now=True)

    class Meta:
        verbose_name = "公文模板"
        constraints = [models.UniqueConstraint(fields=["government", "kind"], name="one_wording_per_kind")]

    def __str__(self) -> str:
        return f"{KINDS[self.kind].name}模板"
