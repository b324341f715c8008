"""台账"""

from django.urls import path

from luoshi.ledger.views import claims, rows

app_name = "ledger"
urlpatterns = [
    path("", rows.index, name="index"),
    path("export.xlsx", rows.export, name="export"),
    path("tasks/<int:pk>/", rows.task, name="task"),
    path("plans/<int:pk>/source/", rows.source, name="source"),
    path("plans/<int:pk>/breakdown.xlsx", rows.breakdown, name="breakdown"),
    path("claims/", claims.waiting, name="claims"),
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
]
