"""Demo county 青禾县 (云岭市, 江口省), all of it invented: two issued plans, the register of units, people with posts.

Data only. `units.csv`: full name, short names (`;`), kind, other name of a body with two signs, members of a
collective name (`;`), superior unit, former full name (`name@day it was given up`), first day of validity, and for
units that are gone the day and the unit that carries on. `people.csv`: name, login, post (slug), unit, title, what the
post covers, first day; a login that stands there twice holds two posts. The two .docx are written by `demo/make_documents.py`.
"""
