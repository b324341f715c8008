"""`luoshi demo`: a year for any plan, the same every time, chained as if it had been lived."""

import datetime as dt

import pytest

from luoshi.journal.moves import Refused
from luoshi.journal.sealing import verify
from luoshi.org.models import Unit
from luoshi.reporting.models import Burden, Figure, Report, Revision, Round, Snapshot
from luoshi.site import seeding
from luoshi.site.seeded_county import Place, settle
from luoshi.site.seeded_year import last_periods, report

PLAN = """青禾县2026年重点工作实施方案
一、主要任务
(一)项目攻坚行动
1.抓好项目建设。全年新开工亿元以上项目20个，固定资产投资增长8%以上。(县发展和改革局牵头，县财政局、县自然资源局配合)
2.建设公办学校。新增公办学位1200个，完成学校改造6所。(县教育局牵头，县住房和城乡建设局、县发展和改革局配合)
3.整治农村环境。完成改厕2000户，建成美丽村庄12个。(县农业农村局牵头，各乡镇人民政府、石桥镇人民政府、柳河镇人民政府配合)
""".encode()
UNTIL = dt.date(2026, 6, 5)


@pytest.fixture
def place(db, monkeypatch: pytest.MonkeyPatch) -> Place:
    return settle("测试县", "方案.txt", PLAN)


def said(rounds: int, place: Place, seed: int = 1) -> str:
    return "".join(report(place, "旬", rounds, UNTIL, seed))


def test_a_year_is_written_and_its_chain_holds(place: Place) -> None:
    assert "4轮填报（2026年4月下旬至2026年5月下旬）" in said(4, place)
    assert [(r.label, r.state) for r in Round.objects.order_by("until")] == [
        ("2026年4月下旬", "closed"), ("2026年5月上旬", "closed"), ("2026年5月中旬", "closed"), ("2026年5月下旬", "open")
    ]  # fmt: skip
    assert not list(verify(place.government.pk))
    assert Snapshot.objects.count() == 3
    assert Report.objects.count() % 4 == 0
    sent = Report.objects.exclude(sent_at=None)
    assert set(
        Report.objects.filter(round__state="closed", sent_at__isnull=False).values_list("state", flat=True)
    ) == {"accepted"}
    assert {figure.pk for figure in Figure.objects.filter(report__in=sent)} == set(
        Revision.objects.values_list("figure", flat=True)
    )


def test_the_meter_counts_what_the_reports_hold(place: Place) -> None:
    said(3, place)
    for name, field in (("items", None), ("figures", "asked"), ("typed", "typed"), ("carried", "carried")):
        counted = sum(Burden.objects.values_list(name, flat=True))
        held = Report.objects.count() if field is None else sum(Report.objects.values_list(field, flat=True))
        assert counted == held, name


def test_towns_report_for_their_collective_name(place: Place) -> None:
    said(1, place)
    town = Unit.objects.get(full_name="石桥镇人民政府")
    assert Unit.objects.get(full_name="各乡镇人民政府").members.filter(pk=town.pk).exists()
    assert Report.objects.filter(unit=town).count() == 1


def test_the_same_seed_tells_the_same_story(db) -> None:
    stories = []
    for name in ("甲县", "乙县"):
        place = settle(name, f"{name}方案.txt", PLAN)
        said(3, place, seed=5)
        mine = Report.objects.filter(government=place.government).order_by("pk")
        stories.append([(r.order, r.state, r.percent, r.done, r.late) for r in mine])
    assert stories[0] == stories[1]


def test_a_county_is_settled_once(place: Place) -> None:
    with pytest.raises(Refused, match="已经在这个数据目录里了"):
        settle("测试县", "方案.txt", PLAN)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--plan", "没有.docx"], "打不开方案文件"),
        (["--plan", __file__, "--rounds", "0"], "轮数应在1到200之间"),
        (["--plan", __file__, "--until", "三月"], "日期应写成2026-03-31这样"),
    ],
)
def test_what_cannot_be_seeded_says_why(arguments, sentence, capsys) -> None:
    assert seeding.main(arguments) == 2
    assert sentence in capsys.readouterr().err


def test_periods_end_before_the_day() -> None:
    assert [p.label for p in last_periods("月", 3, dt.date(2026, 1, 31))] == [
        "2025年10月",
        "2025年11月",
        "2025年12月",
    ]
