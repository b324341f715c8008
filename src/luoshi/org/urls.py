"""单位"""

from django.urls import path

from luoshi.org import views

app_name = "org"
urlpatterns = [
    path("", views.units, name="units"),
    path("<int:pk>/", views.unit, name="unit"),
]
