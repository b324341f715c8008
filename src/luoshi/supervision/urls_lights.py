"""预警"""

from django.urls import path

from luoshi.supervision.views import lights, rules

app_name = "lights"
urlpatterns = [
    path("", lights.index, name="index"),
    path("rules/", rules.index, name="rules"),
    path("rules/new/", rules.new, name="rule_new"),
    path("rules/<int:pk>/withdraw/", rules.withdraw, name="rule_withdraw"),
    path("export.xlsx", lights.export, name="export"),
    path("<int:pk>/", lights.receipt, name="receipt"),
    path("<int:pk>/figures.xlsx", lights.export_figures, name="figures_export"),
    path("<int:pk>/pace/", lights.pace, name="pace"),
]
