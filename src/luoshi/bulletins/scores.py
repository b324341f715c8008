"""The county's own score sheet (得分表) → scores of units, or what is wrong with it, cell by cell. Nothing is stored here.

The sheet is taken as it is kept: a title may stand above the head, columns may be called otherwise, 组别 may be merged downwards.
Only units are scored, never persons (减负: no ranking of persons); scores for publicity or leaders' notes are asked about.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from luoshi.core.flow.actor import Actor
from luoshi.core.source.loaders.sheets import Sheet
from luoshi.core.writing.facts import Score, ScoreSheet
from luoshi.core.writing.names import called
from luoshi.core.writing.scores import GRADES, ends, graded, groups, mean, places
from luoshi.journal.moves import Refused
from luoshi.org.models import Unit
from luoshi.org.sheets.opening import BadSheet, Wanted, opened_sheets
from luoshi.org.sheets.trial import Names

LARGEST = 1 << 20
WANTED = Wanted("得分表", LARGEST, "请上传xlsx或xls格式的得分表。")
MOST_ROWS = 500
HEADS = 6
UNIT, GROUP, POINTS, GRADE, PLACE, NOTE = COLUMNS = ("单位", "组别", "得分", "等次", "排名", "备注")
CALLED = {
    **dict.fromkeys(("单位名称", "考核单位", "被考核单位", "考核对象"), UNIT),
    **dict.fromkeys(("分组", "组", "考核组别"), GROUP),
    **dict.fromkeys(("总分", "总得分", "考核得分", "最终得分", "综合得分"), POINTS),
    **dict.fromkeys(("等级", "考核等次", "考核等级", "评定等次"), GRADE),
    **dict.fromkeys(("位次", "名次", "组内排名", "组内位次"), PLACE),
    **dict.fromkeys(("说明", "扣分说明"), NOTE),
}
PERSONS = re.compile(r"姓名|人员|干部|个人")
ASIDE = re.compile(r"宣传|外宣|刊播|媒体|批示|信息稿|登录|点赞|转发|打卡|留痕")
SUMS = re.compile(r"(?:合计|总计|小计|平均|平均分|单位数)")
NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,4})?")
RANK = re.compile(r"第?(\d{1,4})名?")
QUOTA = re.compile(r"([\u4e00-\u9fff]{2,6}?)[：:\s]*(\d{1,3})个?")
LONGEST = {GROUP: 30, GRADE: 10, NOTE: 100}


class Fault(NamedTuple):
    """What is wrong with one cell: where it stands ("C5"), line and head, one sentence."""

    cell: str
    row: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A sheet that was tried out. With faults nothing can be drafted from it; `data` is the file as it came."""

    data: bytes
    sheet: ScoreSheet
    scores: tuple[Score, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """What it says, in sentences for whoever is about to draft."""
        return tuple(_told(self.scores))


def quota_of(text: str) -> dict[str, int]:
    """How many units may have each grade, from "优秀3、良好8". Raises Refused.

    >>> quota_of("优秀3个，良好：8")
    {'优秀': 3, '良好': 8}
    """
    text = unicodedata.normalize("NFKC", text).strip()
    found = QUOTA.findall(text)
    if text and (not found or QUOTA.sub("", text).strip("、,;。 ")):
        raise Refused("“等次名额”请写成“优秀3、良好8”这样。")
    return {grade: int(many) for grade, many in found}


def try_out(data: bytes, name: str, quota: Mapping[str, int], county: str, by: Actor) -> Scored:
    """Read a score sheet and judge every cell. Raises BadSheet when the file holds no such sheet."""
    sheet = _sheet(data, name)
    at, heads = _head(sheet, name)
    trial = _Trial(sheet, at, heads, Names(by), county)
    trial.read()
    if not trial.lines:
        raise BadSheet(f"文件“{name}”的表头下面没有单位，请填好后再上传。")
    if len(trial.lines) > MOST_ROWS:
        raise BadSheet(f"得分表超过{MOST_ROWS}行，请核对后再上传。")
    trial.judge(quota)
    letters = {head: _letters(col) for col, head in heads.items()}
    about = ScoreSheet(name[:100], hashlib.sha256(data).hexdigest(), sheet.name, letters, _notes(sheet, at))
    return Scored(data, about, tuple(trial.scores), tuple(sorted(trial.faults, key=lambda fault: fault.row)))


def _sheet(data: bytes, name: str) -> Sheet:
    """The one sheet of the workbook. Raises BadSheet."""
    sheets = opened_sheets(data, name, WANTED)
    used = [sheet for sheet in sheets if sheet.cells]
    if len(used) > 1:
        raise BadSheet(
            f"工作簿里有{len(used)}个表：{'、'.join(s.name for s in used)[:60]}。请只留得分表后再上传。"
        )
    return used[0]


def _head(sheet: Sheet, name: str) -> tuple[int, dict[int, str]]:
    """The row of the head and which column is which. Raises BadSheet."""
    rows = sorted({row for row, _ in sheet.cells})[:HEADS]
    for at in rows:
        words = {col: "".join(text.split()) for (row, col), text in sorted(sheet.cells.items()) if row == at}
        heads = {
            col: CALLED.get(word, word) for col, word in words.items() if CALLED.get(word, word) in COLUMNS
        }
        if not {UNIT, POINTS} <= set(heads.values()):
            continue
        said = list(heads.values())
        if twice := next((head for head in said if said.count(head) > 1), ""):
            raise BadSheet(f"表头里有两列都是“{twice}”，请只留一列后再上传。")
        if persons := next((word for word in words.values() if PERSONS.search(word)), ""):
            raise BadSheet(
                f"表里有“{persons[:20]}”一列。考核结果通报只通报单位，不给个人排名，请删去这一列后再上传。"
            )
        return at, heads
    raise BadSheet(f"文件“{name}”里没有找到写着“{UNIT}”和“{POINTS}”的表头，请补上后再上传。")


def _notes(sheet: Sheet, at: int) -> tuple[str, ...]:
    """Columns whose points should not count unless somebody decided so."""
    return tuple(
        f"得分表有“{text[:20]}”一列（{_letters(col)}{row + 1}）：宣传、批示、留痕一类按减负规定一般不计分，请核对总分里有没有它。"
        for (row, col), text in sorted(sheet.cells.items())
        if row == at and ASIDE.search(text)
    )


def _letters(col: int) -> str:
    """A column as workbooks call it.

    >>> _letters(0), _letters(27)
    ('A', 'AB')
    """
    text = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        text = chr(65 + rest) + text
    return text


def _own_names(full_name: str, county: str) -> set[str]:
    """What a county's own papers call a unit: 县教育局 for 青禾县教育局, 河口镇 for 河口镇人民政府.

    >>> sorted(_own_names("青禾县教育局", "青禾县")), sorted(_own_names("青禾县河口镇人民政府", "青禾县"))
    (['县教育局', '青禾县教育局'], ['河口镇', '河口镇人民政府', '青禾县河口镇人民政府'])
    """
    if (place := full_name.removesuffix("人民政府")) != full_name and place != county:
        bare = full_name.removeprefix(county)
        return {full_name, bare, bare.removesuffix("人民政府")}
    return {full_name, called(full_name, county)}


@dataclass
class _Trial:
    """One sheet being judged: `lines` by their row, `short` what the county itself calls its units."""

    sheet: Sheet
    at: int
    heads: dict[int, str]
    names: Names
    county: str
    lines: dict[int, dict[str, str]] = field(default_factory=dict)
    scores: list[Score] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    said: dict[int, int] = field(default_factory=dict)
    short: dict[str, list[Unit]] = field(default_factory=dict)

    def read(self) -> None:
        """The rows under the head, by their numbers in the workbook."""
        for unit in self.names.units.values():
            for name in _own_names(unit.full_name, self.county):
                self.short.setdefault(name, []).append(unit)
        columns = {head: col for col, head in self.heads.items()}
        for (row, col), text in sorted(self.sheet.cells.items()):
            if row > self.at and col in self.heads:
                self.lines.setdefault(row + 1, {})[self.heads[col]] = " ".join(text.split())
        for top, left, bottom, _ in self.sheet.merges:
            if left == columns.get(GROUP) and top > self.at and (top, left) in self.sheet.cells:
                for row in range(top, bottom + 1):
                    if row + 1 in self.lines:
                        self.lines[row + 1][GROUP] = self.lines[top + 1][GROUP]

    def fault(self, row: int, head: str, sentence: str) -> None:
        letters = next((_letters(col) for col, said in self.heads.items() if said == head), "")
        self.faults.append(Fault(f"{letters}{row}", row, head, sentence))

    def judge(self, quota: Mapping[str, int]) -> None:
        """Cell by cell, then the sheet as a whole; places are only judged where all scores can be read."""
        seen: dict[int, int] = {}
        for row, line in self.lines.items():
            self._line(row, line, seen)
        self._whole(GROUP)
        self._whole(GRADE)
        if not self.faults:
            self._places()
            self._grades(quota)

    def _line(self, row: int, line: Mapping[str, str], seen: dict[int, int]) -> None:
        unit, points = self._unit(row, line.get(UNIT, ""), seen), self._points(row, line.get(POINTS, ""))
        for head, longest in LONGEST.items():
            if len(line.get(head, "")) > longest:
                self.fault(row, head, f"“{head}”请写在{longest}个字以内。")
        if text := unicodedata.normalize("NFKC", line.get(PLACE, "")).replace(" ", ""):
            if found := RANK.fullmatch(text):
                self.said[row] = int(found[1])
            else:
                self.fault(row, PLACE, f"“{text[:20]}”不是名次，请写成1、2、3这样的整数，或空着。")
        if unit and points is not None:
            name = called(unit.full_name, self.county)
            more = (line.get(NOTE, ""), "".join(line.get(GRADE, "").split()))
            self.scores.append(Score(f"score:{row}", name, line.get(GROUP, ""), points, 0, *more, row))

    def _unit(self, row: int, text: str, seen: dict[int, int]) -> Unit | None:
        if not text:
            self.fault(row, UNIT, "这一行没有写单位，请补上，或删去这一行。")
            return None
        if SUMS.fullmatch(text.replace(" ", "")):
            self.fault(row, UNIT, f"“{text}”不是单位。合计、平均由系统算，请删去这一行。")
            return None
        try:
            own = self.short.get("".join(text.split()), [])
            unit = own[0] if len(own) == 1 else self.names.unit(text[:100])
        except Refused as reason:
            self.fault(row, UNIT, reason.sentence)
            return None
        if unit.pk in seen:
            self.fault(row, UNIT, f"“{text}”与第{seen[unit.pk]}行是同一个单位，请只留一行。")
            return None
        seen[unit.pk] = row
        return unit

    def _points(self, row: int, text: str) -> Decimal | None:
        plain = unicodedata.normalize("NFKC", text).replace(" ", "").removesuffix("分")
        if NUMBER.fullmatch(plain):
            return Decimal(plain)
        if not text:
            self.fault(row, POINTS, "没有写得分，请补上；没有参加考核的单位请删去这一行。")
        else:
            self.fault(row, POINTS, f"“{text[:20]}”不是得分，应是0到9999之间的数，小数不超过四位，请改正。")
        return None

    def _whole(self, head: str) -> None:
        """A column that some rows have and others lack."""
        empty = [row for row, line in self.lines.items() if not line.get(head)]
        if empty and len(empty) < len(self.lines):
            for row in empty:
                self.fault(row, head, f"别的单位有“{head}”，这个单位没有，请补上，或把这一列都空着。")

    def _places(self) -> None:
        made: dict[int, Score] = {}
        for _, rows in groups(self.scores):
            for score, place in zip(rows, places([row.points for row in rows]), strict=True):
                made[score.row] = Score(score.key, score.unit, score.group, score.points, place, score.note, score.grade, score.row)  # fmt: skip
                said = self.said.get(score.row, place)
                if said != place:
                    where = f"“{score.group}”里" if score.group else ""
                    self.fault(score.row, PLACE, f"写的是第{said}名，按得分在{where}应是第{place}名（得分相同的并列），请核对得分或名次。")  # fmt: skip
        self.scores = [made[score.row] for score in self.scores]

    def _grades(self, quota: Mapping[str, int]) -> None:
        """No lower grade for a higher score in one group; no more of a grade than there are places for it."""
        for _, rows in groups(self.scores):
            best: Score | None = None
            for score in rows:
                if score.grade not in GRADES:
                    continue
                if (
                    best
                    and best.points > score.points
                    and GRADES.index(score.grade) < GRADES.index(best.grade)
                ):
                    self.fault(score.row, GRADE, f"写的是“{score.grade}”，而得分更高的{best.unit}（第{best.row}行）是“{best.grade}”，请核对。")  # fmt: skip
                if best is None or GRADES.index(score.grade) > GRADES.index(best.grade):
                    best = score
        for grade, most in quota.items():
            having = [score for score in self.scores if score.grade == grade]
            for score in having[most:]:
                self.fault(score.row, GRADE, f"“{grade}”有{len(having)}个单位，超过名额{most}个，请核对。")


def _told(scores: tuple[Score, ...]) -> Iterator[str]:
    grades = graded(score.grade for score in scores)
    counts = "，".join(f"{grade}{sum(s.grade == grade for s in scores)}个" for grade in grades)
    points = [score.points for score in scores]
    yield f"共{len(scores)}个单位，平均{mean(points)}分{'，其中' + counts if counts else ''}。"
    for name, rows in groups(scores):
        ahead, behind = ends(rows)
        first = "、".join(f"{row.unit}（{row.points}分）" for row in ahead)
        last = "、".join(f"{row.unit}（{row.points}分）" for row in behind)
        named = f"在前的是{first}，在后的是{last}" if ahead else "得分都相同，不分先后"
        yield f"{name or '全部单位'}{len(rows)}个：{named}。"
