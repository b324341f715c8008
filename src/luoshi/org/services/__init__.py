"""Writing about governments, units and people, one module for each. Upper rooms keep the register by these."""

from luoshi.org.services.reform import abolish_unit
from luoshi.org.services.units import BadName, add_alias, create_unit, drop_name, rename_unit, set_members

__all__ = ["BadName", "abolish_unit", "add_alias", "create_unit", "drop_name", "rename_unit", "set_members"]
