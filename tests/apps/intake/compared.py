"""An invented plan of the city 云岭市 and one of its county 青禾县, with 加码 and 未承接 planted; and how they come in."""

from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luoshi.core.source.loaders import load
from luoshi.intake.reader import Received
from luoshi.intake.services import receiving
from luoshi.intake.worker import bundle
from luoshi.ledger.models import Plan
from tests.people import Member

UPPER = """云岭市人民政府办公室关于印发《云岭市2026年兴林富民行动方案》的通知
各县区人民政府：
现将《云岭市2026年兴林富民行动方案》印发给你们，请认真抓好落实。
云岭市人民政府办公室
2026年1月20日
云岭市2026年兴林富民行动方案
一、主要目标
全市林业总产值增长9%，油茶低产林改造面积达到8万亩，森林火灾受害率控制在0.9‰以内，林下经济产值增长12%以上。
二、重点任务
1.建好油茶加工集群。引进榨油龙头企业，推广低温压榨工艺，统一包装和商标，11月底前建成油茶交易大厅。（市林业局牵头，市商务局、市市场监管局按职责分工负责）
2.看住山头地块。配齐护林巡查队伍，架设瞭望摄像头，清理坟头杂草可燃物。（市应急局牵头，市林业局配合）
3.养好古树名木。逐株挂牌建档，修剪枯枝，复壮根系，购买古树保险。（市林业局牵头，市财政局配合）
"""
LOWER = """青禾县人民政府办公室关于印发《青禾县2026年兴林富民行动方案》的通知
各乡镇人民政府：
现将《青禾县2026年兴林富民行动方案》印发给你们，请认真抓好落实。
青禾县人民政府办公室
2026年2月16日
青禾县2026年兴林富民行动方案
按照云岭市的部署，结合我县实际，制定本方案。
一、主要目标
全县林业总产值增长11%，森林火灾受害率控制在0.9‰以内，新建竹材加工点16个。
二、重点任务
1.做强油茶加工集群。引进榨油龙头企业，推广低温压榨工艺，统一包装和商标，8月底前建成油茶交易大厅。（县林业局牵头，县商务局、县供销社按职责分工负责）
2.看住山头地块。配齐护林巡查队伍，架设瞭望摄像头，清理坟头杂草可燃物。（县应急局牵头，县林业局配合）
3.办起竹编夜校。聘请老篾匠授课，开设竹编手艺班，展销学员作品。（县人社局牵头）
"""
NO_PLAN = "今天食堂供应米饭和青菜，欢迎大家按时就餐。"
GUESSED = "关系由文件推断：云岭市在上，青禾县在下"


def file(text: str, name: str = "方案.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def given(client: Client, text: str, name: str = "方案.txt") -> Plan:
    """A plan uploaded and read by the real worker, in review."""
    answer = client.post("/plans/upload/", {"files": file(text, name)})
    assert answer.status_code == 302, answer.content.decode()
    return Plan.objects.order_by("-pk").first()


@cache
def _read(text: str, name: str) -> dict[str, Any]:
    return bundle(load(text.encode(), name))


def stored(member: Member, text: str, name: str = "方案.txt") -> Plan:
    """The same without a process for each: what the worker would print is read once for all tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(receiving, "read_files", lambda *_: deepcopy(_read(text, name)))
        return receiving.receive([Received(name, text.encode())], member.actor)


def pair(member: Member) -> str:
    """Both plans stored: the upper one and the lower one, as the address of their comparison names them."""
    upper, lower = stored(member, UPPER, "市.txt"), stored(member, LOWER, "县.txt")
    return f"a={upper.pk}&b={lower.pk}"
