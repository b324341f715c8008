"""The papers the offices send out: what each is called, its layout, its limits, and who may issue it (文种).

Sources: 《党政机关公文处理工作条例》 (中办发〔2012〕14号) art. 8, 15–17; 《政府督查工作条例》 (国令第733号) art. 7, 21;
《整治形式主义为基层减负若干规定》 (2024): 议事协调机构 issue no orders to lower governments, ≤ 4000 / 5000 characters.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Literal

from luoshi.core.writing.paper import Kind

Issuer = Literal["government", "office", "department", "task_force", "inner"]
ISSUERS: dict[str, str] = {
    "government": "县政府",
    "office": "县政府办公室",
    "department": "县直部门",
    "task_force": "工作专班、领导小组办公室",
    "inner": "内设机构",
}


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper. `genre` is its 文种, or "" for what is none (简报、专报); `limit` the characters it may have."""

    slug: str
    name: str
    genre: str
    layout: Kind
    purpose: str
    limit: int = 4000
    supervises: bool = False
    orders: bool = False

    @property
    def template(self) -> str:
        """The wording that comes with luoshi; a county may keep its own."""
        return resources.files(__package__).joinpath("templates", f"{self.slug}.txt").read_text("utf-8")


KINDS: dict[str, PaperKind] = {
    kind.slug: kind
    for kind in (
        PaperKind("ten_days", "旬简报", "", "brief", "每旬动态，报领导、发各单位"),
        PaperKind("month", "月通报", "通报", "file", "每月调度情况，先进后进一并点名"),
        PaperKind("season", "季总结", "通报", "file", "每季讲评，总结并安排下季", 5000),
        PaperKind("special", "专报", "", "brief", "向领导小组或领导一事一报"),
        PaperKind("supervision", "督查通报", "通报", "file", "督查结果和整改要求", 4000, True),
        PaperKind("urging", "督办函", "函", "letter", "对一个单位督办一件事", 4000, True),
        PaperKind("minutes", "会议纪要", "纪要", "minutes", "会议议定事项"),
        PaperKind("breakdown", "任务责任分解表", "通知", "file", "印发分解表，附工作进度", 5000, False, True),
        PaperKind("reminder", "工作提醒函", "函", "letter", "临期提醒"),
        PaperKind("assignment", "交办单", "通知", "letter", "交办一件事", 4000, False, True),
        PaperKind("assessment", "考核结果通报", "通报", "file", "考核结果和位次"),
    )
}


def refusals(
    slug: str, issuer: Issuer, to_governments: bool = False, approved: bool = False, authority: str = ""
) -> tuple[str, ...]:
    """Why this body may not issue this paper, each with the rule and the way out; empty when it may.

    `to_governments`: it goes to 乡镇 or lower governments. `approved`: the head of the government has approved its praise or
    blame. `authority`: by whose order a department supervises.
    """
    return tuple(_refusals(KINDS[slug], issuer, to_governments, approved, authority))


def _refusals(
    kind: PaperKind, issuer: Issuer, to_governments: bool, approved: bool, authority: str
) -> Iterator[str]:
    who = ISSUERS[issuer]
    if issuer == "inner" and kind.genre:
        yield f"{who}不得对外正式行文（公文处理条例第十七条），{kind.name}请以本单位或县政府办公室名义印发。"
    elif issuer == "task_force" and kind.genre:
        yield f"{who}不以自己名义发{kind.genre}，{kind.name}请由县政府办公室印发，并计入发文数。"
    elif issuer == "department" and to_governments and (kind.orders or kind.genre == "通报"):
        yield f"{who}不得向乡镇政府发指令性公文（公文处理条例第十六条），{kind.name}请报县政府办公室印发。"
    if kind.supervises and issuer in ("department", "task_force") and not authority.strip():
        yield f"{who}未经县政府指定不得开展政府督查（政府督查工作条例第七条），请写明由谁授权，或由县政府督查室办理。"
    if kind.slug in ("supervision", "assessment") and not approved:
        yield f"{kind.name}有表扬或批评，须经县政府或其负责人批准（政府督查工作条例第二十一条），请先附上批准。"


def counts_as_paper(slug: str) -> bool:
    """Whether it counts among the year's papers (发文数): what has a 文种, whatever paper it is printed on."""
    return bool(KINDS[slug].genre)
