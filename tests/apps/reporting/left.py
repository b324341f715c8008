"""Run as a program after the last kill: what is in the database, as JSON: sent reports with their words, and what does not hold."""

import json

import django

django.setup()

from luoshi.core.flow.report import SENT  # noqa: E402
from luoshi.journal.models import Event  # noqa: E402
from luoshi.journal.sealing import seal, verify  # noqa: E402
from luoshi.org.models import Government  # noqa: E402
from luoshi.reporting.models import Burden, Report  # noqa: E402

place = Government.objects.get().pk
while seal(place):
    pass
sent = {r.pk: r.done for r in Report.objects.filter(state__in=SENT)}
told = Event.objects.filter(verb="submit", subject_type="reporting.report").values_list(
    "subject_id", flat=True
)
half = [r.pk for r in Report.objects.filter(pk__in=sent) if r.sent_at is None or r.sent.get("done") != r.done]
print(
    json.dumps(
        {
            "sent": sent,
            "events": sorted(told),
            "half": half,
            "faults": [fault.sentence for fault in verify(place)],
            "unsealed": Event.objects.filter(position__isnull=True).count(),
            "typed": sum(Burden.objects.values_list("typed", flat=True)),
        }
    )
)
