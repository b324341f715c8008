"""Units succeed each other in any number, people leave, posts follow each other, accounts have a life of their own."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone


def keep_successions(apps: Any, schema_editor: Any) -> None:
    """The one successor of a unit becomes a dated row; accounts out of use are closed ones."""
    unit, succession = apps.get_model("org", "Unit"), apps.get_model("org", "Succession")
    for row in unit.objects.exclude(successor=None):
        day = row.valid_to or timezone.localdate()
        succession.objects.create(before_id=row.pk, after_id=row.successor_id, day=day)
    apps.get_model("org", "Account").objects.filter(is_active=False).update(state="closed")


class Migration(migrations.Migration):
    dependencies = [("org", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(
            name="account",
            options={"verbose_name": "账号"},
        ),
        migrations.AlterModelOptions(
            name="government",
            options={"verbose_name": "地区"},
        ),
        migrations.AlterModelOptions(
            name="person",
            options={"ordering": ["pk"], "verbose_name": "人员"},
        ),
        migrations.AlterModelOptions(
            name="post",
            options={"ordering": ["pk"], "verbose_name": "岗位"},
        ),
        migrations.AlterModelOptions(
            name="unit",
            options={"ordering": ["rank", "pk"], "verbose_name": "单位"},
        ),
        migrations.AddField(
            model_name="account",
            name="once_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="一次性密码有效至"),
        ),
        migrations.AddField(
            model_name="account",
            name="state",
            field=models.CharField(
                choices=[
                    ("first", "待改密码"),
                    ("active", "在用"),
                    ("suspended", "已暂停"),
                    ("closed", "已停用"),
                ],
                default="active",
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="state",
            field=models.CharField(
                choices=[("current", "在册"), ("left", "已离开")],
                default="current",
                max_length=8,
                verbose_name="状态",
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="org.post",
                verbose_name="接任自",
            ),
        ),
        migrations.AddField(
            model_name="unit",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="org.unit",
                verbose_name="上级单位",
            ),
        ),
        migrations.AlterField(
            model_name="government",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="org.government",
                verbose_name="上级地区",
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="posts",
                to="org.person",
                verbose_name="任职人",
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="scope",
            field=models.CharField(
                choices=[
                    ("government", "本级全部"),
                    ("actions", "分管的行动"),
                    ("subtree", "本单位及下属单位"),
                    ("unit", "本单位"),
                    ("system", "系统"),
                ],
                default="unit",
                max_length=12,
                verbose_name="范围",
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="posts",
                to="org.unit",
                verbose_name="所在单位",
            ),
        ),
        migrations.AlterField(
            model_name="unitname",
            name="kind",
            field=models.CharField(
                choices=[
                    ("short", "简称"),
                    ("full", "加挂牌子"),
                    ("alias", "别名"),
                    ("former", "曾用名"),
                    ("taken", "承接的名称"),
                ],
                default="short",
                max_length=6,
                verbose_name="类别",
            ),
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="事由")),
                ("valid_from", models.DateField(verbose_name="开始日期")),
                ("valid_to", models.DateField(verbose_name="结束日期")),
                (
                    "delegate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to="org.person",
                        verbose_name="代办人",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="delegations",
                        to="org.post",
                        verbose_name="岗位",
                    ),
                ),
            ],
            options={
                "verbose_name": "代办",
                "ordering": ["-valid_from", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="日期")),
                (
                    "after",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="taken_on", to="org.unit"
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handed_on", to="org.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "沿革",
                "ordering": ["day", "pk"],
            },
        ),
        migrations.RunPython(keep_successions, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="account",
            name="is_active",
        ),
        migrations.RemoveField(
            model_name="unit",
            name="successor",
        ),
        migrations.AddField(
            model_name="unit",
            name="successors",
            field=models.ManyToManyField(
                related_name="predecessors",
                through="org.Succession",
                through_fields=("before", "after"),
                to="org.unit",
                verbose_name="承接单位",
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.UniqueConstraint(fields=("before", "after", "day"), name="succession_once"),
        ),
    ]
