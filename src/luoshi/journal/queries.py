"""What pages and upper rooms read from the journal."""

from django.db import models

from luoshi.journal.models import Event


def history(instance: models.Model) -> models.QuerySet[Event]:
    """Everything recorded about one thing, newest first."""
    return Event.objects.filter(subject_type=instance._meta.label_lower, subject_id=instance.pk).order_by(
        "-pk"
    )
