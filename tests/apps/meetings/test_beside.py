"""A task's own page says what meetings decided on it, to those who may know."""

import pytest

from luoshi.ledger.models import SourceText
from luoshi.meetings.models import Decision
from tests.meetings import tracked

pytestmark = pytest.mark.django_db


def test_a_decision_stands_on_its_task(book, liu, wang, li, as_):
    task = book.tasks[0]
    SourceText.objects.create(plan=book.plan, text="项目攻坚行动。")
    address = f"/ledger/tasks/{task.pk}/"
    assert "会议议定" not in as_(liu).get(address).content.decode()
    decision = tracked(liu, wang, book.plan)
    Decision.objects.filter(pk=decision.pk).update(task=task)
    for who, sees in ((liu, True), (wang, True), (li, False)):
        page = as_(who).get(address).content.decode()
        assert (f"/meetings/decisions/{decision.pk}/" in page) is sees
        assert ("会议议定" in page) is sees
