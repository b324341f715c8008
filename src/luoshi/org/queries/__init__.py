"""Reading about governments, units and people, one module for each. Upper rooms ask for the register here."""

from luoshi.org.queries.units import ABOLISHED, RegisterRow, find_units, may, register, visible_units

__all__ = ["ABOLISHED", "RegisterRow", "find_units", "may", "register", "visible_units"]
