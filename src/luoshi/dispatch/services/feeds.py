"""A person's calendar to subscribe to: opened, its address renewed, revoked; by the person alone."""

import secrets

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.dispatch.models import Feed
from luoshi.journal.moves import move, record


def feed_of(actor: Actor) -> Feed:
    """The person's feed; one that was never opened is off and not stored."""
    return Feed.objects.filter(person=actor.person_id).first() or Feed(person_id=actor.person_id)


@transaction.atomic
def open_feed(*, by: Actor) -> Feed:
    """开通, with an address nobody has had before. Raises Denied."""
    feed, _ = Feed.objects.get_or_create(person_id=by.person_id)
    move(feed, "open", by)
    return _renewed(feed)


@transaction.atomic
def renew(feed: Feed, *, by: Actor) -> Feed:
    """更换: the old address finds nothing any more. Raises Denied."""
    record(feed, "renew", by, {})
    return _renewed(feed)


@transaction.atomic
def revoke(feed: Feed, *, by: Actor) -> None:
    """停用. Raises Denied."""
    move(feed, "revoke", by)


def _renewed(feed: Feed) -> Feed:
    feed.nonce, feed.renewed_at = secrets.token_urlsafe(32), timezone.now()
    feed.save(update_fields=["nonce", "renewed_at"])
    return feed
