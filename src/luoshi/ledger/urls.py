"""台账"""

from django.urls import path

from luoshi.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.index, name="index"),
    path("export.xlsx", views.export, name="export"),
    path("tasks/<int:pk>/", views.task, name="task"),
    path("plans/<int:pk>/source/", views.source, name="source"),
    path("plans/<int:pk>/breakdown.xlsx", views.breakdown, name="breakdown"),
]
