"""`luoshi manage verify_journal`: is the record of who did what still what it was?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from luoshi.journal.models import ChainHead, Event
from luoshi.journal.sealing import seal, verify


class Command(BaseCommand):
    """Walks every chain; says where one does not hold. Exit code 0 when all hold, 1 otherwise."""

    help = "校验办理记录：逐条核对哈希链，指出被改动、缺失或插入的记录。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal what is waiting, then walk."""
        governments = {*Event.objects.values_list("government_id", flat=True).distinct()}
        governments |= {*ChainHead.objects.values_list("government_id", flat=True)}
        broken = 0
        for government_id in sorted(governments):
            seal(government_id)
            for fault in verify(government_id):
                broken += 1
                which = f"（记录号{fault.event_id}）" if fault.event_id else ""
                self.stdout.write(f"地区{government_id}第{fault.position}条{which}：{fault.sentence}")
            head = ChainHead.objects.filter(government_id=government_id).first()
            if head:
                self.stdout.write(f"地区{government_id}：共{head.position}条，链尾{head.hash}")
        if broken:
            raise CommandError(f"办理记录有{broken}处不符，请保护现场并联系安全审计员。")
        self.stdout.write("办理记录完整，没有发现改动。")
