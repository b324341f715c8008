"""台账"""

from django.urls import path, re_path

from luoshi.ledger.views import changes, claims, closing, lists, milestones, rows, search

app_name = "ledger"
LIST = r"(?P<slug>task|project|policy|problem|duty)"
urlpatterns = [
    path("", rows.index, name="index"),
    path("export.xlsx", rows.export, name="export"),
    path("tasks/<int:pk>/", rows.task, name="task"),
    path("tasks/<int:pk>/task.xlsx", rows.export_task, name="task_export"),
    path("plans/<int:pk>/source/", rows.source, name="source"),
    path("plans/<int:pk>/breakdown.xlsx", rows.breakdown, name="breakdown"),
    path("search/", search.search, name="search"),
    path("claims/", claims.waiting, name="claims"),
    path("claims.xlsx", claims.export, name="claims_export"),
    path("claims/accept/", claims.accept, name="accept"),
    path("shares/<int:pk>/accept/", claims.accept_one, name="accept_one"),
    path("shares/<int:pk>/contest/", claims.contest, name="contest"),
    path("shares/<int:pk>/retract/", claims.retract, name="retract"),
    path("shares/<int:pk>/uphold/", claims.uphold, name="uphold"),
    path("shares/<int:pk>/reassign/", claims.reassign, name="reassign"),
    path("shares/<int:pk>/account/", claims.account, name="account"),
    path("shares/<int:pk>/release/", claims.release, name="release"),
    path("shares/<int:pk>/expand/", claims.expand, name="expand"),
    path("tasks/<int:pk>/units/", claims.add_unit, name="add_unit"),
    path("tasks/<int:pk>/deadline/", changes.deadline, name="deadline"),
    path("tasks/<int:pk>/finish/", changes.finish, name="finish"),
    path("tasks/<int:pk>/drop/", changes.end, {"verb": "drop"}, name="drop"),
    path("tasks/<int:pk>/resume/", changes.end, {"verb": "resume"}, name="resume"),
    path("tasks/<int:pk>/milestones/", milestones.add, name="split"),
    path("indicators/<int:pk>/target/", changes.target, name="target"),
    path("milestones/<int:pk>/edit/", milestones.edit, name="edit_milestone"),
    path("milestones/<int:pk>/finish/", milestones.step, {"verb": "finish"}, name="finish_milestone"),
    path("milestones/<int:pk>/undo/", milestones.step, {"verb": "undo"}, name="undo_milestone"),
    path("milestones/<int:pk>/confirm/", milestones.step, {"verb": "confirm"}, name="confirm_milestone"),
    path("milestones/<int:pk>/restore/", milestones.step, {"verb": "restore"}, name="restore_milestone"),
    path("milestones/<int:pk>/reject/", milestones.say_why, {"verb": "reject"}, name="reject_milestone"),
    path("milestones/<int:pk>/drop/", milestones.say_why, {"verb": "drop"}, name="drop_milestone"),
    path("tasks/<int:pk>/list/", lists.classify, name="classify"),
    path("tasks/<int:pk>/details/", lists.details, name="describe"),
    re_path(rf"^lists/{LIST}/$", lists.show, name="list"),
    re_path(rf"^lists/{LIST}\.xlsx$", lists.export, name="export_list"),
    path("plans/<int:pk>/close/", closing.close, name="close"),
    path("plans/<int:pk>/carry/", closing.carry, name="carry"),
]
