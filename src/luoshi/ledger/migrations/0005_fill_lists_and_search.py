"""Rows adopted before there were lists and search get their place and their words."""

from django.db import migrations

from luoshi.core.listing import classify
from luoshi.core.searching import fold


def put_on_lists(apps, schema_editor):
    """Rows adopted before there were lists stand where the rule puts them."""
    tasks = apps.get_model("ledger", "Task").objects
    for task in tasks.only("pk", "heading", "text").iterator():
        kind = classify(task.heading, task.text).kind
        if kind != "task":
            tasks.filter(pk=task.pk).update(list_kind=kind)


def write_down_words(apps, schema_editor):
    """Everything adopted before there was search, as ledger/found.py writes it."""
    ledger = {name: apps.get_model("ledger", name) for name in ("Plan", "Task", "SearchText")}
    texts = ledger["SearchText"].objects
    for plan in ledger["Plan"].objects.filter(state__in=("adopted", "closed")).select_related("source"):
        _write(
            texts, "plan", plan, plan.government_id, plan.title, [plan.source.text, plan.number, plan.issuer]
        )
        tasks = ledger["Task"].objects.filter(plan=plan).select_related("action")
        for task in tasks.prefetch_related("assignments__unit", "leaders", "indicators"):
            words = [task.text, task.action.name if task.action else ""]
            words += [row.name for row in (*task.leaders.all(), *task.indicators.all())]
            words += [name for a in task.assignments.all() for name in (a.printed, a.unit.full_name)]
            _write(texts, "task", task, plan.government_id, task.heading or task.quote[:60], words)


def _write(texts, kind, row, government, title, words):
    head, body = fold(title), [fold(part) for part in words]
    texts.create(
        government_id=government, kind=kind, object_id=row.pk, head=head, body="\n".join([head, *body])
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_search_text")]

    operations = [
        migrations.RunPython(put_on_lists, migrations.RunPython.noop),
        migrations.RunPython(write_down_words, migrations.RunPython.noop),
    ]
