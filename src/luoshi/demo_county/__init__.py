"""Demo county 青禾县 (云岭市, 江口省), all of it invented: two issued plans, the register of units, people with posts.

Data only. `units.csv`: full name, short names (`;`), kind, other name of a body with two signs, members of a
collective name (`;`), first day of validity. `people.csv`: name, login, post (slug), unit, title, what the post
covers, first day. The two .docx are written by `demo/make_documents.py`.
"""
