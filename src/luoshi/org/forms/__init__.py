"""Shapes of what is filled in about units, people and accounts. Whether it may be so, the services say."""
