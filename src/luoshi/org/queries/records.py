"""What the auditor reads of the journal."""

import datetime as dt
from typing import NamedTuple

from django.apps import apps
from django.db.models import Q, QuerySet

from luoshi.core.flow.actor import POSTS, Actor
from luoshi.core.flow.journal import JOURNAL
from luoshi.journal.models import Event
from luoshi.journal.moves import demand
from luoshi.journal.queries import Deed, in_words

OWN_ROOM = "org."


class Case(NamedTuple):
    """The journal of a government, as the rules see it."""

    government_id: int
    state: str = "kept"


class Line(NamedTuple):
    """One event as the auditor sees it: `subject` says what kind of thing, `state` what became of it."""

    event: Event
    deed: Deed
    post: str
    subject: str
    state: str


def ask_to_read(actor: Actor) -> None:
    """Raises Denied for everybody but the auditor."""
    demand(JOURNAL, Case(actor.government_id), "read", actor)


def find_events(
    actor: Actor, name: str = "", post: str = "", since: dt.date | None = None, until: dt.date | None = None
) -> QuerySet[Event]:
    """Events of the actor's government, newest first, by who did them (or for whom), in which post, on which days."""
    events = Event.objects.filter(government_id=actor.government_id)
    if name := name.strip():
        events = events.filter(Q(person_name__icontains=name) | Q(data__on_behalf_of__name=name))
    if post:
        events = events.filter(post=post)
    if since:
        events = events.filter(at__date__gte=since)
    if until:
        events = events.filter(at__date__lte=until)
    return events.order_by("-pk")


def line(event: Event) -> Line:
    """An event in words. Of business things only kind and number are told: no auditor reads the plans."""
    model = apps.get_model(event.subject_type)
    life = getattr(model, "life", None)
    noun = life.noun if life else str(model._meta.verbose_name)
    deed = in_words(event)
    if not event.subject_type.startswith(OWN_ROOM):
        deed = Deed(deed.at, deed.person_name, deed.unit_name, deed.deed, (), "", deed.behalf)
    state = ""
    if life and event.to_state and event.from_state != event.to_state:
        state = f"{life.label(event.from_state)} → {life.label(event.to_state)}"
    return Line(event, deed, POSTS.get(event.post, ""), f"{noun}{event.subject_id}号", state)
