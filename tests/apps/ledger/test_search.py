"""查找: plans and tasks by their words, only those one may see, best first; the same on both databases."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.journal.moves import move
from luoshi.ledger.found import index_tasks
from luoshi.ledger.models import Assignment, SearchText, Task
from luoshi.ledger.searching import MOST, find, hits
from luoshi.ledger.services import assigning
from luoshi.ledger.services.changes import Grounds
from luoshi.ledger.services.closing import Carry, carry_over, close
from luoshi.org.services import create_unit

pytestmark = pytest.mark.django_db
WHY = Grounds("调整", "会议纪要")


def found(member, question: str) -> list[str]:
    """Titles, best first."""
    what = find(member.actor, question)
    return ["".join(piece.text for piece in hit.title) for hit in hits(member.actor, what, what.keys)]


PLAN = "青禾县实施“三大行动”工作方案"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("冷库", ["补齐短板", PLAN]),
        ("全年新建冷库3座", ["补齐短板", PLAN]),
        ("冷库　３座", ["补齐短板", PLAN]),
        ("三大行动", [PLAN]),
        ("县林业局", ["壮大园区", PLAN]),
        ("刘主任", ["壮大园区"]),
        ("产业提升 教育局", ["壮大园区", PLAN]),
        ("补齐短板", ["补齐短板", PLAN]),
        ("冷库 教育局", [PLAN]),
        ("没有这个词", []),
        ("", []),
        ("%", [PLAN, "壮大园区"]),
        ("_", []),
        ("\\", []),
    ],
)
def test_what_is_found(plan, liu, question, expected):
    titles = found(liu, question)
    assert sorted(titles) == sorted(expected)
    if question == "补齐短板":
        assert titles[0] == "补齐短板"


def test_a_name_counts_more_than_a_mention(plan, liu):
    Task.objects.filter(heading="补齐短板").update(text="带动壮大园区。")
    index_tasks(Task.objects.values_list("pk", flat=True))
    assert found(liu, "壮大园区")[0] == "壮大园区"


def test_what_nobody_wrote_like_that_is_found_by_likeness(plan, liu):
    what = find(liu.actor, "壮大园区规模企业工程")
    assert what.near
    assert [kind for kind, _ in what.keys] == ["task"]
    assert found(liu, "壮大园区规模企业工程") == ["壮大园区"]


def test_only_what_one_may_see(plan, liu, wang, outsider, chen_admin, auditor):
    assert found(wang, "冷库") == found(liu, "冷库") != []
    for stranger in (outsider, chen_admin, auditor):
        assert found(stranger, "冷库") == []
    move(plan, "withdraw", liu.actor, note="印错")
    assert found(liu, "冷库") == []


def test_it_follows_every_change_of_units(plan, liu):
    share = Assignment.objects.get(unit__full_name="县林业局")
    assigning.reassign(share, create_unit("县草原站", by=liu.actor), WHY, liu.actor)
    assert "壮大园区" in found(liu, "县草原站")
    assert "壮大园区" in found(liu, "县林业局")  # the sentence of the plan still says so
    assigning.release(Assignment.objects.get(unit__full_name="县草原站"), WHY, liu.actor)
    assert found(liu, "县草原站") == []


def test_what_was_carried_over_is_found_too(plan, liu):
    close(plan, WHY, liu.actor)
    carry_over(plan, list(Task.objects.all()), Carry(None, "青禾县2027年方案"), liu.actor)
    assert found(liu, "冷库").count("补齐短板") == 2
    assert found(liu, "2027年方案")[0] == "青禾县2027年方案"


def test_the_page_marks_what_was_asked_and_escapes_the_rest(plan, liu, as_):
    Task.objects.filter(heading="补齐短板").update(text="<script>冷库</script>")
    index_tasks(Task.objects.values_list("pk", flat=True))
    page = as_(liu).get("/ledger/search/", {"q": "冷库"}).content.decode()
    assert "&lt;script&gt;<mark>冷库</mark>&lt;/script&gt;" in page
    assert "找到2条。" in page
    assert "《青禾县实施“三大行动”工作方案》第2项，产业提升行动，县农业农村局" in page
    assert 'action="/ledger/search/"' in as_(liu).get("/").content.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({}, "想找什么"),
        ({"q": "没有这个词"}, "没有找到"),
        ({"q": "壮大园区规模企业工程"}, "没有完全一致的，以下是相近的"),
        ({"q": "冷库", "kind": "plan"}, "找到2条。"),
        ({"q": "冷库", "kind": "²", "page": "²"}, "找到2条。"),
        ({"q": "库" * 500}, "没有找到"),
    ],
)
def test_every_answer_says_what_it_is(plan, liu, as_, query, words):
    answer = as_(liu).get("/ledger/search/", query)
    assert (answer.status_code, words in answer.content.decode()) == (200, True)


def test_no_box_for_those_who_keep_the_system(plan, chen_admin, as_):
    assert 'action="/ledger/search/"' not in as_(chen_admin).get("/").content.decode()
    assert "冷库3座" not in as_(chen_admin).get("/ledger/search/?q=冷库").content.decode()


def test_the_page_costs_the_same_for_any_number_of_rows(plan, liu, as_):
    client = as_(liu)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/ledger/search/?q=冷库")
        return len(queries)

    before, task = cost(), Task.objects.get(heading="补齐短板")
    for n in range(MOST + 5):
        task.pk, task.order, task.carried_from = None, 100 + n, None
        task.save()
    index_tasks(Task.objects.values_list("pk", flat=True))
    assert cost() == before
    assert "只列出最前面的300条" in client.get("/ledger/search/?q=冷库").content.decode()


def test_the_index_is_written_in_few_statements(plan, liu):
    with CaptureQueriesContext(connection) as queries:
        index_tasks(Task.objects.values_list("pk", flat=True))
    assert len(queries) <= 8
    assert SearchText.objects.count() == 3
