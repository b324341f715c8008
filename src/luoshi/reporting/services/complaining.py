"""A unit says that too much is asked; the office answers; and how a government wants its reports."""

from django.db import transaction

from luoshi.core.flow.actor import Actor
from luoshi.journal.moves import Refused, move, record
from luoshi.org.models import Government
from luoshi.reporting.models import Complaint, ReportingRules


@transaction.atomic
def complain(kind: str, words: str, *, by: Actor) -> Complaint:
    """File a complaint. Raises Denied; Refused for somebody who sits in no unit."""
    if by.unit_id is None:
        raise Refused("您的岗位没有所在单位，请用单位的岗位提意见。")
    complaint = Complaint(
        government_id=by.government_id, unit_id=by.unit_id, kind=kind, words=words, filed_by=by.name
    )
    complaint.save()
    record(complaint, "file", by, {"kind": [None, kind], "words": [None, words]})
    return complaint


@transaction.atomic
def answer(complaint: Complaint, words: str, *, by: Actor) -> None:
    """Answer it. Raises Denied (not the office, answered already, no words), Stale."""
    move(complaint, "answer", by, words)
    Complaint.objects.filter(pk=complaint.pk).update(answer=words.strip())


@transaction.atomic
def set_rules(government: Government, signs: bool, *, by: Actor) -> None:
    """Whether reports need the head's signature before they are collated or accepted. Raises Denied."""
    old = ReportingRules.objects.filter(government=government).values_list("head_signs", flat=True).first()
    changes = {ReportingRules.LABEL: ["是" if old else "否", "是" if signs else "否"]}
    record(government, "set_rules", by, changes)
    ReportingRules.objects.update_or_create(government=government, defaults={"head_signs": signs})
