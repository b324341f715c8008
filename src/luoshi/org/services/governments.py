"""Writing the tree of governments."""

from django.db import transaction

from luoshi.core.flow.actor import Actor
from luoshi.journal.moves import Refused, record
from luoshi.org.models import Government

LEVELS = [level for level, _ in Government.LEVELS]


class BadGovernment(Refused):
    """The name is taken, or the level is not below."""


@transaction.atomic
def add_below(above: Government, name: str, level: str, *, by: Actor) -> Government:
    """Register a government below one's own. Raises BadGovernment, Denied."""
    name = "".join(name.split())
    if not name:
        raise BadGovernment("地区名称不能为空，请填写名称。")
    if LEVELS.index(level) <= LEVELS.index(above.level):
        raise BadGovernment(f"下级地区的层级要低于{above.name}，请重新选择。")
    if Government.objects.filter(name=name).exists():
        raise BadGovernment(f"“{name}”已经登记过，请核对名称。")
    made = Government(name=name, level=level, parent=above)
    made.save()
    record(above, "add_below", by, {"children": [None, name]})
    return made
