"""预警"""

from django.urls import path

from luoshi.supervision.views import lights

app_name = "lights"
urlpatterns = [
    path("", lights.index, name="index"),
    path("export.xlsx", lights.export, name="export"),
    path("<int:pk>/", lights.receipt, name="receipt"),
    path("<int:pk>/pace/", lights.pace, name="pace"),
]
