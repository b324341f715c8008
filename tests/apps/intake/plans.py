"""An invented plan of 青禾县, and what reading it would give, so that these tests do not hang on the reader's skill."""

from collections.abc import Sequence
from typing import Any

from luoshi.core.check.findings import rules
from luoshi.intake.reader import Received
from luoshi.intake.services.receiving import receive
from luoshi.ledger.models import Plan
from tests.people import Member

TEXT = """青禾县实施“三大行动”工作方案
一、产业提升行动
1.壮大园区。新增规模企业12家以上,园区产值增长8%以上。牵头单位:县发展和改革局;责任单位:县教育局、县林业局。
2.补齐短板。全年新建冷库3座。责任单位:县农业农村局等。
二、组织实施
成立产业提升行动工作专班。各工作专班每月调度一次。每个单位确定一名联络员。
"""


def place(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"quote": words[:30], "start": start, "end": start + len(words), "path": "一", "doubts": []}


def owner(name: str, role: str) -> dict[str, Any]:
    start = TEXT.index(name)
    return {"name": name, "role": role, "start": start, "end": start + len(name)}


def task(words: str, heading: str, owners: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    base = {"action": "产业提升行动", "form": "prose", "heading": heading, "lead": [], "units": []}
    return {
        **base,
        "owners": owners,
        "open_ended": False,
        "leaders": [],
        "deadline": None,
        **place(words),
        **more,
    }


def indicator(words: str, name: str, kind: str, value: float, unit: str) -> dict[str, Any]:
    rest = {"value_high": None, "base": None, "reference": None}
    return {"name": name, "kind": kind, "op": ">=", "value": value, "unit": unit, **rest, **place(words)}


def finding(words: str, code: str, *others: str, **more: Any) -> dict[str, Any]:
    """A finding of that rule at these words, with other places, as the worker prints it."""
    at = {key: value for key, value in place(words).items() if key in ("quote", "start", "end")}
    rule = rules()[code]
    return {
        "kind": rule.kind, "code": code, "severity": rule.severity, "title": rule.title, "note": f"“{words}”有问题，请核对。",
        "path": "一", "mend": None, "others": [{**place(o), "note": "另一处"} for o in others], **at, **more,
    }  # fmt: skip


def check(*findings: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What the worker prints of a check."""
    told = {"complete": True, "knows_units": True, "left_out": 0, "body": 120, "whole": 130}
    return {**told, "findings": list(findings), **more}


def bundle(findings: Sequence[dict[str, Any]] = (), **more: list[dict[str, Any]]) -> dict[str, Any]:
    """What the worker prints for TEXT; `more` items of a kind are added."""
    first = TEXT[TEXT.index("1.壮大") : TEXT.index("2.补齐") - 1]
    second = TEXT[TEXT.index("2.补齐") : TEXT.index("二、组织") - 1]
    asks = [{"code": "open-ended", "question": "这一项的单位以“等”结尾，还有哪些单位？"}]
    plan = {
        "document": {
            "title": "青禾县实施“三大行动”工作方案", "number": None, "issuer": None, "date": "2026-03-18", "year": 2026, "doubts": [],
        },
        "actions": [{"name": "产业提升行动", **place("一、产业提升行动")}],
        "tasks": [
            task(
                first, "壮大园区",
                [owner("县发展和改革局", "lead"), owner("县教育局", "units"), owner("县林业局", "units")], leaders=["刘主任"],
            ),
            task(second, "补齐短板", [owner("县农业农村局", "units")], deadline="2026", open_ended=True, doubts=asks),
        ],
        "indicators": [
            indicator("新增规模企业12家以上", "规模企业", "new", 12, "家"),
            indicator("园区产值增长8%以上", "园区产值", "growth", 8, "%"),
        ],
        "task_forces": [
            {
                "name": "产业提升行动工作专班", "conveners": ["刘主任"], "first_deputies": [], "deputies": [],
                "members": ["县教育局"], "office": "县发展和改革局", **place("成立产业提升行动工作专班"),
            }
        ],
        "mechanisms": [
            {"actor": "各工作专班", "activity": "调度", "every": "月", "at_least": False, **place("各工作专班每月调度一次")}
        ],
        "quotas": [{"who": "每个单位", "what": "联络员", "at_least": 1, "per": "单位", **place("每个单位确定一名联络员")}],
        "outline": [
            {"path": "一", "heading": "产业提升行动", "level": 1, "start": TEXT.index("一、产业"), "end": TEXT.index("二、组织")},
            {"path": "二", "heading": "组织实施", "level": 1, "start": TEXT.index("二、组织"), "end": len(TEXT)},
        ],
    }  # fmt: skip
    for key, items in more.items():
        plan[key] = [*plan[key], *items]
    source = {"text": TEXT, "format": "txt", "furniture": [], "pages": [], "notes": [], "grids": []}
    shape = {"name": "方案.txt", "format": "txt", "tables": [], "parts": []}
    return {"source": source, "plan": plan, "check": check(*findings, shape=shape)}


def received(
    monkeypatch: Any, member: Member, name: str = "方案.txt", **more: Sequence[dict[str, Any]]
) -> Plan:
    """The invented plan, in review."""
    monkeypatch.setattr("luoshi.intake.services.receiving.read_files", lambda *_: bundle(**more))
    return receive([Received(name, f"{name}{TEXT}".encode())], member.actor)
